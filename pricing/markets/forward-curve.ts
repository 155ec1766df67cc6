/**
 * Forwards of a share, index or currency from its spot: financed at the discount curve or at a repo curve of its own, less what
 * lending it earns, less the dividends that go ex on the way, in cash or as a share of the price. Between ex-dates the forward
 * grows; over one it falls by the share and then by the cash. So an option at an expiry knows the forward exactly, and with its
 * volatility that is all that a European one needs.
 */
import { failure, type Result, success } from '../contract';
import type { DiscountCurve } from '../curves/discount-curve';

const MICROS_PER_YEAR = 365 * 86_400e6;

export interface Dividend {
  /** Microseconds since 1970 UTC: who buys from here on does not get it. */
  readonly ex: number;
  /** When it is paid; at `ex` where absent. */
  readonly pays?: number;
  /** Per unit, in the currency of the spot. */
  readonly cash?: number;
  /** Share of the price just before, such as 0.01. */
  readonly share?: number;
}

export interface ForwardTerms {
  readonly name: string;
  /** Microseconds since 1970 UTC: the instant of the spot, from which curves count their years. */
  readonly now: number;
  readonly spot: number;
  /** Discounts payments of the spot's currency. */
  readonly discount: DiscountCurve;
  /** Finances the asset where that is not the discount curve. */
  readonly repo?: DiscountCurve;
  /** What lending the asset earns, as a curve whose rate is the fee; a foreign currency's own discount curve. */
  readonly borrow?: DiscountCurve;
  /** In any order. What goes ex at `now` or before has gone. */
  readonly dividends?: readonly Dividend[];
}

export interface ForwardCurve extends ForwardTerms {
  /** Those to come, by ex-date. */
  readonly ahead: readonly Dividend[];
}

/** What an option of one expiry reads: equal, for it, to flat rates. */
export interface ForwardPoint {
  /** Years, ACT/365. */
  readonly time: number;
  readonly forward: number;
  /** Continuous rate of the discount curve to the expiry. */
  readonly rate: number;
  /** The continuous yield that carries the spot to the forward at that rate. */
  readonly yield: number;
  /** Dividends that go ex until the expiry. */
  readonly dividends: number;
}

/** No company announces more. */
const DIVIDENDS_MAX = 1000;

/**
 * Failures: `spot-must-be-positive`, `dividend-must-be-sound` (neither cash nor share, a share of 1 or more, or no date),
 * `dividends-must-be-bounded`.
 */
export function forwardCurve(terms: ForwardTerms): Result<ForwardCurve> {
  const { name, spot, now, dividends = [] } = terms;
  if (!(spot > 0 && Number.isFinite(spot)))
    return failure('spot-must-be-positive', `${name}: the spot is ${spot}. Give its price.`);
  if (dividends.length > DIVIDENDS_MAX)
    return failure(
      'dividends-must-be-bounded',
      `${name} has ${dividends.length} dividends; ${DIVIDENDS_MAX} are the most.`,
    );
  for (const { ex, pays = ex, cash = 0, share = 0 } of dividends) {
    const sound =
      cash >= 0 && share >= 0 && share < 1 && cash + share > 0 && pays >= ex && Number.isFinite(cash);
    if (sound) continue;
    const at = Number.isFinite(ex) ? new Date(ex / 1000).toISOString() : `${ex}`;
    return failure(
      'dividend-must-be-sound',
      `${name}: the dividend of ${at} is ${cash} in cash and a share of ${share}, paid at ${pays}. Give cash, or a share below 1, and a payment not before.`,
    );
  }
  const ahead = dividends.filter(({ ex }) => ex > now).sort((a, b) => a.ex - b.ex);
  return success({ ...terms, ahead });
}

const yearsTo = ({ now }: ForwardTerms, at: number): number => (at - now) / MICROS_PER_YEAR;

/** What one unit of the asset grows to until a time, dividends apart. */
const growth = ({ discount, repo, borrow }: ForwardTerms, time: number): number =>
  (borrow?.discount(time) ?? 1) / (repo ?? discount).discount(time);

/**
 * The forward to an instant and the flat rates that it amounts to. Failures: `expired`; `forward-must-be-positive`, where the
 * dividends are more than the price.
 */
export function forwardPoint(curve: ForwardCurve, at: number): Result<ForwardPoint> {
  const { name, spot, discount, ahead } = curve;
  const time = yearsTo(curve, at);
  if (!(time > 0)) return failure('expired', `${name}: no forward to a time that is not ahead.`);
  let forward = spot;
  let since = 1;
  let count = 0;
  for (const { ex, pays = ex, cash = 0, share = 0 } of ahead) {
    if (ex > at) break;
    const grown = growth(curve, yearsTo(curve, ex));
    const late =
      pays === ex ? 1 : discount.discount(yearsTo(curve, pays)) / discount.discount(yearsTo(curve, ex));
    forward = (forward * grown) / since;
    forward = forward * (1 - share) - cash * late;
    since = grown;
    count += 1;
    if (!(forward > 0))
      return failure(
        'forward-must-be-positive',
        `${name}: the dividends until ${new Date(ex / 1000).toISOString()} leave a forward of ${forward}. Check them.`,
      );
  }
  forward = (forward * growth(curve, time)) / since;
  const rate = discount.zeroRate(time);
  return success({ time, forward, rate, yield: rate - Math.log(forward / spot) / time, dividends: count });
}

/** The curve of a later instant at a spot of then: dividends that have gone ex are behind. Curves are the caller's to roll. */
export const rollForwards = (
  curve: ForwardCurve,
  to: Pick<ForwardTerms, 'now' | 'spot' | 'discount' | 'repo' | 'borrow'>,
): Result<ForwardCurve> => {
  const { ahead: _ahead, repo: _repo, borrow: _borrow, ...kept } = curve;
  return forwardCurve({ ...kept, ...to });
};
