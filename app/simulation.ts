/**
 * Lets the simulator produce at its rate. Its state is kept with every batch, so that after a crash it goes on behind
 * the last batch that the log has; a batch that the log cannot take now is offered again, never dropped.
 */
import { QuotaError } from '../runtime/ports/backend';
import type { Clock } from '../runtime/ports/clock';
import type { PublishedBatch } from '../sources/publish';
import { limitRecords } from '../sources/simulator/scripted-desk';
import { instrumentRecords } from '../sources/simulator/simulated-instruments';
import { Simulator } from '../sources/simulator/simulator';
import type { Folder } from './folder';

const PRODUCER = 'simulator';
const BATCH_MILLIS = 25;
/** After a pause of the machine the market does not hurry to catch up. */
const CATCH_UP_SECONDS_MAX = 0.5;
const REFUSED_MILLIS = 500;

export interface SimulationOptions {
  readonly folder: Folder;
  readonly seed: number;
  readonly eventsPerSecond: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Called with the number of events that the log has taken. */
  readonly onEvents: (made: number) => void;
}

/** Runs until the signal. Rejects when the log fails. */
export async function simulate(options: SimulationOptions): Promise<void> {
  const { folder, seed, eventsPerSecond, clock, signal } = options;
  const state = (await folder.backend.log.producer(PRODUCER))?.state;
  const simulator = new Simulator({ seed, state });
  const records = instrumentRecords(simulator.instruments);
  // Counted by how many there are: those that a later version adds are told, too.
  const sequence = records.length;
  await offer({ producer: `${PRODUCER}-instruments`, sequence, now: clock.now(), records }, options);
  await offer(
    { producer: `${PRODUCER}-limits`, sequence: 1, now: clock.now(), records: limitRecords() },
    options,
  );
  let last = clock.now();
  let owed = 0;
  while (!signal.aborted) {
    await pause(BATCH_MILLIS, options);
    const now = clock.now();
    const seconds = Math.min(Math.max(now - last, 0) / 1e6, CATCH_UP_SECONDS_MAX);
    owed += seconds * eventsPerSecond;
    last = now;
    const events = Math.floor(owed);
    if (events === 0) continue;
    owed -= events;
    const made = simulator.next(events, now);
    const batch = {
      producer: PRODUCER,
      sequence: simulator.events,
      now,
      records: made,
      state: simulator.state(),
    };
    if (await offer(batch, options)) options.onEvents(events);
  }
}

async function offer(batch: PublishedBatch, options: SimulationOptions): Promise<boolean> {
  for (;;) {
    try {
      await options.folder.publisher.publish(batch);
      return true;
    } catch (error) {
      if (!(error instanceof QuotaError)) throw error;
      // Not taken: the state before it stands in the log, and the next start makes it again.
      if (options.signal.aborted) return false;
      await pause(REFUSED_MILLIS, options);
    }
  }
}

function pause(millis: number, { clock, signal }: SimulationOptions): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      cancel();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const cancel = clock.after(millis * 1000, done);
    signal.addEventListener('abort', done);
  });
}
