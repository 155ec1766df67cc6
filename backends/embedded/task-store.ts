/** One task's side of the store: encodes its epochs and hands them to the commit thread, in order, two deep at most. */

import type { Phase } from '../../runtime/graph/shape';
import { BackendError, type RestoredTask, type Skip, type TaskStore } from '../../runtime/ports/backend';
import type { Epoch, Progress, TaskId } from '../../runtime/ports/epoch';
import { ByteWriter } from '../../runtime/wire/bytes';
import { layArena } from './arena';
import type { Connection } from './connection';
import { encodeComputed } from './epoch-entry';
import { Kind, textKey } from './keys';
import { type SkipRecord, type TaskRecord, taskName } from './records';
import { unsealJson } from './seal';
import { prefixed, type View } from './store';

const OPEN_COMMITS_MAX = 2;

export class EmbeddedTask implements TaskStore {
  private readonly scratch = new ByteWriter(1 << 14);
  private readonly progress = new Map<string, Progress>();
  private readonly filled = new Map<string, Progress>();
  private isFilling: boolean;
  private open = 0;
  private readonly underWay = new Set<Promise<void>>();
  private epoch: number;
  private closed = false;
  private lastNow: number;

  constructor(
    private readonly id: TaskId,
    private readonly generation: number,
    readonly restored: RestoredTask,
    private readonly connection: Connection,
    private readonly view: View,
  ) {
    this.epoch = restored.epoch;
    this.lastNow = restored.now;
    this.isFilling = restored.phase?.filling !== undefined;
    for (const progress of restored.progress) advance(this.progress, progress);
    for (const progress of restored.filled) advance(this.filled, progress);
  }

  async commit(epoch: Epoch): Promise<void> {
    this.check(epoch);
    this.epoch = epoch.number;
    this.begin(epoch.phase);
    const read = this.isFilling ? this.filled : this.progress;
    for (const step of epoch.steps) for (const progress of step.read) advance(read, progress);
    const last = epoch.steps.at(-1);
    if (last) this.lastNow = last.now;
    this.scratch.at = 0;
    encodeComputed(epoch, this.scratch);
    const computed = this.scratch.bytes.subarray(0, this.scratch.at);
    const arena = layArena({ outputs: epoch.outputs, tables: epoch.tables, computed });
    this.open += 1;
    const committed = this.connection.ask<void>(
      {
        kind: 'commit',
        task: this.id,
        generation: this.generation,
        epoch: epoch.number,
        nextStep: epoch.firstStep + epoch.steps.length,
        stepNow: this.lastNow,
        progress: [...this.progress.values()],
        filled: [...this.filled.values()],
        phase: epoch.phase,
        marks: epoch.marks ?? [],
        ...arena,
      },
      [arena.buffer],
    );
    this.underWay.add(committed);
    try {
      await committed;
    } finally {
      this.underWay.delete(committed);
      this.open -= 1;
    }
  }

  async committed(): Promise<number> {
    await Promise.allSettled(this.underWay);
    this.view.refresh();
    return this.view.json<TaskRecord>(textKey(Kind.Task, taskName(this.id)))?.epoch ?? 0;
  }

  skips(): Promise<readonly Skip[]> {
    const name = taskName(this.id);
    const skips: Skip[] = [];
    this.view.refresh();
    for (const { key, value } of this.view.range(prefixed(textKey(Kind.Skip, `${name}\0`)))) {
      const { task: _task, ...skip } = unsealJson<SkipRecord>(key, value);
      skips.push(skip);
    }
    return Promise.resolve(skips);
  }

  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }

  private check(epoch: Epoch): void {
    const name = taskName(this.id);
    if (this.closed) throw new BackendError(`task ${name} is closed.`);
    if (epoch.number !== this.epoch + 1)
      throw new BackendError(
        `task ${name} committed epoch ${epoch.number} after ${this.epoch}. Epochs are committed in order, each once.`,
      );
    if (this.open >= OPEN_COMMITS_MAX)
      throw new BackendError(`task ${name} has ${this.open} commits open. Wait for one of them first.`);
  }

  private begin(phase: Phase | undefined): void {
    if (!phase) return;
    this.isFilling = phase.filling !== undefined;
    if (!this.isFilling) this.filled.clear();
    for (const progress of phase.adopts ?? []) advance(this.progress, progress);
  }
}

const advance = (places: Map<string, Progress>, { topic, partition, next }: Progress): void => {
  places.set(`${topic}/${partition}`, { topic, partition, next });
};
