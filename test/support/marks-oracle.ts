/**
 * Marks from scratch, after the rules that a desk would tell: everything that venues have said is looked through again at
 * every moment at which something was said or became too old. Imports nothing of operators/ or runtime/.
 */
export interface OracleRules {
  readonly stale: number;
  readonly wide: number;
  readonly absurd: number;
  readonly narrow: number;
  readonly signed: boolean;
  readonly bidMayBeNothing: boolean;
  readonly latest: boolean;
}

export interface OracleQuote {
  readonly venue: number;
  readonly bid: number;
  readonly bidSize: number;
  readonly ask: number;
  readonly askSize: number;
  readonly time: number;
  readonly sequence: number;
  /** Updates were lost: whatever the sides say, there are none. */
  readonly isGap: boolean;
}

interface Saying {
  readonly venue: number;
  readonly price: number | undefined;
  readonly why: string;
  readonly time: number;
  readonly sequence: number;
}

interface Outage {
  readonly state: 'Up' | 'Down' | 'Gap' | 'Recovering';
  readonly time: number;
  /** 0: as the states alone say. */
  readonly since: number;
}

export interface OracleMark {
  bid: number;
  ask: number;
  price: number;
  quality: string;
  reason: string;
  time: number;
}

/** A clock that is a second ahead or less is only not quite ours; one further ahead is wrong, and the quote of now. */
export const countedTime = (told: number, now: number): number => (told <= now + 1_000_000 ? told : now);

/** One instrument. */
export class MarkOracle {
  mark: OracleMark | undefined;
  private bids: Saying[] = [];
  private asks: Saying[] = [];
  private good: readonly [bid: number, ask: number] | undefined;
  private affirmed = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly rulesNow: () => OracleRules,
    private readonly outages: ReadonlyMap<number, readonly Outage[]>,
  ) {}

  quote(quote: OracleQuote, now: number): void {
    const time = countedTime(quote.time, now);
    const { venue, sequence, isGap } = quote;
    const lost: Saying = { venue, price: undefined, why: 'VenueGap', time, sequence };
    const bid = isGap ? lost : this.sayingOf(venue, quote.bid, quote.bidSize, time, sequence);
    const ask = isGap ? lost : this.sayingOf(venue, quote.ask, quote.askSize, time, sequence);
    const before = this.bids.length + this.asks.length;
    if (bid && !this.isLate(this.bids, bid))
      this.bids = [...this.bids.filter((one) => one.venue !== bid.venue), bid];
    if (ask && !this.isLate(this.asks, ask))
      this.asks = [...this.asks.filter((one) => one.venue !== ask.venue), ask];
    const counts = this.bids.includes(bid!) || this.asks.includes(ask!);
    if (!counts && before === this.bids.length + this.asks.length) return;
    this.judge(now, quote.time);
  }

  /** Lets time pass: each moment at which something becomes too old is judged by itself. */
  passTo(now: number, since: number): void {
    const { stale } = this.rulesNow();
    const moments = [...this.bids, ...this.asks].map(({ time }) => time + stale);
    // A market that stays crossed is stale when the last two good sides are too old.
    for (const moment of [...new Set([...moments, this.affirmed + stale])].sort((a, b) => a - b))
      if (moment > since && moment <= now) this.judge(moment, undefined);
  }

  venueChanged(now: number): void {
    if (this.bids.length + this.asks.length > 0) this.judge(now, undefined);
  }

  private sayingOf(
    venue: number,
    price: number,
    size: number,
    time: number,
    sequence: number,
  ): Saying | undefined {
    const none = (why: string): Saying => ({ venue, price: undefined, why, time, sequence });
    if (size <= 0) return none('Withdrawn');
    if (!Number.isFinite(price)) return undefined;
    if (price === 0 && Number.isNaN(size)) return none('UnknownSize');
    if (price <= 0 && !this.rulesNow().signed) return none(price === 0 ? 'Withdrawn' : 'NotPositive');
    return { venue, price, why: 'None', time, sequence };
  }

  private isLate(side: readonly Saying[], said: Saying): boolean {
    const before = side.find((one) => one.venue === said.venue);
    return (
      before !== undefined &&
      (said.time < before.time || (said.time === before.time && said.sequence < before.sequence))
    );
  }

  private whyNot(said: Saying, now: number): string {
    if (said.price === undefined) return said.why;
    const outages = this.outages.get(said.venue) ?? [];
    const last = outages.at(-1);
    if (last?.state === 'Down') return 'VenueDown';
    if (last?.state === 'Gap') return 'VenueGap';
    // Up counts anew only after silence: from recovering it goes on. A state may say for itself since when quotes count.
    const anew = outages.filter(
      ({ state, since }, index) =>
        since > 0 || state !== 'Up' || ['Down', 'Gap'].includes(outages[index - 1]?.state ?? 'Up'),
    );
    const start = anew.at(-1);
    if (start && said.time < (start.since > 0 ? start.since : start.time)) return 'VenueDown';
    return said.time + this.rulesNow().stale <= now ? 'StaleQuote' : 'None';
  }

  private best(side: readonly Saying[], now: number, higher: boolean): readonly [number, string] {
    let heard = side;
    if (this.rulesNow().latest) {
      const venues = [...new Set([...this.bids, ...this.asks].map(({ venue }) => venue))];
      const lastOf = (venue: number): number =>
        Math.max(
          ...[...this.bids, ...this.asks].filter((one) => one.venue === venue).map(({ time }) => time),
        );
      const latest = Math.max(...venues.map(lastOf));
      const chosen = Math.max(...venues.filter((venue) => lastOf(venue) === latest));
      heard = side.filter(({ venue }) => venue === chosen);
    }
    const prices = heard.filter((one) => this.whyNot(one, now) === 'None').map(({ price }) => price!);
    if (prices.length > 0) return [higher ? Math.max(...prices) : Math.min(...prices), 'None'];
    const whys = heard.map((one) => this.whyNot(one, now));
    const order = ['VenueDown', 'VenueGap', 'StaleQuote', 'UnknownSize', 'NotPositive', 'Withdrawn'];
    return [Number.NaN, order.find((why) => whys.includes(why)) ?? 'NeverQuoted'];
  }

  private judge(now: number, quoted: number | undefined): void {
    const [bid, bidWhy] = this.best(this.bids, now, true);
    const [ask, askWhy] = this.best(this.asks, now, false);
    const verdict = this.verdict({ bid, bidWhy, ask, askWhy }, now, quoted);
    const before = this.mark;
    const sides = !before || !Object.is(before.bid, verdict.bid) || !Object.is(before.ask, verdict.ask);
    const time = sides && quoted !== undefined ? quoted : (before?.time ?? -1);
    this.mark = { ...verdict, time };
  }

  private verdict(
    { bid, bidWhy, ask, askWhy }: { bid: number; bidWhy: string; ask: number; askWhy: string },
    now: number,
    quoted: number | undefined,
  ): Omit<OracleMark, 'time'> {
    const rules = this.rulesNow();
    const missing = (reason: string) => ({
      bid: Number.NaN,
      ask: Number.NaN,
      quality: 'Missing',
      reason,
      price: Number.NaN,
    });
    const stands = (quality: string, reason: string) => {
      if (this.good === undefined) return missing(reason);
      const [goodBid, goodAsk] = this.good;
      return { bid: goodBid, ask: goodAsk, quality, reason, price: (goodBid + goodAsk) / 2 };
    };
    const hasBid = !Number.isNaN(bid);
    const hasAsk = !Number.isNaN(ask);
    if (hasBid && hasAsk) {
      const isOld = this.affirmed + rules.stale <= now;
      if (bid > ask) return stands(isOld ? 'Stale' : 'Wide', 'Crossed');
      const share = (ask - bid) / Math.max(Math.abs(bid), Math.abs(ask));
      if (ask - bid > rules.narrow && share > rules.absurd) return stands('Stale', 'AbsurdSpread');
      this.good = [bid, ask];
      if (quoted !== undefined) this.affirmed = countedTime(quoted, now);
      const [quality, reason] = share > rules.wide ? ['Wide', 'WideSpread'] : ['Good', 'None'];
      return { bid, ask, quality, reason, price: (bid + ask) / 2 };
    }
    if (!hasBid && !hasAsk) {
      for (const why of ['VenueDown', 'VenueGap'])
        if (bidWhy === why || askWhy === why) return stands('VenueDown', why);
      if (bidWhy === 'StaleQuote' || askWhy === 'StaleQuote') return stands('Stale', 'StaleQuote');
      return missing(bidWhy === 'NeverQuoted' ? askWhy : bidWhy);
    }
    if (!hasBid && rules.bidMayBeNothing && (bidWhy === 'Withdrawn' || bidWhy === 'UnknownSize'))
      return ask > rules.narrow
        ? stands('Stale', 'AbsurdSpread')
        : { bid, ask, quality: 'OneSided', reason: 'NoBid', price: ask / 2 };
    const why = hasBid ? askWhy : bidWhy;
    const reason =
      why === 'StaleQuote'
        ? hasBid
          ? 'StaleAsk'
          : 'StaleBid'
        : why === 'Withdrawn' || why === 'NeverQuoted'
          ? hasBid
            ? 'NoAsk'
            : 'NoBid'
          : why;
    if (this.good === undefined) return missing(reason);
    return { bid, ask, quality: 'OneSided', reason, price: hasBid ? bid : ask };
  }
}
