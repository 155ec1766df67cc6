/**
 * Ctrl-C and SIGTERM: the first asks to stop cleanly, another ends the process at once. What has not stopped cleanly
 * within nine seconds is ended, too: whoever stops a service waits ten before he pulls the plug. Nothing is lost by
 * it, an epoch is committed whole or not at all.
 *
 * One press can arrive several times, from the terminal to the whole group and again from npm to its child: what comes
 * within half a second of the first is the same press.
 */
import { isEngineLoaded } from '../backends/embedded/clickhouse/chdb';
import { ExitCode } from './exit-codes';

const SAME_PRESS_MILLIS = 500;
const CLEAN_MILLIS_MAX = 9000;

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
      // Whoever listens no longer may still hang in his last clean-up: this stays, and holds nothing up by itself.
      setTimeout(() => {
        process.stderr.write(
          `breakwater: not stopped within ${CLEAN_MILLIS_MAX / 1000} s, ended now. Nothing is lost.\n`,
        );
        endNow(atOnce);
      }, CLEAN_MILLIS_MAX).unref();
      controller.abort();
      return;
    }
    endNow(atOnce);
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

/** An ordinary exit waits for the engine's threads, and those for the question they are at: then only the system ends it. */
function endNow(atOnce: () => void): void {
  atOnce();
  if (isEngineLoaded()) process.kill(process.pid, 'SIGKILL');
  process.exit(ExitCode.Interrupted);
}
