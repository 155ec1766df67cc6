/**
 * The durable log of cuts, one bookmark for each sink and topic partition: how much is in the table for sure, and the
 * one cut that was about to be sent. A cut is logged before it is sent and never changes, so that whatever happens to
 * the insert, the next attempt sends exactly the same rows. What the cut needs of the log stays there.
 */

import type { Cut } from '../../runtime/graph/sink';
import type { Bookmarks } from '../../runtime/ports/backend';
import type { TopicPartition } from '../../runtime/ports/epoch';
import type { Seal } from './table-content';

export interface CutState {
  /** When the sink began, micros: in every token, so that a log begun anew is not taken for the old one. */
  readonly since: number;
  /** Every record before this offset is in the table. */
  readonly doneOffset: number;
  /** Records before `doneOffset` since the sink began. */
  readonly doneRecords: number;
  /** Cuts logged so far: names the tokens. */
  readonly cuts: number;
  /** Logged and sent, or about to be: it may be in the table or not, its views filled or not. */
  readonly pending: Cut | undefined;
  /** What the table held, by content, when it was looked at last. */
  readonly seal?: Seal;
}

const NO_CUTS = { doneOffset: 0, doneRecords: 0, cuts: 0, pending: undefined };

/** The state once the pending cut is in the table. */
export function afterPending(state: CutState): CutState {
  const { pending, doneRecords } = state;
  if (!pending) return state;
  return {
    ...state,
    doneOffset: pending.nextOffset,
    doneRecords: doneRecords + pending.records,
    pending: undefined,
  };
}

const FORMAT = 1;

export class CutLog {
  private readonly name: string;

  constructor(
    private readonly bookmarks: Bookmarks,
    sink: string,
    private readonly place: TopicPartition,
  ) {
    this.name = `${sink}/${place.partition}`;
  }

  load(now: number): CutState {
    const bookmark = this.bookmarks.get(this.name);
    if (!bookmark) return { since: now, ...NO_CUTS };
    const { format, topic, ...state } = JSON.parse(Buffer.from(bookmark.state).toString('utf8'));
    if (format !== FORMAT || topic !== this.place.topic)
      throw new Error(
        `bookmark "${this.name}" is of format ${format} and topic "${topic}", and not of format ${FORMAT} and topic "${this.place.topic}". Give the table of another topic another name, or use the build that wrote it.`,
      );
    return { ...NO_CUTS, ...state };
  }

  /** Whether the sink has begun: until then nothing holds its messages back from retention. */
  get hasBegun(): boolean {
    return this.bookmarks.get(this.name) !== undefined;
  }

  /** Durable on return. */
  save(state: CutState): Promise<void> {
    const record = { format: FORMAT, topic: this.place.topic, ...state };
    return this.bookmarks.set({
      name: this.name,
      state: Buffer.from(JSON.stringify(record)),
      needs: [{ ...this.place, next: state.pending?.firstOffset ?? state.doneOffset }],
    });
  }
}
