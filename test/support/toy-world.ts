/** The toy job running on a backend, with the ways to feed it, wait for it and read what it committed. */

import type { DriveOptions, TaskDriver, TaskEvent } from '../../runtime/drive/drive';
import { openJob, prepareTopics, topicsOf } from '../../runtime/drive/open-job';
import type { Job } from '../../runtime/graph/job';
import type { Backend } from '../../runtime/ports/backend';
import { type Difference, recompute } from '../../runtime/rerun/recompute';
import type { RowsCodec } from '../../runtime/stream/codec';
import type { RowOf, Topic } from '../../runtime/stream/topic';
import { ByteReader } from '../../runtime/wire/bytes';
import { type Chunk, MessageCursor, REMOVED_AT, WIRE_PREFIX_BYTES } from '../../runtime/wire/messages';
import { type Amount, amounts, amountsAsMessages, HandClock, letters, toyJob } from './toy';

export class ToyWorld {
  readonly clock: HandClock;
  readonly events: TaskEvent[] = [];
  pressure: string | undefined;
  drivers: TaskDriver[] = [];
  /** Called when a task has committed an epoch. */
  onCommit: () => void = () => undefined;
  private sequence: number;
  private schemaIds: ReadonlyMap<string, number> = new Map();

  constructor(
    readonly backend: Backend,
    private readonly options: Partial<DriveOptions> & {
      readonly partitions?: number;
      /** What its producer has sent before. */
      readonly sequence?: number;
    } = {},
  ) {
    this.clock = new HandClock();
    this.sequence = options.sequence ?? 0;
  }

  async open(): Promise<this> {
    await this.backend.names.numbersOf(
      'toy',
      Array.from({ length: 10 }, (_, number) => `name ${number}`),
    );
    const job = this.options.job ?? toyJob(this.options.partitions);
    this.drivers = await openJob({
      job: toyJob(this.options.partitions),
      backend: this.watched(),
      clock: this.clock,
      deadLetters: letters as Topic as DriveOptions['deadLetters'],
      build: 'test',
      stepBytes: 1 << 16,
      holdMicros: 5_000_000,
      pressure: () => this.pressure,
      openBytesMax: 1 << 20,
      snapshotMicros: 1e12,
      retryMicros: 1_000,
      report: (event) => this.events.push(event),
      ...this.options,
    });
    this.schemaIds = await prepareTopics(
      [...topicsOf(job), letters as Topic],
      this.options.partitions ?? 1,
      this.backend,
    );
    for (const driver of this.drivers) void driver.run();
    return this;
  }

  async send(rows: readonly Amount[], partition = 0): Promise<void> {
    const ids = await prepareTopics([amounts], this.options.partitions ?? 1, this.backend);
    this.sequence += 1;
    await this.backend.log.append({
      producer: 'test',
      sequence: this.sequence,
      outputs: [
        { topic: amounts.name, partition, messages: amountsAsMessages(rows, ids.get(amounts.name)!) },
      ],
    });
  }

  private watched(): Pick<Backend, 'log' | 'registry' | 'names' | 'openTask' | 'tasks' | 'skip'> {
    const { log, registry, names } = this.backend;
    return {
      tasks: () => this.backend.tasks(),
      skip: (id, skip) => this.backend.skip(id, skip),
      log,
      registry,
      names,
      openTask: async (id) => {
        const store = await this.backend.openTask(id);
        return {
          restored: store.restored,
          committed: () => store.committed(),
          skips: () => store.skips(),
          close: () => store.close(),
          commit: async (epoch) => {
            await store.commit(epoch);
            this.onCommit();
          },
        };
      },
    };
  }

  async stop(): Promise<void> {
    await Promise.all(this.drivers.map((driver) => driver.stop()));
  }

  /** Waits, turn by turn, until something is so. Throws with the state of the tasks if it never is. */
  async until(isSo: () => boolean): Promise<void> {
    for (let turn = 0; turn < 20_000; turn += 1) {
      if (isSo()) return;
      await new Promise(turn % 100 === 99 ? (resolve) => setTimeout(resolve, 1) : setImmediate);
      // Time passes, or nobody who waits a little would ever wake.
      this.clock.set(this.clock.elapsed() + 10);
    }
    throw new Error(`it never came to be: ${JSON.stringify(this.drivers.map((driver) => driver.status()))}`);
  }

  readUpTo(offset: number, partition = 0): Promise<void> {
    return this.until(() => this.drivers[partition]!.progress().some(({ next }) => next >= offset));
  }

  /** The committed records of a topic, in order. */
  committed<Data>(topic: Topic<Data>, partition = 0): RowOf<Data>[] {
    return readAll(this.backend, topic, partition);
  }

  /** What differs when the recorded epochs are run again. */
  recomputed(job: Job, partition = 0): Promise<readonly Difference[]> {
    return recompute(this.backend.recorded({ job: job.name, partition }, 1), {
      job,
      partition,
      backend: this.backend,
      schemaIds: this.schemaIds,
      deadLetters: letters as Topic as DriveOptions['deadLetters'],
      build: 'test',
      stepBytes: 1 << 16,
      holdMicros: 5_000_000,
    });
  }

  tombstones<Data>(topic: Topic<Data>, partition = 0): string[] {
    return tombstonesOf(this.backend, topic as Topic, partition).map(({ key }) => key);
  }

  /** When keys were removed, by the headers of their tombstones, in order. */
  removedAt<Data>(topic: Topic<Data>, partition = 0): number[] {
    return tombstonesOf(this.backend, topic as Topic, partition).map(({ headers }) =>
      Number(headers.get(REMOVED_AT)),
    );
  }
}

/** The keys that a topic says are gone, in order. */
function tombstonesOf(
  { log }: Pick<Backend, 'log'>,
  topic: Topic,
  partition: number,
): { readonly key: string; readonly headers: ReadonlyMap<string, string> }[] {
  const reader = log.reader({ topic: topic.name, partition, next: 0 }, 'test');
  const cursor = new MessageCursor();
  const gone: ReturnType<typeof tombstonesOf> = [];
  for (let chunk: Chunk | undefined = reader.poll(1 << 20); chunk; chunk = reader.poll(1 << 20)) {
    cursor.over(chunk);
    while (cursor.next())
      if (cursor.isTombstone()) gone.push({ key: cursor.key(), headers: new Map(cursor.headers()) });
  }
  reader.close();
  return gone;
}

/** Every record of a topic in rows; keys that were removed are left out. */
export function readAll<Data>(
  { log }: Pick<Backend, 'log'>,
  topic: Topic<Data>,
  partition = 0,
): RowOf<Data>[] {
  const reader = log.reader({ topic: topic.name, partition, next: 0 }, 'test');
  const cursor = new MessageCursor();
  const bytes = new ByteReader();
  const rows: RowOf<Data>[] = [];
  for (let chunk: Chunk | undefined = reader.poll(1 << 20); chunk; chunk = reader.poll(1 << 20)) {
    cursor.over(chunk);
    while (cursor.next()) {
      if (cursor.isTombstone()) continue;
      bytes.over(cursor.bytes, cursor.valueStart + WIRE_PREFIX_BYTES, cursor.valueEnd);
      rows.push((topic.codec as RowsCodec<RowOf<Data>>).decode(bytes));
    }
  }
  reader.close();
  return rows;
}
