/**
 * The ports in memory, for tests of the runtime: as small as the promises of `runtime/ports/backend.ts` allow. What is on
 * `MemoryDisk` outlives the backend, so a crash is a new backend on the same disk. Given a seed it behaves as a log over a
 * network may: gaps, late visibility, appends that arrive twice, commits of which nobody knows whether they took effect.
 */

import type { Phase } from '../../runtime/graph/shape';
import {
  type Backend,
  BackendError,
  type Bookmark,
  FencedError,
  type Membership,
  OutcomeUnknownError,
  OutOfOrderError,
  type ProducerAppend,
  type Reading,
  type Reshape,
  type RestoredTask,
  type Skip,
  type TaskLeft,
  type TaskOwner,
  type TaskStore,
  type TopicSpec,
} from '../../runtime/ports/backend';
import type {
  Epoch,
  EpochOutput,
  Progress,
  RecordedEpoch,
  SnapshotMark,
  TaskId,
  TopicPartition,
} from '../../runtime/ports/epoch';
import type { SavedTable, TableChanges } from '../../runtime/tables/table';
import { BlockTable, blocksOf } from '../../runtime/tables/table-blocks';
import type { Chunk } from '../../runtime/wire/messages';
import { names as namesTopic } from '../../schemas/reference';
import { type Faults, faultsOf, NO_FAULTS } from './memory-faults';
import { MemoryGroup } from './memory-group';
import { MemoryLog, placeOf, refuseUnknown, type StoredChunk } from './memory-log';
import { checkName, namesAsMessages } from './memory-names';

interface StoredTask {
  owner: number;
  epochs: RecordedEpoch[];
  /** The changelog of each table. */
  tables: Map<string, Buffer[]>;
  progress: Map<string, Progress>;
  nextStep: number;
  now: number;
  skips: Skip[];
  phase: Phase | undefined;
  filled: Map<string, Progress>;
}

export class MemoryDisk {
  readonly specs: TopicSpec[] = [];
  readonly chunks = new Map<string, StoredChunk[]>();
  readonly tasks = new Map<string, StoredTask>();
  readonly producers = new Map<string, { sequence: number; state: Uint8Array | undefined }>();
  readonly schemas: { readonly subject: string; readonly schema: string }[] = [];
  readonly names = new Map<string, string[]>();
  readonly bookmarks = new Map<string, Bookmark>();
  readonly waiting = new Set<() => void>();
  readonly groups = new Map<string, MemoryGroup>();
  /** Of each partition of a topic in frames: from where it can be rebuilt, and where a round began that has not ended. */
  readonly snapshots = new Map<string, { readonly offset?: number; readonly round?: number }>();
}

export interface MemoryOptions {
  /** With faults, drawn from it. */
  readonly seed?: number;
  /** Why a reader's schema cannot follow another; every schema may unless said. */
  readonly compatibility?: (next: string, before: string) => readonly string[];
  /** How long a task may take to finish when it is revoked. */
  readonly budgetMicros?: number;
}

const STATE_BYTES_MAX = 64 * 1024;
const idOf = ({ job, partition }: TaskId): string => `${job}/${partition}`;

export class MemoryBackend implements Backend {
  /** Thrown by the next commits, one each; the epoch is not stored. */
  readonly commitFailures: Error[] = [];
  private readonly faults: Faults;
  private readonly records: MemoryLog;

  constructor(
    readonly disk = new MemoryDisk(),
    private readonly options: MemoryOptions = {},
  ) {
    this.faults = options.seed === undefined ? NO_FAULTS : faultsOf(options.seed);
    this.records = new MemoryLog(disk.chunks, disk.waiting, this.faults);
  }

  readonly log = {
    createTopics: async (topics: readonly TopicSpec[]) => {
      for (const spec of topics) {
        const known = this.disk.specs.find(({ name }) => name === spec.name);
        if (!known) this.disk.specs.push(spec);
        for (const part of ['partitions', 'kind', 'layout'] as const)
          if (known && known[part] !== spec[part])
            throw new BackendError(
              `topic "${spec.name}" exists with ${part} ${known[part]}, not ${spec[part]}.`,
            );
      }
    },
    topics: () => this.disk.specs,
    append: async (append: ProducerAppend) => {
      const first = this.take(append);
      // It arrives twice: a client that heard nothing sent it again.
      if (this.faults.happens(0.3)) this.take(append);
      return first;
    },
    producer: async (name: string) => this.disk.producers.get(name),
    ends: (place: TopicPartition) => this.records.ends(place),
    reader: (at: Progress, _who: string | Reading) => {
      refuseUnknown(this.disk.specs, at);
      return this.records.reader(at);
    },
  };

  readonly registry = {
    register: async (subject: string, schema: string) => {
      const { schemas } = this.disk;
      const known = schemas.findIndex((one) => one.schema === schema);
      if (known >= 0) return known + 1;
      const problems = schemas
        .filter((one) => one.subject === subject)
        .flatMap((one) => this.options.compatibility?.(schema, one.schema) ?? []);
      if (problems.length > 0)
        throw new BackendError(`the schema of "${subject}" cannot follow: ${problems[0]}.`);
      return schemas.push({ subject, schema });
    },
    schema: (id: number) => this.disk.schemas[id - 1]?.schema,
    load: async (id: number) => this.disk.schemas[id - 1]?.schema,
  };

  readonly names = {
    numbersOf: async (domain: string, names: readonly string[]) => {
      for (const name of names) checkName(domain, name);
      await Promise.resolve();
      const known = this.namesOf(domain);
      const before = known.length;
      const numbers = Int32Array.from(names, (name) =>
        known.includes(name) ? known.indexOf(name) : known.push(name) - 1,
      );
      const fresh = known.slice(before).map((name, index) => ({ domain, name, number: before + index }));
      if (fresh.length > 0) {
        const { name, kind, codec, retentionHours } = namesTopic;
        await this.log.createTopics([{ name, kind, layout: codec.layout, partitions: 1, retentionHours }]);
        const schemaId = await this.registry.register(`${name}-value`, codec.schema);
        this.records.append({ topic: name, partition: 0 }, namesAsMessages(fresh, schemaId));
      }
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
    set: async (bookmark: Bookmark) => {
      const { length } = bookmark.state;
      if (length > STATE_BYTES_MAX)
        throw new BackendError(`"${bookmark.name}" has ${length} bytes of state.`);
      this.disk.bookmarks.set(bookmark.name, bookmark);
    },
    remove: async (name: string) => void this.disk.bookmarks.delete(name),
    all: () => [...this.disk.bookmarks.values()],
  };

  own(job: { readonly name: string; readonly partitions: number }, owner: TaskOwner): Membership {
    return this.group(job).join(owner);
  }

  /** Who runs the tasks of a job. */
  group({ name, partitions }: { readonly name: string; readonly partitions: number }): MemoryGroup {
    return getOrAdd(
      this.disk.groups,
      name,
      () => new MemoryGroup(name, partitions, this.options.budgetMicros ?? 1e6),
    );
  }

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
      table: (name) => tableOf(task, name)?.saved(),
      held: (name) => tableOf(task, name)?.size ?? 0,
    };
    let open = 0;
    let last = restored.epoch;
    return {
      restored,
      committed: async () => task.epochs.length,
      skips: async () => [...task.skips],
      close: async () => undefined,
      commit: async (epoch) => {
        // The same bytes may be sent again when nobody knows what became of them.
        if (epoch.number !== last + 1 && epoch.number !== last)
          throw new BackendError(`epoch ${epoch.number} after ${last}: epochs are committed in order.`);
        if (open >= 2) throw new BackendError('there are 2 commits open.');
        last = epoch.number;
        open += 1;
        await new Promise(setImmediate);
        open -= 1;
        const failure = this.commitFailures.shift();
        if (failure) throw failure;
        if (task.owner !== owner) throw new FencedError(`task ${idOf(id)} has another owner`);
        const isUnknown = this.faults.happens(0.2);
        if (!isUnknown || this.faults.happens(0.5)) this.store(task, epoch);
        this.arrived();
        if (isUnknown) throw new OutcomeUnknownError(`epoch ${epoch.number}: no answer came`);
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
      held: (table) => tableOf(task, table)?.size ?? 0,
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

  private take(append: ProducerAppend): { readonly duplicate: boolean } {
    for (const output of append.outputs) refuseUnknown(this.disk.specs, output);
    const last = this.disk.producers.get(append.producer);
    if (last && append.sequence <= last.sequence) return { duplicate: true };
    if (append.previous !== undefined && append.previous !== (last?.sequence ?? 0))
      throw new OutOfOrderError(`append ${append.sequence} does not follow ${last?.sequence ?? 0}`);
    const state = append.state ?? last?.state;
    this.disk.producers.set(append.producer, { sequence: append.sequence, state });
    for (const output of append.outputs) this.records.append(output, output.messages);
    this.arrived();
    return { duplicate: false };
  }

  /** Tables are kept as the blocks that any log can carry; with faults they come twice, and are merged at any time. */
  private logChanges(task: StoredTask, changes: TableChanges, epoch: number): void {
    const log = getOrAdd(task.tables, changes.table, () => []);
    const maxBytes = this.faults.happens(0.5) ? 8 : 1 << 20;
    for (const { bytes } of blocksOf(changes, epoch, maxBytes)) {
      log.push(bytes);
      if (this.faults.happens(0.2)) log.push(bytes);
    }
    if (log.length < 64 && !this.faults.happens(0.1)) return;
    const merged = tableOf(task, changes.table)!.merged(maxBytes);
    log.splice(0, log.length, ...merged.map(({ bytes }) => bytes));
  }

  /** Before the epoch's outputs are there. */
  private markSnapshots(marks: readonly SnapshotMark[]): void {
    const { snapshots } = this.disk;
    for (const { mark, ...place } of marks) {
      const { round, ...kept } = snapshots.get(placeOf(place)) ?? {};
      const { next } = this.records.ends(place);
      if (mark === 'begins') snapshots.set(placeOf(place), { ...kept, round: next });
      else if (round !== undefined) snapshots.set(placeOf(place), { offset: round });
    }
  }

  private store(task: StoredTask, epoch: Epoch): void {
    this.markSnapshots(epoch.marks ?? []);
    const outputs = epoch.outputs.flatMap((output): EpochOutput[] => {
      const { topic, partition, messages } = output;
      return this.records.append(output, messages).map((range) => ({ topic, partition, ...range, crc: 0 }));
    });
    for (const changes of epoch.tables) this.logChanges(task, changes, epoch.number);
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

  /** Messages, and offsets behind them that nothing lies at, as transaction markers leave them. */
  appendWithGap(topic: string, messages: Chunk, gap: number): void {
    this.records.put({ topic, partition: 0 }, messages, gap);
    this.arrived();
  }

  private arrived(): void {
    this.records.arrived();
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

function tableOf(task: StoredTask, name: string): BlockTable | undefined {
  const blocks = task.tables.get(name);
  if (!blocks) return undefined;
  const table = new BlockTable(name);
  for (const bytes of blocks) table.take(bytes);
  return table;
}

/** Applies what an epoch changed, as a store does. */
export function applyChanges(tables: Map<string, BlockTable>, changes: TableChanges): void {
  const table = getOrAdd(tables, changes.table, () => new BlockTable(changes.table));
  for (const { bytes } of blocksOf(changes, table.sequence + 1, 1 << 20)) table.take(bytes);
}

export const savedTable = (stored: BlockTable | undefined): SavedTable | undefined => stored?.saved();
