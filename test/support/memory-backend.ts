/**
 * The ports in memory, for tests of the runtime: as small as the promises of `runtime/backend.ts` allow. What is on
 * `MemoryDisk` outlives the backend, so a crash is a new backend on the same disk.
 */
import {
  type Backend,
  type Bookmark,
  FencedError,
  type LogReader,
  OutOfOrderError,
  type ProducerAppend,
  type Reshape,
  type RestoredTask,
  type Skip,
  type TaskLeft,
  type TaskStore,
  type TopicSpec,
} from '../../runtime/backend';
import { ByteReader } from '../../runtime/bytes';
import type {
  Epoch,
  EpochOutput,
  Progress,
  RecordedEpoch,
  TaskId,
  TopicPartition,
} from '../../runtime/epoch';
import type { Chunk } from '../../runtime/messages';
import type { Phase } from '../../runtime/shape';
import type { SavedTable, TableChanges } from '../../runtime/table';

interface StoredTable {
  nextSlot: number;
  schema: string;
  readonly rows: Map<number, Buffer>;
}

interface StoredTask {
  owner: number;
  epochs: RecordedEpoch[];
  tables: Map<string, StoredTable>;
  progress: Map<string, Progress>;
  nextStep: number;
  now: number;
  skips: Skip[];
  phase: Phase | undefined;
  filled: Map<string, Progress>;
}

export class MemoryDisk {
  readonly specs: TopicSpec[] = [];
  readonly chunks = new Map<string, Chunk[]>();
  readonly tasks = new Map<string, StoredTask>();
  readonly producers = new Map<string, { sequence: number; state: Uint8Array | undefined }>();
  readonly schemas: string[] = [];
  readonly names = new Map<string, string[]>();
  readonly bookmarks = new Map<string, Bookmark>();
}

const placeOf = ({ topic, partition }: TopicPartition): string => `${topic}/${partition}`;
const idOf = ({ job, partition }: TaskId): string => `${job}/${partition}`;

export class MemoryBackend implements Backend {
  /** Thrown by the next commits, one each; the epoch is not stored. */
  readonly commitFailures: Error[] = [];
  private readonly waiting = new Set<() => void>();

  constructor(readonly disk = new MemoryDisk()) {}

  readonly log = {
    createTopics: async (topics: readonly TopicSpec[]) => {
      const known = new Set(this.disk.specs.map(({ name }) => name));
      this.disk.specs.push(...topics.filter(({ name }) => !known.has(name)));
    },
    topics: () => this.disk.specs,
    append: async (append: ProducerAppend) => {
      const last = this.disk.producers.get(append.producer);
      if (last && append.sequence <= last.sequence) return { duplicate: true };
      if (append.previous !== undefined && append.previous !== (last?.sequence ?? 0))
        throw new OutOfOrderError(`append ${append.sequence} does not follow ${last?.sequence ?? 0}`);
      this.disk.producers.set(append.producer, { sequence: append.sequence, state: append.state });
      for (const { topic, partition, messages } of append.outputs)
        this.append({ topic, partition }, messages);
      this.arrived();
      return { duplicate: false };
    },
    producer: async (name: string) => this.disk.producers.get(name),
    ends: (place: TopicPartition) => {
      const chunks = this.chunksOf(place);
      return { first: chunks[0]?.baseOffset ?? 0, next: chunks.at(-1)?.nextOffset ?? 0 };
    },
    reader: (at: Progress, _name: string) => this.reader(at),
  };

  readonly registry = {
    register: async (_subject: string, schema: string) => {
      const known = this.disk.schemas.indexOf(schema);
      return known >= 0 ? known + 1 : this.disk.schemas.push(schema);
    },
    schema: (id: number) => this.disk.schemas[id - 1],
    load: async (id: number) => this.disk.schemas[id - 1],
  };

  readonly names = {
    numbersOf: async (domain: string, names: readonly string[]) => {
      const known = this.namesOf(domain);
      const numbers = Int32Array.from(names, (name) =>
        known.includes(name) ? known.indexOf(name) : known.push(name) - 1,
      );
      this.arrived();
      return numbers;
    },
    nameOf: (domain: string, number: number) => this.namesOf(domain)[number],
    numberOf: (domain: string, name: string) => {
      const number = this.namesOf(domain).indexOf(name);
      return number < 0 ? undefined : number;
    },
    size: (domain: string) => this.namesOf(domain).length,
  };

  readonly bookmarks = {
    get: (name: string) => this.disk.bookmarks.get(name),
    set: async (bookmark: Bookmark) => void this.disk.bookmarks.set(bookmark.name, bookmark),
    remove: async (name: string) => void this.disk.bookmarks.delete(name),
    all: () => [...this.disk.bookmarks.values()],
  };

  async openTask(id: TaskId): Promise<TaskStore> {
    const task = this.taskOf(id);
    task.owner += 1;
    const { owner } = task;
    const restored: RestoredTask = {
      epoch: task.epochs.length,
      nextStep: task.nextStep,
      now: task.now,
      progress: [...task.progress.values()],
      phase: task.phase,
      filled: [...task.filled.values()],
      table: (name) => savedTable(task.tables.get(name)),
      held: (name) => task.tables.get(name)?.rows.size ?? 0,
    };
    return {
      restored,
      committed: async () => task.epochs.length,
      skips: async () => task.skips,
      close: async () => undefined,
      commit: async (epoch) => {
        await new Promise(setImmediate);
        const failure = this.commitFailures.shift();
        if (failure) throw failure;
        if (task.owner !== owner) throw new FencedError(`task ${idOf(id)} has another owner`);
        this.store(task, epoch);
        this.arrived();
      },
    };
  }

  recorded(id: TaskId, fromEpoch: number): Iterable<RecordedEpoch> {
    return this.taskOf(id).epochs.slice(fromEpoch - 1);
  }

  tasks(): readonly TaskLeft[] {
    return [...this.disk.tasks].map(([name, task]) => ({
      task: { job: name.slice(0, name.lastIndexOf('/')), partition: Number(name.split('/').at(-1)) },
      epoch: task.epochs.length,
      nextStep: task.nextStep,
      now: task.now,
      progress: [...task.progress.values()],
      phase: task.phase,
      filled: [...task.filled.values()],
      held: (table) => task.tables.get(table)?.rows.size ?? 0,
    }));
  }

  async reshape(id: TaskId, { phase, emptied, unread }: Reshape): Promise<void> {
    const task = this.taskOf(id);
    task.owner += 1;
    task.phase = phase;
    task.filled.clear();
    for (const name of emptied) task.tables.delete(name);
    for (const [place, { topic }] of task.progress) if (unread.includes(topic)) task.progress.delete(place);
  }

  async retire(id: TaskId): Promise<void> {
    this.disk.tasks.delete(idOf(id));
  }

  async skip(id: TaskId, skip: Skip): Promise<void> {
    this.taskOf(id).skips.push(skip);
  }

  health() {
    return { usedBytes: 0, quotaBytes: Number.POSITIVE_INFINITY, accepting: true, troubles: [] };
  }

  /** Nothing is ever dropped in memory. */
  async tidy(): Promise<void> {}

  async close(): Promise<void> {
    this.arrived();
  }

  private store(task: StoredTask, epoch: Epoch): void {
    const outputs = epoch.outputs.map((output): EpochOutput => {
      const { topic, partition, messages, snapshot } = output;
      const first = this.append(output, messages);
      return { topic, partition, first, next: first + messages.count, crc: 0, snapshot };
    });
    for (const changes of epoch.tables) applyChanges(task.tables, changes);
    const { phase } = epoch;
    if (phase) {
      task.phase = phase;
      if (!phase.filling) task.filled.clear();
      for (const place of phase.adopts ?? []) task.progress.set(placeOf(place), place);
    }
    const progress = task.phase?.filling ? task.filled : task.progress;
    for (const { read, now } of epoch.steps) {
      for (const place of read) progress.set(placeOf(place), place);
      task.now = now;
    }
    task.nextStep = epoch.firstStep + epoch.steps.length;
    const { task: id, number, build, firstStep, steps } = epoch;
    task.epochs.push({
      task: id,
      number,
      build,
      firstStep,
      steps,
      committedAt: task.now,
      outputs,
      tables: [],
      phase,
    });
  }

  private append(place: TopicPartition, { bytes, count }: Chunk): number {
    const chunks = this.chunksOf(place);
    const baseOffset = chunks.at(-1)?.nextOffset ?? 0;
    if (count > 0)
      chunks.push({ baseOffset, nextOffset: baseOffset + count, count, bytes: Buffer.from(bytes) });
    return baseOffset;
  }

  /** Messages, and offsets behind them that nothing lies at, as transaction markers leave them. */
  appendWithGap(topic: string, messages: Chunk, gap: number): void {
    const place = { topic, partition: 0 };
    this.append(place, messages);
    const chunks = this.chunksOf(place);
    const last = chunks.pop()!;
    chunks.push({ ...last, nextOffset: last.nextOffset + gap });
    this.arrived();
  }

  private reader(at: Progress): LogReader {
    let next = at.next;
    let open = true;
    const find = (): Chunk | undefined => this.chunksOf(at).find(({ nextOffset }) => nextOffset > next);
    return {
      partition: { topic: at.topic, partition: at.partition },
      poll: () => {
        const chunk = find();
        if (chunk) next = chunk.nextOffset;
        return chunk;
      },
      atEnd: () => !find(),
      whenArrived: async () => {
        while (open && !find()) await new Promise<void>((resolve) => this.waiting.add(resolve));
      },
      close: () => {
        open = false;
        this.arrived();
      },
    };
  }

  private arrived(): void {
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }

  private chunksOf(place: TopicPartition): Chunk[] {
    return getOrAdd(this.disk.chunks, placeOf(place), () => []);
  }

  private namesOf(domain: string): string[] {
    return getOrAdd(this.disk.names, domain, () => []);
  }

  private taskOf(id: TaskId): StoredTask {
    return getOrAdd(this.disk.tasks, idOf(id), () => ({
      owner: 0,
      epochs: [],
      tables: new Map(),
      progress: new Map(),
      nextStep: 0,
      now: 0,
      skips: [],
      phase: undefined,
      filled: new Map(),
    }));
  }
}

function getOrAdd<V>(map: Map<string, V>, key: string, create: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const created = create();
  map.set(key, created);
  return created;
}

/** Applies what an epoch changed, as a store does. */
export function applyChanges(tables: Map<string, StoredTable>, changes: TableChanges): void {
  const table = getOrAdd(tables, changes.table, () => ({
    nextSlot: 0,
    schema: changes.schema,
    rows: new Map(),
  }));
  table.nextSlot = changes.nextSlot;
  let start = 0;
  changes.slots.forEach((slot, index) => {
    const end = changes.ends[index]!;
    if (end === start) table.rows.delete(slot);
    else table.rows.set(slot, Buffer.from(changes.bytes.subarray(start, end)));
    start = end;
  });
}

export function savedTable(stored: StoredTable | undefined): SavedTable | undefined {
  return (
    stored && {
      nextSlot: stored.nextSlot,
      forEach(visit) {
        const reader = new ByteReader();
        for (const [slot, bytes] of [...stored.rows].sort(([a], [b]) => a - b)) {
          visit(slot, reader.over(bytes), stored.schema);
        }
      },
    }
  );
}
