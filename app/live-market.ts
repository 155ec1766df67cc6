/** The simulator beside a running job. */
import type { Clock } from '../runtime/ports/clock';
import type { Folder } from './folder';
import { simulate } from './simulation';

export interface LiveMarket {
  stop(): Promise<void>;
  /** Made since the start. */
  events(): number;
  /** Rejects when the log fails. */
  readonly failed: Promise<never>;
}

export function startMarket(options: {
  readonly folder: Folder;
  readonly clock: Clock;
  readonly enabled: boolean;
  readonly seed: number;
  readonly eventsPerSecond: number;
}): LiveMarket {
  const stopped = new AbortController();
  let events = 0;
  const onEvents = (made: number): void => {
    events += made;
  };
  const running = options.enabled
    ? simulate({ ...options, signal: stopped.signal, onEvents })
    : Promise.resolve();
  const failed = new Promise<never>((_, reject) => running.catch(reject));
  failed.catch(() => undefined);
  return {
    failed,
    events: () => events,
    stop: async () => {
      stopped.abort();
      await running.catch(() => undefined);
    },
  };
}
