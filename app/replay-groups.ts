/**
 * How a replay is cut: events of one window of event time make a batch, batches make a group. By event time and counts
 * alone, so that the same events are always cut alike.
 */
import type { FeedRecord, Records } from '../sources/feed';

const BATCH_RECORDS_MAX = 1024;
const GROUP_RECORDS = 16_384;
const GROUP_BATCHES = 512;

export interface GroupOptions {
  readonly events: Records;
  /** Comes before the first event, at its time. */
  readonly reference: readonly FeedRecord[];
  readonly stepMicros: number;
}

export interface Group {
  readonly number: number;
  readonly records: readonly FeedRecord[];
  readonly cuts: readonly number[];
  readonly isLast: boolean;
}

/** Cuts by event time and counts alone; the last group is known as the last. */
export async function* groupsOf({ events, reference, stepMicros }: GroupOptions): AsyncGenerator<Group> {
  const cutter = new Cutter(stepMicros);
  let before: Omit<Group, 'isLast'> | undefined;
  for await (const batch of events) {
    for (const record of batch) {
      if (!cutter.started) for (const one of reference) cutter.add({ ...one, time: record.time });
      const group = cutter.add(record);
      if (!group) continue;
      if (before) yield { ...before, isLast: false };
      before = group;
    }
  }
  const rest = cutter.take();
  if (before) yield { ...before, isLast: !rest };
  if (rest) yield { ...rest, isLast: true };
}

class Cutter {
  started = false;
  private number = 0;
  private records: FeedRecord[] = [];
  private cuts: number[] = [];
  private windowEnd = Number.NEGATIVE_INFINITY;
  private batchStart = 0;

  constructor(private readonly stepMicros: number) {}

  /** Adds a record; answers the group that it closed by not belonging to it. */
  add(record: FeedRecord): Omit<Group, 'isLast'> | undefined {
    this.started = true;
    const { records } = this;
    if (record.time < this.windowEnd && records.length - this.batchStart < BATCH_RECORDS_MAX) {
      records.push(record);
      return undefined;
    }
    // An event that comes late belongs to the window in which it comes.
    const window = Math.floor(record.time / this.stepMicros) * this.stepMicros;
    this.windowEnd = Math.max(this.windowEnd, window + this.stepMicros);
    const isFull = records.length >= GROUP_RECORDS || this.cuts.length >= GROUP_BATCHES;
    const closed = isFull ? this.take() : undefined;
    if (this.records.length > 0) this.cuts.push(this.records.length);
    this.batchStart = this.records.length;
    this.records.push(record);
    return closed;
  }

  take(): Omit<Group, 'isLast'> | undefined {
    if (this.records.length === 0) return undefined;
    this.number += 1;
    const group = { number: this.number, records: this.records, cuts: this.cuts };
    this.records = [];
    this.cuts = [];
    return group;
  }
}
