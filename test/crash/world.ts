/** Runs a scenario on a data folder, in this process: its producer goes on from wherever it had come. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EmbeddedBackend, openEmbedded } from '../../backends/embedded/open';
import type { TaskDriver } from '../../runtime/drive/drive';
import { openJob, prepareTopics, topicsOf } from '../../runtime/drive/open-job';
import type { Clock } from '../../runtime/ports/clock';
import type { CrashOrders } from './commit-thread';
import { BUILD, END_OF_TIME, PRODUCER, QUOTA_BYTES, type Scenario, timeOf } from './scenario';

export interface WorldOptions {
  readonly dir: string;
  readonly scenario: Scenario;
  readonly batches: number;
  /** The producer's own file of what it sent and what was acknowledged, a line each. */
  readonly sentFile: string;
  readonly orders?: CrashOrders;
  readonly report?: (line: string) => void;
}

export async function openWorld(
  options: Pick<WorldOptions, 'dir' | 'orders'>,
  clock: Clock,
): Promise<EmbeddedBackend> {
  const { dir, orders } = options;
  const thread = orders && { file: join(__dirname, 'commit-thread.js'), data: orders };
  return openEmbedded({ dir, quotaBytes: QUOTA_BYTES, clock, ...(thread && { thread }) });
}

/** Sends every batch, waits until all is computed and committed, and closes. */
export async function runWorld(options: WorldOptions): Promise<void> {
  const { scenario, batches } = options;
  const clock = new ProducersClock();
  const backend = await openWorld(options, clock);
  for (const [domain, names] of Object.entries(scenario.names)) await backend.names.numbersOf(domain, names);
  const schemaIds = await prepareTopics(topicsOf(scenario.job), 1, backend);
  const { sequence = 0 } = (await backend.log.producer(PRODUCER)) ?? {};
  clock.time = timeOf(sequence);
  const drivers = await open(scenario, backend, clock);
  options.report?.(`ready at batch ${sequence}`);
  for (let next = sequence + 1; next <= batches; next += 1) {
    appendFileSync(options.sentFile, `sent ${next}\n`);
    await backend.log.append({
      producer: PRODUCER,
      sequence: next,
      outputs: scenario.batch(next, schemaIds),
    });
    appendFileSync(options.sentFile, `acknowledged ${next}\n`);
    clock.time = timeOf(next);
  }
  await drain(drivers, backend);
  // What fires at the end may set a timer for a moment after it, or may not have to, as steps were cut before.
  for (const [time, isReached] of [
    [END_OF_TIME, (now: number) => now === END_OF_TIME],
    [END_OF_TIME + 1_000_000, () => true],
  ] as const) {
    clock.time = time;
    for (const driver of drivers) driver.nudge();
    await settle(drivers, isReached);
  }
  await Promise.all(drivers.map((driver) => driver.stop()));
  await backend.close();
}

async function open(scenario: Scenario, backend: EmbeddedBackend, clock: Clock): Promise<TaskDriver[]> {
  const drivers = await openJob({
    job: scenario.job,
    backend,
    clock,
    deadLetters: scenario.deadLetters,
    versions: scenario.versions,
    build: BUILD,
    stepBytes: 1 << 14,
    holdMicros: 5_000_000,
    pressure: () => undefined,
    openBytesMax: 1 << 20,
    snapshotMicros: 500_000,
    retryMicros: 1_000,
  });
  for (const driver of drivers) void driver.run();
  return drivers;
}

/** Until all is read that was appended, and seen to be: what is read after time has leapt is hours old. */
async function drain(drivers: readonly TaskDriver[], { log }: EmbeddedBackend): Promise<void> {
  const isDrained = (): boolean =>
    drivers.every((driver) => {
      const places = driver.progress();
      return places.length > 0 && places.every((place) => place.next >= log.ends(place).next);
    });
  for (let quiet = 0; quiet < 10; quiet = isDrained() ? quiet + 1 : 0)
    await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Waits until nothing more is committed. */
async function settle(drivers: readonly TaskDriver[], isReached: (now: number) => boolean): Promise<void> {
  for (let quiet = 0, last = ''; quiet < 10; ) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    const now = drivers.map((driver) => `${driver.status().epoch}/${driver.status().now}`).join();
    quiet = now === last && drivers.every((driver) => isReached(driver.status().now)) ? quiet + 1 : 0;
    last = now;
    for (const driver of drivers) driver.nudge();
  }
}

/** Time follows the producer; waiting is real. */
class ProducersClock implements Clock {
  time = 0;

  now(): number {
    return this.time;
  }

  elapsed(): number {
    return this.time;
  }

  after(micros: number, callback: () => void): () => void {
    const timer = setTimeout(callback, Math.min(micros / 1_000, 20));
    return () => clearTimeout(timer);
  }

  turn(): Promise<void> {
    return new Promise(setImmediate);
  }
}
