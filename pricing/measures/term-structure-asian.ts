/**
 * Arithmetic averages on term structures: each fixing has its own forward, dividends and all, and its own volatility, and two
 * moments of the average are matched. Greeks are differences of the whole: no theta, because a curve says nothing of tomorrow.
 */
import { failure, type Greek, type Pricer, type Result, success } from '../contract';
import { parallelMoved } from '../curves/moved-curve';
import { type ForwardCurve, forwardPoint } from '../markets/forward-curve';
import { curveVariance } from '../markets/volatility-curve';
import { firstDerivative, secondDerivative } from '../math/differences';
import { turnbullWakemanCurvePrice } from '../models/asian-arithmetic';
import type { ArithmeticAsian } from '../products/asian-option';
import { datesAhead } from '../products/product-times';
import { averageCheck } from './average-check';
import { withComputed } from './computed-valuation';
import { perRate, perVolatility, plainGreek, spotDelta } from './greek-unit';
import type { TermStructureModel } from './term-structure-vanilla';

const MICROS_PER_YEAR = 365 * 86_400e6;

interface Moved {
  readonly forwards: ForwardCurve;
  /** Added to every volatility. */
  readonly more: number;
}

const forwardsOf = (times: readonly number[], curve: ForwardCurve): Result<readonly number[]> => {
  const forwards: number[] = [];
  for (const time of times) {
    const point = time > 0 ? forwardPoint(curve, curve.now + time * MICROS_PER_YEAR) : undefined;
    if (point && !point.ok) return point;
    forwards.push(point ? point.value.forward : curve.spot);
  }
  return success(forwards);
};

function worthOf(product: ArithmeticAsian, smile: Smile, { forwards, more }: Moved): Result<number> {
  const { fixingTimes, time } = product;
  const points = forwardsOf(fixingTimes, forwards);
  if (!points.ok) return points;
  const variance = (at: number): number => {
    if (at === 0) return 0;
    const volatility = typeof smile === 'number' ? smile : Math.sqrt(curveVariance(smile, at) / at);
    return (volatility + more) ** 2 * at;
  };
  const terms = { ...product, forwards: points.value, variances: fixingTimes.map(variance) };
  return success(turnbullWakemanCurvePrice(terms, forwards.discount.zeroRate(time)));
}

type Smile = Exclude<TermStructureModel['smile'], { readonly slices: unknown }>;

const onRates = (curve: ForwardCurve, by: number): ForwardCurve => ({
  ...curve,
  discount: parallelMoved(curve.discount, by),
  ...(curve.repo && { repo: parallelMoved(curve.repo, by) }),
});

function greeksOf(product: ArithmeticAsian, smile: Smile, forwards: ForwardCurve): Record<string, Greek> {
  const value = (moved: Partial<Moved>): number => {
    const found = worthOf(product, smile, { forwards, more: 0, ...moved });
    return found.ok ? found.value : Number.NaN;
  };
  const { spot } = forwards;
  const inSpot = (x: number): number => value({ forwards: { ...forwards, spot: x } });
  const [at, step] = [spot, 2e-3 * spot];
  return {
    delta: spotDelta(firstDerivative(inSpot, { at, step }), 'per unit of spot'),
    gamma: plainGreek(
      secondDerivative(inSpot, { at, step: 2 * step }),
      'change of delta per unit of the price',
    ),
    vega: perVolatility(
      firstDerivative((more) => value({ more }), { at: 0, step: 1e-3 }),
      'volatility, all volatilities in parallel',
    ),
    rho: perRate(
      firstDerivative((by) => value({ forwards: onRates(forwards, by) }), { at: 0, step: 2e-4 }),
      'the zero rates of all curves that finance, in parallel',
    ),
  };
}

export const termStructureAsianPricer: Pricer<ArithmeticAsian, TermStructureModel> = {
  product: 'arithmetic-asian',
  model: 'term-structure',
  price: (product, { forwards, smile }) => {
    if (!(product.strike > 0))
      return failure('strike-must-be-positive', `the strike is ${product.strike}. Give one above zero.`);
    const dated = datesAhead('arithmetic-asian', product.time, product.fixingTimes);
    if (!dated.ok) return dated;
    const checked = averageCheck(product);
    if (!checked.ok) return checked;
    if (typeof smile !== 'number' && 'slices' in smile)
      return failure(
        'average-needs-volatilities-by-date',
        'an average has no strike at each of its fixings. Give a volatility, or volatilities by date.',
      );
    const value = worthOf(product, smile, { forwards, more: 0 });
    if (!value.ok) return value;
    const last = forwardPoint(forwards, forwards.now + product.time * MICROS_PER_YEAR);
    return success(
      withComputed(
        { value: value.value },
        {
          greeks: () => greeksOf(product, smile, forwards),
          explain: () => [
            { name: 'fixings to come', value: product.fixingTimes.length },
            { name: 'forward to the payment', value: last.ok ? last.value.forward : Number.NaN },
            { name: 'value', value: value.value, source: 'Turnbull and Wakeman 1991, on term structures' },
          ],
        },
      ),
    );
  },
};
