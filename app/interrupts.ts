/**
 * Ctrl-C and SIGTERM: the first asks to stop cleanly, another ends the process at once.
 *
 * One press can arrive several times, from the terminal to the whole group and again from npm to its child: what comes
 * within half a second of the first is the same press.
 */
import { ExitCode } from './exit-codes';

const SAME_PRESS_MILLIS = 500;

export interface Interrupts {
  readonly signal: AbortSignal;
  /** Listens no longer. */
  release(): void;
}

/** `atOnce` is called before the process is ended by a second press: to leave the terminal as it was. */
export function listenForInterrupts(atOnce: () => void = () => undefined): Interrupts {
  const controller = new AbortController();
  let first: number | undefined;
  const onSignal = (): void => {
    const now = Date.now();
    if (first !== undefined && now - first < SAME_PRESS_MILLIS) return;
    if (first === undefined) {
      first = now;
      controller.abort();
      return;
    }
    atOnce();
    process.exit(ExitCode.Interrupted);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of signals) process.on(name, onSignal);
  return {
    signal: controller.signal,
    release: () => {
      for (const name of signals) process.off(name, onSignal);
    },
  };
}
