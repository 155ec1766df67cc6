/**
 * Vanilla options on term structures: the forward to the expiry from curves and discrete dividends, the volatility of the
 * strike, and for these the flat formulas. European options are exact on their forward. Greeks in spot follow the forward,
 * which cash dividends do not let move in proportion to spot.
 */
import {
  type ExplainStep,
  type Greek,
  type Pricer,
  type PricingContext,
  type Result,
  success,
  type Valuation,
} from '../contract';
import { parallelMoved } from '../curves/moved-curve';
import { type ForwardCurve, type ForwardPoint, forwardPoint } from '../markets/forward-curve';
import { allowedPoint } from '../markets/option-market';
import { curveVariance, type VolatilityCurve } from '../markets/volatility-curve';
import type { VanillaOption } from '../products/vanilla-option';
import { type SviSurface, surfaceVolatility } from '../volatility/svi-surface';
import { withComputed } from './computed-valuation';
import { perRate, perYear } from './greek-unit';
import type { BlackScholesModel } from './option-models';
import { vanillaPricer } from './vanilla-option';

export interface TermStructureModel {
  readonly kind: 'term-structure';
  readonly forwards: ForwardCurve;
  /** One for all strikes and expiries, one for all strikes by date, or a surface. */
  readonly smile: number | VolatilityCurve | SviSurface;
  /** What stands for discrete dividends where the path counts. */
  readonly paths: 'refuse' | 'as-yield';
}

const MICROS_PER_YEAR = 365 * 86_400e6;
const STEP = 1e-4;

interface Placed {
  readonly point: ForwardPoint;
  readonly flat: BlackScholesModel;
}

const volatilityOf = (smile: TermStructureModel['smile'], time: number, k: number): number => {
  if (typeof smile === 'number') return smile;
  return 'slices' in smile ? surfaceVolatility(smile, time, k) : Math.sqrt(curveVariance(smile, time) / time);
};

/** Failures: those of the forward, and `dividends-need-a-yield`. */
function placed(option: VanillaOption, { forwards, smile, paths }: TermStructureModel): Result<Placed> {
  const expiry = forwards.now + option.time * MICROS_PER_YEAR;
  const found = allowedPoint({ forwards, paths }, { expiry, onPath: option.exercise === 'american' });
  if (!found.ok) return found;
  const { forward, rate, yield: dividend } = found.value;
  const volatility = volatilityOf(smile, option.time, Math.log(option.strike / forward));
  const { spot } = forwards;
  return success({ point: found.value, flat: { kind: 'black-scholes', spot, rate, dividend, volatility } });
}

/** ∂F/∂S of the curve over F/S: 1 where every dividend is a share of the price, more where cash is paid. */
function spotLeverage(
  option: VanillaOption,
  { forwards }: TermStructureModel,
  { forward }: ForwardPoint,
): number {
  const up = { ...forwards, spot: 1.01 * forwards.spot };
  const moved = forwardPoint(up, forwards.now + option.time * MICROS_PER_YEAR);
  return moved.ok ? (moved.value.forward - forward) / (0.01 * forward) : Number.NaN;
}

const scaled = (greek: Greek | undefined, by: number): Greek | undefined =>
  greek && { ...greek, value: greek.value * by };

/** Greeks in spot by the forward's own slope; the rho of a parallel move of the curves that finance. */
function greeksOf(
  option: VanillaOption,
  model: TermStructureModel,
  { at, flat, context }: { readonly at: Placed; readonly flat: Valuation; readonly context: PricingContext },
): Readonly<Record<string, Greek>> {
  const { forwards } = model;
  const valueAt = (by: number): number => {
    const discount = parallelMoved(forwards.discount, by);
    const repo = forwards.repo && parallelMoved(forwards.repo, by);
    const bumped = placed(option, { ...model, forwards: { ...forwards, discount, ...(repo && { repo }) } });
    if (!bumped.ok) return Number.NaN;
    // The strike keeps its volatility where the forward moves under it.
    const flat: BlackScholesModel = { ...bumped.value.flat, volatility: at.flat.volatility };
    const priced = vanillaPricer.price(option, flat, context);
    return priced.ok ? priced.value.value : Number.NaN;
  };
  const rho = (valueAt(STEP) - valueAt(-STEP)) / (2 * STEP);
  const leverage = option.exercise === 'european' ? spotLeverage(option, model, at.point) : 1;
  const { delta, gamma, vanna, theta, ...others } = flat.greeks;
  return Object.fromEntries(
    Object.entries({
      delta: scaled(delta, leverage),
      gamma: scaled(gamma, leverage * leverage),
      vanna: scaled(vanna, leverage),
      ...others,
      theta: theta && perYear(theta.value, 'rate, yield and volatility to the expiry held'),
      rho: perRate(rho, 'the zero rates of all curves that finance, in parallel; volatility held'),
    }).filter((entry): entry is [string, Greek] => entry[1] !== undefined),
  );
}

const stepsOf = ({ point, flat }: Placed): readonly ExplainStep[] => [
  { name: 'forward', value: point.forward, source: 'curves, and dividends that go ex until the expiry' },
  { name: 'dividends until the expiry', value: point.dividends },
  { name: 'rate to the expiry', value: flat.rate },
  { name: 'yield to the expiry', value: flat.dividend, source: 'r − ln(F/S)/T' },
  { name: 'volatility of the strike', value: flat.volatility },
];

export const termStructureVanillaPricer: Pricer<VanillaOption, TermStructureModel> = {
  product: 'vanilla-option',
  model: 'term-structure',
  price: (option, model, context) => {
    const at = placed(option, model);
    if (!at.ok) return at;
    const flat = vanillaPricer.price(option, at.value.flat, context);
    if (!flat.ok) return flat;
    const { value, error } = flat.value;
    return success(
      withComputed(
        { value, ...(error !== undefined && { error }) },
        {
          greeks: () => greeksOf(option, model, { at: at.value, flat: flat.value, context }),
          explain: () => [...stepsOf(at.value), ...flat.value.explain],
        },
      ),
    );
  },
};
