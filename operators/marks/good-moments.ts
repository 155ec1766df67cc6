/**
 * Keeps the moments at which both sides are good, which nearly all are, in one loop over typed arrays. It stops at the
 * first that is otherwise: that one has to be judged. What this loop does is what a judgement would come to.
 */
import type { Marker } from '../../runtime/stream/marker';
import type { Numbered, ReadonlyNumbered } from '../../runtime/tables/numbered';
import { MarkQuality, Reason } from '../../schemas/market';
import { InstrumentKind } from '../../schemas/reference';
import type { KeptMarkColumns, QuotedInstrumentColumns } from '../../schemas/tables';
import type { BestQuoteColumns } from './best-quotes';
import { MAY_BE_AHEAD_MICROS } from './quote-time';
import type { MarkRules } from './rules';

// Held here: asked of their module in the loop they would be calls.
const GOOD = MarkQuality.Good;
const NONE = Reason.None;
const UNKNOWN = InstrumentKind.Equity;

export class GoodMoments {
  /** By kind of instrument. */
  private readonly wide: Float64Array;
  private readonly absurd: Float64Array;
  private readonly narrow: Float64Array;

  constructor(
    private readonly quoted: ReadonlyNumbered<QuotedInstrumentColumns>,
    private readonly marks: Numbered<KeptMarkColumns>,
    rules: readonly MarkRules[],
  ) {
    this.wide = Float64Array.from(rules, ({ wideSpread }) => wideSpread);
    this.absurd = Float64Array.from(rules, ({ absurdSpread }) => absurdSpread);
    this.narrow = Float64Array.from(rules, ({ narrow }) => narrow);
  }

  /** Keeps the moments from `from` on; answers the index of the first that it did not keep, or their number. */
  keep(best: BestQuoteColumns, from: number, now: number, moved: Marker): number {
    const { length, instrument, time } = best;
    const { marks, wide, absurd, narrow } = this;
    const { kind } = this.quoted.columns;
    const { bid, ask, price, quality, reason, goodBid, goodAsk, affirmed, changed } = marks.columns;
    const latest = now + MAY_BE_AHEAD_MICROS;
    for (let index = from; index < length; index += 1) {
      const key = instrument[index]!;
      const bidNow = best.bid[index]!;
      const askNow = best.ask[index]!;
      const told = time[index]!;
      const of = kind[key] ?? UNKNOWN;
      const spread = askNow - bidNow;
      const larger = Math.max(Math.abs(bidNow), Math.abs(askNow));
      // Comparisons are false where a side is missing.
      const isGood =
        spread >= 0 &&
        spread <= wide[of]! * larger &&
        !(spread > narrow[of]! && spread > absurd[of]! * larger);
      if (!isGood || !(told >= 0) || key >= bid.length) return index;
      affirmed[key] = told <= latest ? told : now;
      marks.touch(key);
      const isMoved = bidNow !== bid[key] || askNow !== ask[key] || changed[key]! < 0;
      if (!isMoved && quality[key] === GOOD) continue;
      if (isMoved) changed[key] = told;
      bid[key] = bidNow;
      ask[key] = askNow;
      goodBid[key] = bidNow;
      goodAsk[key] = askNow;
      price[key] = (bidNow + askNow) / 2;
      quality[key] = GOOD;
      reason[key] = NONE;
      moved.add(key);
    }
    return length;
  }
}
