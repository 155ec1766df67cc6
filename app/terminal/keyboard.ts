/**
 * Keys of a terminal, one by one. Raw mode takes Ctrl-C and Ctrl-Z from the terminal: they are handed back as the signals
 * they stand for, so that whoever stops the process need not know of keys.
 */
import { emitKeypressEvents, type Key } from 'node:readline';

export interface Keypress {
  /** `up`, `pagedown`, `return`, `escape`, …; for a character, the character. */
  readonly name: string;
  /** What it writes, empty where it writes nothing. */
  readonly text: string;
}

export interface Keyboard {
  /** Gives the terminal back as it was. */
  close(): void;
}

interface KeyboardOptions {
  readonly stdin: NodeJS.ReadStream;
  readonly onKey: (key: Keypress) => void;
  /** Before the process stands still on Ctrl-Z, and after it goes on. */
  readonly onPause: () => void;
  readonly onResume: () => void;
}

/** Undefined where there is nobody to press keys. */
export function listenToKeyboard({ stdin, onKey, onPause, onResume }: KeyboardOptions): Keyboard | undefined {
  if (!stdin.isTTY) return undefined;
  let closed = false;
  const keypress = (text: string | undefined, key: Key): void => {
    if (key.ctrl && key.name === 'c') process.kill(process.pid, 'SIGINT');
    else if (key.ctrl && key.name === 'z') pause();
    else if (!key.ctrl && !key.meta) onKey(keypressOf(text, key));
  };
  const resume = (): void => {
    if (closed) return;
    stdin.setRawMode(true);
    onResume();
  };
  const pause = (): void => {
    stdin.setRawMode(false);
    onPause();
    process.once('SIGCONT', resume);
    process.kill(process.pid, 'SIGTSTP');
  };
  emitKeypressEvents(stdin);
  stdin.setRawMode(true);
  stdin.on('keypress', keypress);
  stdin.resume();
  return {
    close: () => {
      closed = true;
      stdin.off('keypress', keypress);
      process.off('SIGCONT', resume);
      stdin.setRawMode(false);
      stdin.pause();
    },
  };
}

function keypressOf(text: string | undefined, { name, sequence, shift }: Key): Keypress {
  const written = text !== undefined && !/^[\p{Cc}\p{Cs}]/u.test(text) ? text : '';
  const isCharacter = written !== '' && (name === undefined || name.length === 1 || name === 'space');
  if (isCharacter) return { name: written, text: written };
  const shifted = shift === true && name === 'tab' ? 'backtab' : name;
  return { name: shifted ?? sequence ?? '', text: '' };
}
