/** The sinks of a running job. The engine takes a second or two to start, and the job need not wait for it. */
import type { SinkStatus, Sinks } from './sinks';

export interface LiveSinks {
  /** Rejects when they could not be opened. */
  readonly failed: Promise<never>;
  statuses(): readonly SinkStatus[];
  /** Undefined as long as there are none. */
  opened(): Sinks | undefined;
  whenOpened(): Promise<Sinks | undefined>;
  close(): Promise<void>;
}

export function followSinks(opening: Promise<Sinks> | undefined): LiveSinks {
  let sinks: Sinks | undefined;
  const opened = opening?.then((one) => {
    sinks = one;
  });
  const failed = new Promise<never>((_, reject) => opened?.catch(reject));
  failed.catch(() => undefined);
  return {
    failed,
    statuses: () => sinks?.statuses() ?? [],
    opened: () => sinks,
    whenOpened: async () => {
      await opened;
      return sinks;
    },
    close: async () => {
      await opened?.catch(() => undefined);
      await sinks?.close();
    },
  };
}
