/** How good a best bid and ask are, and what price they make. */
import { MarkQuality, Reason } from '../../schemas/market';
import type { MarkRules } from './rules';

// Held here: asked of their module in hot loops they would be calls.
const WHY = Reason;
const QUALITY = MarkQuality;

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
    if (ask > rules.narrow) return says(to, QUALITY.Stale, WHY.AbsurdSpread, Number.NaN);
    return says(to, QUALITY.OneSided, WHY.NoBid, ask / 2);
  }
  const reason = Number.isNaN(bid)
    ? oneSide(best.bidWhy, WHY.NoBid, WHY.StaleBid)
    : oneSide(best.askWhy, WHY.NoAsk, WHY.StaleAsk);
  if (!hadPrice) return says(to, QUALITY.Missing, reason, Number.NaN);
  return says(to, QUALITY.OneSided, reason, Number.isNaN(bid) ? ask : bid);
}

function judgeTwo(bid: number, ask: number, rules: MarkRules, to: Judgement): Judgement {
  if (bid > ask) return says(to, QUALITY.Wide, WHY.Crossed, Number.NaN);
  const spread = ask - bid;
  const larger = Math.max(Math.abs(bid), Math.abs(ask));
  if (spread > rules.narrow && spread > rules.absurdSpread * larger)
    return says(to, QUALITY.Stale, WHY.AbsurdSpread, Number.NaN);
  const isWide = spread > rules.wideSpread * larger;
  return says(to, isWide ? QUALITY.Wide : QUALITY.Good, isWide ? WHY.WideSpread : WHY.None, (bid + ask) / 2);
}

function judgeNone({ bidWhy, askWhy }: Best, hadPrice: boolean, to: Judgement): Judgement {
  for (const why of [WHY.VenueDown, WHY.VenueGap])
    if (bidWhy === why || askWhy === why)
      return says(to, hadPrice ? QUALITY.VenueDown : QUALITY.Missing, why, Number.NaN);
  if (bidWhy === WHY.StaleQuote || askWhy === WHY.StaleQuote)
    return says(to, hadPrice ? QUALITY.Stale : QUALITY.Missing, WHY.StaleQuote, Number.NaN);
  const reason = bidWhy === WHY.NeverQuoted ? askWhy : bidWhy;
  return says(to, QUALITY.Missing, reason, Number.NaN);
}

/** A venue has said that there is none, rather than nothing. */
const isTakenBack = (why: Reason): boolean => why === WHY.Withdrawn || why === WHY.UnknownSize;

function oneSide(why: Reason, none: Reason, stale: Reason): Reason {
  if (why === WHY.StaleQuote) return stale;
  return why === WHY.Withdrawn || why === WHY.NeverQuoted ? none : why;
}

function says(to: Judgement, quality: MarkQuality, reason: Reason, price: number): Judgement {
  to.quality = quality;
  to.reason = reason;
  to.price = price;
  return to;
}
