/** So many in a period, spread evenly beyond a first burst of as many: what a venue allows before it bans. */
export class RateLimit {
  private room: number;
  private last = Number.NaN;

  constructor(private readonly limit: { readonly count: number; readonly periodMicros: number }) {
    this.room = limit.count;
  }

  /** Whether one more may go now. */
  take(now: number): boolean {
    const { count, periodMicros } = this.limit;
    if (now > this.last) this.room = Math.min(count, this.room + ((now - this.last) * count) / periodMicros);
    this.last = Number.isNaN(this.last) ? now : Math.max(now, this.last);
    if (this.room < 1) return false;
    this.room -= 1;
    return true;
  }
}
