/** What a step's messages of one topic are decoded into, one kind for each kind of batch; used again from step to step. */
import type { Changes } from '../stream/changes';
import type { ColumnsCodec } from '../stream/codec';
import type { Columns } from '../stream/step';
import type { Topic } from '../stream/topic';

export interface InputBatch {
  readonly data: unknown;
  readonly length: number;
  clear(): void;
}

/** Of a topic in frames. */
export class ColumnsBatch implements InputBatch {
  readonly data: Columns;
  private readonly codec: ColumnsCodec<Columns>;

  constructor({ codec }: Topic) {
    this.codec = codec as ColumnsCodec<Columns>;
    this.data = this.codec.allocate(4096);
  }

  get length(): number {
    return this.data.length;
  }

  truncate(length: number): void {
    (this.data as { length: number }).length = length;
  }

  clear(): void {
    this.codec.clear(this.data);
  }
}

/** Of an event topic in rows: every row counts. */
export class EventsBatch implements InputBatch {
  readonly data: unknown[] = [];

  get length(): number {
    return this.data.length;
  }

  add(row: unknown): void {
    this.data.push(row);
  }

  clear(): void {
    this.data.length = 0;
  }
}

/** Of a state topic in rows: the last message of each key counts, in order of those. */
export class ChangesBatch implements InputBatch {
  private readonly entries: ({ readonly value: unknown; readonly isRemoval: boolean } | undefined)[] = [];
  private readonly placeOf = new Map<string, number>();

  get length(): number {
    return this.placeOf.size;
  }

  get data(): Changes<unknown, never> {
    const set: unknown[] = [];
    const removed: Record<never, unknown>[] = [];
    for (const entry of this.entries) {
      if (entry?.isRemoval) removed.push(entry.value as object);
      else if (entry) set.push(entry.value);
    }
    return { set, removed };
  }

  set(key: string, row: unknown): void {
    this.put(key, { value: row, isRemoval: false });
  }

  remove(key: string, fields: unknown): void {
    this.put(key, { value: fields, isRemoval: true });
  }

  clear(): void {
    this.entries.length = 0;
    this.placeOf.clear();
  }

  private put(key: string, entry: NonNullable<ChangesBatch['entries'][number]>): void {
    const before = this.placeOf.get(key);
    if (before !== undefined) this.entries[before] = undefined;
    this.placeOf.set(key, this.entries.push(entry) - 1);
  }
}

export function inputBatch(topic: Topic): InputBatch {
  if (topic.codec.layout === 'columns') return new ColumnsBatch(topic);
  return topic.kind === 'state' ? new ChangesBatch() : new EventsBatch();
}
