/**
 * What a feed is doing, for all venues by one table: pure, and data that others are told. What an event does not change
 * it leaves as it is.
 *
 *   down ──connect──► connecting ──opened──► snapshot ──told──► live ──lost──► gap ──told──► live
 *     ▲                                                          │
 *     └──────────────── closed, from anywhere ◄── stale ◄─silent─┘ (and from snapshot and gap)
 */
import type { FeedState } from '../venues/market-records';

export type FeedEvent =
  /** A connection is asked for. */
  | 'connect'
  /** It stands, and what is wanted was subscribed to. */
  | 'opened'
  /** A book is live. */
  | 'told'
  /** No book is live any more: updates were lost. */
  | 'lost'
  /** Nothing has come for too long, not even an answer to a sign of life. */
  | 'silent'
  | 'closed';

const NEXT: Readonly<Record<FeedState, Partial<Record<FeedEvent, FeedState>>>> = {
  down: { connect: 'connecting' },
  connecting: { opened: 'snapshot', closed: 'down' },
  snapshot: { told: 'live', lost: 'gap', silent: 'stale', closed: 'down' },
  live: { lost: 'gap', silent: 'stale', closed: 'down' },
  gap: { told: 'live', silent: 'stale', closed: 'down' },
  // What comes on a connection that was given up may be the end of a long queue: it is closed, and begun anew.
  stale: { closed: 'down' },
};

export const nextState = (state: FeedState, event: FeedEvent): FeedState => NEXT[state][event] ?? state;

/** A feed's state, since when, and why. Times are microseconds since 1970 UTC, by our clock. */
export class FeedMachine {
  state: FeedState = 'down';
  reason = 'not connected yet';
  time = 0;
  /** Prices told before do not count: when the connection was opened. */
  since = 0;

  /**
   * Answers whether the state is another now.
   *
   * @param latest the latest time of a price that was told: by a clock ahead of ours it is later than now
   */
  apply(event: FeedEvent, now: number, reason: string, latest = 0): boolean {
    const next = nextState(this.state, event);
    if (next === this.state) return false;
    if (event === 'opened') this.since = Math.max(now, latest + 1);
    this.state = next;
    this.time = now;
    this.reason = reason;
    return true;
  }
}
