/** What an account made in all currencies, in one. */
import { moneyToNumber } from '../../schemas/borders';
import { Reason } from '../../schemas/market';
import type { AccountPnl, AccountTotal } from '../../schemas/risk';
import type { LiveRates } from './live-rates';

export function totalOf(
  parts: readonly AccountPnl[],
  rates: Pick<LiveRates, 'of'>,
): Omit<AccountTotal, 'account' | 'currency' | 'knownAt' | 'referenceVersion'> {
  const sum = { realisedPnl: 0, unrealisedPnl: 0, fees: 0, marketValue: 0 };
  let [unpriced, stale, withoutRate, staleRates, time] = [0, 0, 0, 0, 0];
  for (const part of parts) {
    const rate = rates.of(part.currency);
    time = Math.max(time, part.time);
    unpriced += part.unpriced;
    stale += part.stale;
    if (isNothing(part)) continue;
    if (Number.isNaN(rate.value)) {
      withoutRate += 1;
      continue;
    }
    if (rate.isStale) staleRates += 1;
    sum.realisedPnl += moneyToNumber(part.realisedPnl) * rate.value;
    sum.unrealisedPnl += part.unrealisedPnl * rate.value;
    sum.fees += part.fees * rate.value;
    sum.marketValue += part.marketValue * rate.value;
  }
  const knownPnl = sum.realisedPnl + sum.unrealisedPnl;
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
