/** What an account made in all currencies, in one. */
import { moneyToNumber } from '../../schemas/borders';
import { Reason } from '../../schemas/market';
import { plusKnown } from '../../schemas/plus-known';
import type { AccountPnl, AccountTotal } from '../../schemas/risk';
import type { LiveRates } from './live-rates';

export function totalOf(
  parts: readonly AccountPnl[],
  rates: Pick<LiveRates, 'of'>,
): Omit<AccountTotal, 'account' | 'currency' | 'knownAt' | 'referenceVersion'> {
  // A sum of which no part is known is unknown; of nothing at all it is nothing.
  const none = parts.length === 0 ? 0 : Number.NaN;
  const sum = { realisedPnl: none, unrealisedPnl: none, fees: none, marketValue: none };
  let [unpriced, stale, withoutRate, staleRates, time] = [0, 0, 0, 0, 0];
  for (const part of parts) {
    const rate = rates.of(part.currency);
    time = Math.max(time, part.time);
    unpriced += part.unpriced;
    stale += part.stale;
    const value = isNothing(part) ? 0 : rate.value;
    if (Number.isNaN(value)) {
      withoutRate += 1;
      continue;
    }
    if (!isNothing(part) && rate.isStale) staleRates += 1;
    sum.realisedPnl = plusKnown(sum.realisedPnl, moneyToNumber(part.realisedPnl) * value);
    sum.unrealisedPnl = plusKnown(sum.unrealisedPnl, part.unrealisedPnl * value);
    sum.fees = plusKnown(sum.fees, part.fees * value);
    sum.marketValue = plusKnown(sum.marketValue, part.marketValue * value);
  }
  const knownPnl = plusKnown(sum.realisedPnl, sum.unrealisedPnl);
  const isKnown = unpriced === 0 && withoutRate === 0;
  const reason =
    withoutRate > 0
      ? Reason.NoRate
      : unpriced > 0
        ? Reason.PartsUnknown
        : staleRates > 0
          ? Reason.StaleRate
          : Reason.None;
  const totalPnl = isKnown ? knownPnl : Number.NaN;
  return { ...sum, knownPnl, totalPnl, unpriced, withoutRate, stale, reason, time };
}

/** What is nothing in one currency is nothing in every other. */
const isNothing = ({ realisedPnl, unrealisedPnl, fees, marketValue }: AccountPnl): boolean =>
  realisedPnl === 0n && unrealisedPnl === 0 && fees === 0 && marketValue === 0;
