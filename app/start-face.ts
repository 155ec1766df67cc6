/** How a live run shows itself: a picture on a terminal, lines elsewhere, JSON if asked. */
import { join } from 'node:path';
import { count, money } from './amounts';
import type { Config } from './config';
import type { Shown } from './live-state';
import { type Summary, summaryLines } from './live-summary';
import { type Logger, logTo } from './log-to';
import { listenToKeyboard } from './terminal/keyboard';
import { type Output, outputTo } from './terminal/output';
import { printable } from './terminal/printable';
import { Screen } from './terminal/screen';
import { LiveView } from './view/live-view';
import { pages } from './view/pages';

export interface Face {
  readonly everyMillis: number;
  /** How long it waits for what has come since; undefined: until all is taken in. */
  readonly patienceMillis: number | undefined;
  readonly logger: Logger;
  show(shown: Shown): void;
  /** Calls back when a person wants to see something else now. */
  onKey(wanted: () => void): void;
  leave(): void;
  finish(summary: Summary): void;
}

type Say = (line: string) => void;

export function faceOf({ json = false }: { readonly json?: boolean }, { logs, dataFolder }: Config): Face {
  const output = outputTo(process.stdout);
  const say: Say = (line) => output.write(`${line}\n`);
  if (json) return { ...still(say), everyMillis: 1000, logger: logTo(logs) };
  const finish = (summary: Summary): void => summaryLines(summary).map(printable).forEach(say);
  if (!output.isTerminal) {
    const show = (shown: Shown): void => plainLines(shown).forEach(say);
    return { ...still(say), everyMillis: 2000, logger: logTo(logs), show, finish };
  }
  // The picture would be torn by lines on standard error.
  const logger = logTo({ ...logs, file: logs.file ?? join(dataFolder, 'breakwater.log') });
  return { ...picture(output), logger, finish };
}

/** JSON lines; nobody presses keys. */
const still = (say: Say): Omit<Face, 'everyMillis' | 'logger'> => ({
  patienceMillis: undefined,
  show: ({ state: { seconds, epoch }, accounts }) =>
    say(JSON.stringify({ type: 'accounts', seconds, epoch, accounts: accounts() })),
  onKey: () => undefined,
  leave: () => undefined,
  finish: (summary) => say(JSON.stringify(summary)),
});

function picture(output: Output): Omit<Face, 'logger' | 'finish'> {
  const screen = new Screen(output);
  const view = new LiveView(pages);
  let wanted: () => void = () => undefined;
  const keyboard = listenToKeyboard({
    stdin: process.stdin,
    onKey: (key) => {
      if (key.name === 'q' && !view.isTyping) process.kill(process.pid, 'SIGINT');
      else view.press(key);
      wanted();
    },
    onPause: () => screen.close(),
    onResume: () => wanted(),
  });
  const resized = (): void => wanted();
  process.stdout.on('resize', resized);
  return {
    everyMillis: 250,
    patienceMillis: 20,
    show: (shown) => screen.draw(view.lines(shown, output)),
    onKey: (callback) => {
      wanted = callback;
    },
    leave: () => {
      process.stdout.off('resize', resized);
      keyboard?.close();
      screen.close();
    },
  };
}

function plainLines({ state, accounts }: Shown): string[] {
  const { seconds, epoch, recordsInPerSecond, troubles } = state;
  const lines = [
    `${seconds.toFixed(1)} s, epoch ${epoch}, ${count(recordsInPerSecond)} records/s`,
    ...accounts().map(
      ({ account, currency, realised, unrealised, positions, unpriced }) =>
        `  ${account} ${currency}: realised ${money(realised, currency)}, unrealised ${knownOr(unrealised, currency)}, ${count(positions)} positions${unpriced > 0 ? `, ${count(unpriced)} unpriced` : ''}`,
    ),
    ...troubles.map((trouble) => `  ! ${trouble}`),
  ];
  return lines.map(printable);
}

const knownOr = (value: number, currency: string): string =>
  Number.isNaN(value) ? 'unknown' : money(value, currency);
