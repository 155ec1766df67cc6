/** How good a best bid and ask are, and what price they make. */
import { MarkQuality, Reason } from '../../schemas/market';
import type { MarkRules } from './rules';

export interface Judgement {
  quality: MarkQuality;
  reason: Reason;
  /** NaN where it makes none of its own: what stood before stands, or nothing does. */
  price: number;
}

export interface Best {
  readonly bid: number;
  readonly bidWhy: Reason;
  readonly ask: number;
  readonly askWhy: Reason;
}

/** Writes into `to`, which is used again. `hadPrice`: whether two good sides have ever been seen. */
export function judge(best: Best, rules: MarkRules, hadPrice: boolean, to: Judgement): Judgement {
  const { bid, ask } = best;
  if (!Number.isNaN(bid) && !Number.isNaN(ask)) return judgeTwo(bid, ask, rules, to);
  if (Number.isNaN(bid) && Number.isNaN(ask)) return judgeNone(best, hadPrice, to);
  if (Number.isNaN(bid) && rules.bidMayBeNothing && isTakenBack(best.bidWhy)) {
    if (ask > rules.narrow) return says(to, MarkQuality.Stale, Reason.AbsurdSpread, Number.NaN);
    return says(to, MarkQuality.OneSided, Reason.NoBid, ask / 2);
  }
  const reason = Number.isNaN(bid)
    ? oneSide(best.bidWhy, Reason.NoBid, Reason.StaleBid)
    : oneSide(best.askWhy, Reason.NoAsk, Reason.StaleAsk);
  if (!hadPrice) return says(to, MarkQuality.Missing, reason, Number.NaN);
  return says(to, MarkQuality.OneSided, reason, Number.isNaN(bid) ? ask : bid);
}

function judgeTwo(bid: number, ask: number, rules: MarkRules, to: Judgement): Judgement {
  if (bid > ask) return says(to, MarkQuality.Wide, Reason.Crossed, Number.NaN);
  const spread = ask - bid;
  const larger = Math.max(Math.abs(bid), Math.abs(ask));
  if (spread > rules.narrow && spread > rules.absurdSpread * larger)
    return says(to, MarkQuality.Stale, Reason.AbsurdSpread, Number.NaN);
  const isWide = spread > rules.wideSpread * larger;
  return says(
    to,
    isWide ? MarkQuality.Wide : MarkQuality.Good,
    isWide ? Reason.WideSpread : Reason.None,
    (bid + ask) / 2,
  );
}

function judgeNone({ bidWhy, askWhy }: Best, hadPrice: boolean, to: Judgement): Judgement {
  for (const why of [Reason.VenueDown, Reason.VenueGap])
    if (bidWhy === why || askWhy === why)
      return says(to, hadPrice ? MarkQuality.VenueDown : MarkQuality.Missing, why, Number.NaN);
  if (bidWhy === Reason.StaleQuote || askWhy === Reason.StaleQuote)
    return says(to, hadPrice ? MarkQuality.Stale : MarkQuality.Missing, Reason.StaleQuote, Number.NaN);
  const reason = bidWhy === Reason.NeverQuoted ? askWhy : bidWhy;
  return says(to, MarkQuality.Missing, reason, Number.NaN);
}

/** A venue has said that there is none, rather than nothing. */
const isTakenBack = (why: Reason): boolean => why === Reason.Withdrawn || why === Reason.UnknownSize;

function oneSide(why: Reason, none: Reason, stale: Reason): Reason {
  if (why === Reason.StaleQuote) return stale;
  return why === Reason.Withdrawn || why === Reason.NeverQuoted ? none : why;
}

function says(to: Judgement, quality: MarkQuality, reason: Reason, price: number): Judgement {
  to.quality = quality;
  to.reason = reason;
  to.price = price;
  return to;
}
