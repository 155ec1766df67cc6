/**
 * Writes state topics in frames whole, every now and then, so that retention may drop what lies before: a slice behind each
 * step, of about as many slots as can be written in a millisecond, so that a million of them hold nobody up.
 *
 * One topic at a time. A round that was cut short, because its task was opened anew, begins again from its first slot.
 */

import type { Topic } from '../stream/topic';
import type { TaskRunner } from '../task/runner';

/** A slice holds the thread for so long, about. */
const SLICE_MICROS = 1_000;
/** No slice while so many bytes wait for a commit: closing an epoch holds the thread as well. */
const OPEN_BYTES = 1 << 20;

export interface SnapshotRoundsOptions {
  readonly everyMicros: number;
  readonly elapsed: () => number;
  /** Slots of the first slice, and of the smallest. */
  readonly leastSlots?: number;
}

export class SnapshotRounds {
  /** When the next round of a topic is due; set with the first step. */
  private readonly due = new Map<string, number>();
  private readonly topics: readonly string[];
  private round: { readonly topic: string; next: number } | undefined;
  private slots: number;
  private readonly least: number;

  constructor(
    topics: readonly Topic[],
    private readonly options: SnapshotRoundsOptions,
  ) {
    this.topics = topics
      .filter(({ kind, codec }) => kind === 'state' && codec.layout === 'columns')
      .map(({ name }) => name);
    this.least = options.leastSlots ?? 256;
    this.slots = this.least;
  }

  /** Whether steps are to go on, even if nothing has come. */
  get isUnderWay(): boolean {
    return this.round !== undefined;
  }

  /** The task has been opened anew. */
  restart(): void {
    if (this.round) this.due.set(this.round.topic, Number.NEGATIVE_INFINITY);
    this.round = undefined;
  }

  /** Writes a slice behind the step that just ran, if one is due. */
  goOn(runner: TaskRunner, now: number): void {
    this.round ??= this.begin(runner, now);
    if (!this.round || runner.openBytes > OPEN_BYTES) return;
    const { topic, next: from } = this.round;
    const to = from + this.slots;
    const began = this.options.elapsed();
    const goesOn = runner.writeSlice({ topic, from, to });
    this.took(this.options.elapsed() - began);
    this.round.next = to;
    if (!goesOn) this.round = undefined;
  }

  private begin(runner: TaskRunner, now: number): { readonly topic: string; next: number } | undefined {
    for (const topic of this.topics) {
      const at = this.due.get(topic);
      if (at !== undefined && now < at) continue;
      this.due.set(topic, now + this.options.everyMicros);
      if (at !== undefined && runner.task.snapshot(topic)) return { topic, next: 0 };
    }
    return undefined;
  }

  private took(micros: number): void {
    const fit = this.slots * Math.min(2, SLICE_MICROS / Math.max(micros, 1));
    this.slots = Math.max(this.least, Math.floor(fit));
  }
}
