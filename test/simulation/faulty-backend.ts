/**
 * A backend in memory to which things happen: commits and appends are slow, fail, take effect without an answer, and the
 * process dies at any instant. What is on its disk is what a store promises: all of an epoch or nothing.
 */
import type { Backend, ProducerAppend, TaskStore } from '../../runtime/ports/backend';
import type { Epoch, TaskId } from '../../runtime/ports/epoch';
import { MemoryBackend, type MemoryDisk } from '../support/memory-backend';
import type { Random } from './random';

/** Where a process can die in what it does to the disk. */
export type Death = 'before' | 'after';

export interface Faults {
  /** Share of commits and appends that are refused, the disk as it was. */
  readonly failing: number;
  /** Share that take effect and then answer with an error. */
  readonly unanswered: number;
  /** Share in which the process dies, before or after they took effect. */
  readonly deadly: number;
}

/** A store that breaks its promise, to see that the simulation would notice. */
export type Sabotage =
  | 'outputs-without-tables'
  | 'progress-lost'
  | 'append-twice'
  | 'torn-epoch'
  | 'cut-forgotten';

export class FaultyBackend {
  readonly inner: MemoryBackend;
  isDead = false;
  /** Resolves when the process has died of one of its own commits. */
  readonly died: Promise<void>;
  deaths: Record<string, number> = {};
  private die: () => void = () => undefined;

  constructor(
    disk: MemoryDisk,
    private readonly random: Random,
    private readonly faults: Faults,
    private readonly sabotage?: Sabotage,
  ) {
    this.inner = new MemoryBackend(disk);
    this.died = new Promise((resolve) => {
      this.die = resolve;
    });
  }

  /** From here on nothing reaches the disk and nothing answers, as of a process that is no more. */
  kill(where: string): void {
    if (this.isDead) return;
    this.isDead = true;
    this.deaths[where] = (this.deaths[where] ?? 0) + 1;
    this.die();
  }

  get deadliness(): number {
    return this.faults.deadly;
  }

  /** What the runtime sees. */
  ports(): Backend {
    const { inner } = this;
    return {
      log: {
        ...inner.log,
        append: (append) => this.acted('append', () => this.append(append)),
        createTopics: (topics) => this.alive(() => inner.log.createTopics(topics)),
      },
      registry: inner.registry,
      names: inner.names,
      bookmarks: {
        get: (name) => inner.bookmarks.get(name),
        set: (bookmark) => this.acted('bookmark', () => inner.bookmarks.set(bookmark)),
        remove: (name) => this.acted('bookmark', () => inner.bookmarks.remove(name)),
        all: () => inner.bookmarks.all(),
      },
      own: (job, owner) => inner.own(job, owner),
      openTask: (id) => this.openTask(id),
      recorded: (id, from) => inner.recorded(id, from),
      tasks: () => inner.tasks(),
      reshape: (id, reshape) => inner.reshape(id, reshape),
      retire: (id) => inner.retire(id),
      skip: (id, skip) => inner.skip(id, skip),
      health: () => inner.health(),
      tidy: () => inner.tidy(),
      close: () => inner.close(),
    } as Backend;
  }

  private async append(append: ProducerAppend): Promise<{ readonly duplicate: boolean }> {
    const result = await this.inner.log.append(append);
    if (this.sabotage === 'append-twice' && !result.duplicate && this.random.chance(0.2))
      await this.inner.log.append({ ...append, producer: `${append.producer}, again` });
    return result;
  }

  private async openTask(id: TaskId): Promise<TaskStore> {
    const store = await this.alive(() => this.inner.openTask(id));
    return {
      ...store,
      restored: store.restored,
      committed: () => this.alive(() => store.committed()),
      skips: () => this.alive(() => store.skips()),
      close: () => this.alive(() => store.close()),
      commit: (epoch) => this.acted('commit', () => store.commit(this.sabotaged(epoch))),
    };
  }

  private sabotaged(epoch: Epoch): Epoch {
    if (this.sabotage === 'outputs-without-tables' && this.random.chance(0.1))
      return { ...epoch, tables: [] };
    // A write that is torn: what comes behind its first output never reached the disk.
    if (this.sabotage === 'torn-epoch' && this.random.chance(0.1))
      return { ...epoch, outputs: epoch.outputs.slice(0, 1), tables: [] };
    if (this.sabotage === 'progress-lost' && this.random.chance(0.1))
      return { ...epoch, steps: epoch.steps.map((step) => ({ ...step, read: [] })) };
    return epoch;
  }

  private alive<T>(work: () => Promise<T>): Promise<T> {
    return this.isDead ? new Promise<T>(() => undefined) : work();
  }

  /** Something that changes the disk. */
  private async acted<T>(what: string, work: () => Promise<T>): Promise<T> {
    const { random, faults } = this;
    for (let turns = random.below(4); turns > 0; turns -= 1) await new Promise(setImmediate);
    if (this.isDead) return new Promise<T>(() => undefined);
    const fate = random.next();
    if (fate < faults.deadly / 2) {
      this.kill(`${what}, before`);
      return new Promise<T>(() => undefined);
    }
    if (fate < faults.deadly / 2 + faults.failing) throw new Error(`the ${what} failed`);
    const result = await work();
    if (random.chance(faults.deadly / 2)) {
      this.kill(`${what}, after`);
      return new Promise<T>(() => undefined);
    }
    if (this.isDead) return new Promise<T>(() => undefined);
    if (random.chance(faults.unanswered)) throw new Error(`the ${what} was not answered`);
    return result;
  }
}
