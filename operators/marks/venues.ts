/**
 * Whether the quotes of a venue may be believed. What was told before a venue went down, lost quotes or began to recover
 * counts no more, even when it is up again: it has to be told anew.
 */
import type { Numbered } from '../../runtime/tables/numbered';
import { Reason, VenueHealth, type VenueState } from '../../schemas/market';
import type { VenueBeliefColumns } from '../../schemas/tables';
import { quoteTime } from './quote-time';

// Held here: asked of their module in hot loops they would be calls.
const WHY = Reason;
const HEALTH = VenueHealth;

export class Venues {
  constructor(private readonly table: Numbered<VenueBeliefColumns>) {}

  take({ venue, state, time: told, since }: VenueState, now: number): void {
    const { table } = this;
    // As of a quote: a clock that is ahead must not hold for hours against what is told rightly after it.
    const time = Math.min(told, now);
    table.ensure(venue);
    const { columns } = table;
    if (time < columns.time[venue]!) return;
    const wasSilent = columns.state[venue] === HEALTH.Down || columns.state[venue] === HEALTH.Gap;
    // What a feed says for itself holds however many of its states were seen; without it they are gone by.
    if (since > 0) columns.since[venue] = quoteTime(since, now);
    else if (state !== HEALTH.Up || wasSilent) columns.since[venue] = time;
    columns.state[venue] = state;
    columns.time[venue] = time;
    table.touch(venue);
  }

  /** Nobody tells of the venue any more: all it quoted is believed, as of a venue that nobody ever told of. */
  forget(venue: number): void {
    const { table } = this;
    if (!table.has(venue)) return;
    table.columns.state[venue] = HEALTH.Up;
    table.columns.since[venue] = 0;
    table.columns.time[venue] = 0;
    table.touch(venue);
  }

  /** Nobody ever told of any venue. */
  get believesAll(): boolean {
    return this.table.size === 0;
  }

  /** Whether what a venue told at a time counts. */
  believes(venue: number, time: number): boolean {
    return this.believesAll || this.whyNotAt(venue, time) === WHY.None;
  }

  /** Why what a venue told at a time does not count; Reason.None if it does. */
  whyNotAt(venue: number, time: number): Reason {
    const { state, since } = this.table.columns;
    // Nobody ever told of it: its entries are as of one that is up, or beyond the end.
    if (venue >= state.length) return WHY.None;
    if (state[venue] === HEALTH.Down) return WHY.VenueDown;
    if (state[venue] === HEALTH.Gap) return WHY.VenueGap;
    return time < since[venue]! ? WHY.VenueDown : WHY.None;
  }
}
