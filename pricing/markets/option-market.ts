/**
 * Options on term structures: a forward curve and a surface make, at each expiry, the flat market that the formulas take, and it
 * is exact for what depends on the price at expiry alone. What is exercised early or watched on the way depends on when its
 * dividends fall, which a flat yield does not know: with discrete dividends before its expiry it is refused, unless the yield is
 * asked for.
 */
import { failure, type Result, success } from '../contract';
import type { BlackScholesModel } from '../measures/option-models';
import { type ForwardCurve, type ForwardPoint, forwardPoint } from './forward-curve';
import { type VolatilitySurface, volatilityAt } from './volatility-surface';

export interface OptionMarket {
  readonly forwards: ForwardCurve;
  readonly volatility: VolatilitySurface;
  /** What stands for discrete dividends where the path counts; `refuse` unless said otherwise. */
  readonly paths?: 'refuse' | 'as-yield';
}

/** The option as far as it picks its market. */
export interface OptionPlace {
  /** Microseconds since 1970 UTC. */
  readonly expiry: number;
  readonly strike: number;
  /** Of a commodity's option. */
  readonly contract?: string;
  /** Whether anything but the price at expiry counts: early exercise, barriers, averages, extremes. */
  readonly onPath: boolean;
}

/** The forward, if the option may be priced on its yield. Failure `dividends-need-a-yield`. */
export function allowedPoint(
  { forwards, paths = 'refuse' }: Pick<OptionMarket, 'forwards' | 'paths'>,
  { expiry, onPath }: Pick<OptionPlace, 'expiry' | 'onPath'>,
): Result<ForwardPoint> {
  const point = forwardPoint(forwards, expiry);
  if (!point.ok || !onPath || paths === 'as-yield' || point.value.dividends === 0) return point;
  return failure(
    'dividends-need-a-yield',
    `${forwards.name} goes ex ${point.value.dividends} times before the expiry, and the option hangs on its path. Ask for paths "as-yield" to spread them, or price it on a grid with dividends.`,
  );
}

/**
 * The model for one option: flat rates with its own forward, discount and volatility. Failures: those of the forward and the
 * surface, and `dividends-need-a-yield`.
 */
export function modelAt(market: OptionMarket, place: OptionPlace): Result<BlackScholesModel> {
  const point = allowedPoint(market, place);
  if (!point.ok) return point;
  const { time, forward, rate, yield: dividend } = point.value;
  const { strike, contract } = place;
  const volatility = volatilityAt(market.volatility, {
    time,
    strike,
    forward,
    ...(contract !== undefined && { contract }),
  });
  if (!volatility.ok) return volatility;
  return success({
    kind: 'black-scholes',
    spot: market.forwards.spot,
    rate,
    dividend,
    volatility: volatility.value,
  });
}
