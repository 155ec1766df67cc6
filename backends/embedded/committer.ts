/**
 * The only writer of the store. Everything that waits is written in one LMDB transaction, flushed once, and only then
 * answered: outputs, tables, record and progress of an epoch stand or fall together.
 *
 * A refusal (fenced, full, no such topic) fails its own request alone. A failed transaction (a full disk) changes
 * nothing, in memory either, and is run again with the same bytes.
 */
import { TransactionFlags } from 'lmdb';
import {
  BackendError,
  CorruptionError,
  FencedError,
  OutOfOrderError,
  QuotaError,
} from '../../runtime/ports/backend';
import type { EpochOutput, EpochTable, Progress, TaskId } from '../../runtime/ports/epoch';
import type { Failpoint } from '../../runtime/ports/failpoint';
import { ByteWriter } from '../../runtime/wire/bytes';
import type { Census } from './census';
import { TopicCompactor } from './compact-topic';
import { chainOf, encodeRecord } from './epoch-entry';
import { Holds } from './holds';
import { epochKey, Kind, textKey } from './keys';
import {
  append,
  createTopics,
  openTask,
  ownedTask,
  type QuotaState,
  registerSchema,
  writeNames,
  writeRecord,
} from './operations';
import type { OwnedStore } from './owned-store';
import type { Answer, AppendRequest, CommitRequest, NewEnds, Operation, Request } from './protocol';
import { type TableRecord, type TaskRecord, taskName } from './records';
import { Refusals } from './refusals';
import { beginPhase, reshape, retire } from './reshape';
import { retain } from './retain';
import { seal } from './seal';
import { markSnapshots } from './snapshot-marks';
import { View } from './store';
import { StoreTime } from './store-time';
import { Texts } from './texts';
import { Transaction } from './transaction';
import { checkOutputs, writeOutputs } from './write-outputs';
import { TableWriter } from './write-tables';

/** Shares of the quota between which retention goes by size. */
const SQUEEZED_FROM = 0.8;
const SQUEEZED_TO = 0.7;

/** Commit now, flush before returning, and give all back if the body throws. */
const ABORTABLE_AND_DURABLE: TransactionFlags =
  TransactionFlags.ABORTABLE | TransactionFlags.SYNCHRONOUS_COMMIT;

export interface GroupResult {
  readonly answers: readonly Answer[];
  readonly ends: readonly NewEnds[];
}

export class Committer {
  readonly time: StoreTime;
  private squeezing = false;
  /** Books that room ran short for, and for how many hours they were to be kept. */
  private readonly cut = new Map<string, number>();
  private readonly refusals = new Refusals();
  protected readonly tables: TableWriter;
  private readonly compactor: TopicCompactor;
  private readonly scratch = new ByteWriter(1 << 16);

  constructor(
    protected readonly store: OwnedStore,
    protected readonly failpoint: Failpoint,
    protected readonly quota: () => QuotaState,
  ) {
    const view = new View(store.db);
    this.time = new StoreTime(store.census.now);
    this.tables = new TableWriter(view, new Texts(view), failpoint);
    this.compactor = new TopicCompactor(failpoint);
  }

  /** Runs requests in one transaction. Throws what LMDB throws; then nothing has happened. */
  group(requests: readonly Request[]): GroupResult {
    const failed = new Map<Request, Error>();
    for (;;) {
      try {
        return this.attempt(requests, failed);
      } catch (error) {
        if (!(error instanceof HalfDone)) throw error;
        failed.set(error.request, error.reason);
      }
    }
  }

  private attempt(requests: readonly Request[], failed: ReadonlyMap<Request, Error>): GroupResult {
    this.failpoint('commit.before-transaction');
    const result = this.transact(Math.max(...requests.map(({ now }) => now)), (tx) => {
      const answers = requests.map((request) => {
        const known = failed.get(request);
        return known ? failureOf(request.id, known) : this.answer(tx, request);
      });
      return { answers, ends: tx.newEnds() };
    });
    this.failpoint('commit.before-answer');
    return result;
  }

  /** One durable transaction; what it changed in memory is undone if it fails. Throws Unwitnessed beside what LMDB throws. */
  protected transact<T>(now: number, body: (tx: Transaction) => T): T {
    const { result, census } = this.flushed(now, body);
    try {
      this.failpoint('commit.after-flush');
      this.store.witness(census);
    } catch (error) {
      throw new Unwitnessed(error as Error);
    }
    return result;
  }

  private flushed<T>(
    now: number,
    body: (tx: Transaction) => T,
  ): { readonly result: T; readonly census: Census } {
    const { db } = this.store;
    const tx = new Transaction(db, this.store.census, this.time.read(now));
    try {
      return db.transactionSync(() => {
        this.store.checkOwner(tx);
        const result = body(tx);
        const census = tx.finish();
        this.failpoint('commit.before-flush');
        return { result, census };
      }, ABORTABLE_AND_DURABLE);
    } catch (error) {
      tx.undo();
      throw error;
    }
  }

  private answer(tx: Transaction, request: Request): Answer {
    const { id, operation } = request;
    const writes = tx.writes;
    try {
      return { id, value: this.run(tx, operation) };
    } catch (error) {
      if (!isRefusal(error)) throw error;
      if (tx.writes !== writes) throw new HalfDone(request, error);
      return failureOf(id, error);
    }
  }

  private run(tx: Transaction, operation: Operation): unknown {
    switch (operation.kind) {
      case 'commit':
        return this.commit(tx, operation);
      case 'append':
        this.failpoint('append.in-transaction');
        return this.append(tx, operation);
      case 'names':
        return writeNames(tx, operation);
      case 'topics':
        return createTopics(tx, operation.topics);
      case 'task':
        return this.openTask(tx, operation.task);
      case 'reshape':
        return this.changeTask(tx, operation.task, () => reshape(tx, operation.task, operation.change));
      case 'retire':
        return this.changeTask(tx, operation.task, () => retire(tx, operation.task));
      case 'schema':
        return registerSchema(tx, operation.subject, operation.schema);
      case 'tidy':
        return this.tidy(tx, operation.open);
      default:
        return writeRecord(tx, operation);
    }
  }

  private append(tx: Transaction, request: AppendRequest): ReturnType<typeof append> {
    try {
      this.refusals.check(request);
      const taken = append(tx, request, this.quota());
      if (taken.duplicate) this.refusals.checkDuplicate(request);
      else this.refusals.taken(request);
      return taken;
    } catch (error) {
      this.refusals.add(request);
      throw error;
    }
  }

  /** Requests that could not be written and are not tried again. */
  giveUp(requests: readonly Request[]): void {
    for (const { operation } of requests) if (operation.kind === 'append') this.refusals.add(operation);
  }

  private openTask(tx: Transaction, id: TaskId): TaskRecord {
    const task = openTask(tx, id);
    this.tables.expect(task);
    return task;
  }

  private changeTask(tx: Transaction, id: TaskId, change: () => void): void {
    const number = tx.json<TaskRecord>(textKey(Kind.Task, taskName(id)))?.number;
    change();
    if (number !== undefined) this.tables.forget(number);
  }

  /** Uses a moment when nothing waits; answers whether there is more such work. */
  idle(): boolean {
    return this.tables.loadSlice() || this.store.growAhead();
  }

  /** What is not as it should be, for people. */
  troubles(): readonly string[] {
    const cut = [...this.cut].map(
      ([topic, hours]) =>
        `room ran short: the oldest of "${topic}", which were to be kept for ${Math.round(hours / 24)} days, have been dropped. Raise "quotaMegabytes", and keep copies of the folder.`,
    );
    return [...this.time.trouble(), ...cut];
  }

  /** A slice of housekeeping; answers whether there is more. */
  private tidy(tx: Transaction, open: readonly Progress[]): boolean {
    const holds = new Holds(tx, open);
    const squeezed = this.isSqueezed(tx);
    const onCut = (topic: string, hours: number): void => void this.cut.set(topic, hours);
    const options = { holds, failpoint: this.failpoint, onCut };
    // What is compacted is lost to nobody: that comes before anything is dropped before its time.
    return (
      retain(tx, { ...options, squeezed: false }) ||
      this.compactor.slice(tx, holds, squeezed) ||
      (squeezed && retain(tx, { ...options, squeezed }))
    );
  }

  /** Whether room runs short: from well below the quota on, until there is some again. */
  private isSqueezed({ storedBytes }: Transaction): boolean {
    const { quotaBytes } = this.quota();
    const share = storedBytes / quotaBytes;
    this.squeezing = share >= SQUEEZED_FROM || (this.squeezing && share > SQUEEZED_TO);
    return this.squeezing;
  }

  protected commit(tx: Transaction, request: CommitRequest): void {
    const task = ownedTask(tx, request.task, request.generation);
    if (request.epoch !== task.epoch + 1)
      throw new BackendError(
        `task ${taskName(task)} committed epoch ${request.epoch} after ${task.epoch}. Epochs are committed in order, each once.`,
      );
    checkOutputs(tx, request.outputs);
    markSnapshots(tx, request.marks);
    const outputs = this.writeOutputs(tx, task, request);
    this.failpoint('commit.in-transaction.after-outputs');
    const { records, changed } = this.writeTables(tx, task, request);
    this.failpoint('commit.in-transaction.after-tables');
    this.writeProgress(tx, task, request, { outputs, records, changed });
  }

  protected writeOutputs(tx: Transaction, task: TaskRecord, request: CommitRequest): readonly EpochOutput[] {
    return writeOutputs(tx, request.buffer, request.outputs, {
      writer: task.number,
      sequence: request.epoch,
    });
  }

  protected writeTables(
    tx: Transaction,
    task: TaskRecord,
    request: CommitRequest,
  ): ReturnType<TableWriter['write']> {
    return this.tables.write(tx, task, {
      number: request.epoch,
      buffer: request.buffer,
      tables: request.tables,
    });
  }

  protected writeProgress(
    tx: Transaction,
    task: TaskRecord,
    request: CommitRequest,
    {
      outputs,
      records,
      changed,
    }: {
      readonly outputs: readonly EpochOutput[];
      readonly records: readonly TableRecord[];
      readonly changed: readonly EpochTable[];
    },
  ): void {
    const { computed, epoch, nextStep, stepNow, progress, filled, phase } = request;
    const record = encodeRecord(
      new Uint8Array(request.buffer, computed.at, computed.length),
      { committedAt: tx.now, outputs, tables: changed, previous: Buffer.from(task.chain, 'hex') },
      this.scratch,
    );
    const key = epochKey(task.number, epoch);
    tx.put(key, seal(key, record));
    tx.putJson(textKey(Kind.Task, taskName(task)), {
      ...task,
      epoch,
      nextStep,
      now: stepNow,
      chain: chainOf(record).toString('hex'),
      progress: progress.map(({ topic, partition, next }) => [topic, partition, next] as const),
      tables: records,
      filled: filled.map(({ topic, partition, next }) => [topic, partition, next] as const),
    } satisfies TaskRecord);
    if (phase) beginPhase(tx, task, { from: epoch, phase });
  }
}

/**
 * A transaction is durable, but nobody could be told: it can neither be undone nor run again. Whoever gets this ends,
 * and what is durable is found when the folder is opened again.
 */
export class Unwitnessed extends Error {
  constructor({ message }: Error) {
    super(`a transaction was flushed, and then: ${message}`);
  }
}

/**
 * A request was refused after it had written: the transaction is given up and run again without it. Named by itself and
 * not by its id: every thread that asks counts its own.
 */
class HalfDone extends Error {
  constructor(
    readonly request: Request,
    readonly reason: Error,
  ) {
    super(reason.message);
  }
}

const isRefusal = (error: unknown): error is Error =>
  error instanceof BackendError ||
  error instanceof FencedError ||
  error instanceof QuotaError ||
  error instanceof OutOfOrderError ||
  error instanceof CorruptionError ||
  error instanceof RangeError;

const failureOf = (id: number, { name, message }: Error): Answer => ({ id, failure: { name, message } });
