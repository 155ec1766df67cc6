/**
 * Greeks of a closed form by central differences of itself, extrapolated once.
 *
 * The steps are shares of the natural scale of each input (a deviation of the price for spot, the volatility, a hundredth
 * of the shortest time), so that what is left out is of relative order 1e-7 or less. No step crosses a barrier: next to
 * one it shrinks, and on one, which is touched then, it looks beyond: the Greeks are those of what the touch has left.
 */
import type { Greek } from '../contract';
import {
  crossDerivative,
  firstDerivative,
  oneSidedDerivative,
  oneSidedSecondDerivative,
  secondDerivative,
} from '../math/differences';
import { perDay, perRate, perVolatility, perYear, plainGreek, spotDelta } from './greek-unit';

/** A model as the differences see it: numbers by name. */
export type Inputs = Readonly<Record<string, number | string>>;

/** A level of a price at which the value or its slope jumps, and the side on which the option has become another one. */
export interface Kink {
  readonly at: number;
  readonly beyond: 1 | -1;
  /** The input, `spot` when absent. */
  readonly of?: string;
}

/** A level of an input at which the formula changes, and the side that a difference standing on it takes. */
export interface Corner {
  readonly at: number;
  readonly side: 1 | -1;
}
export type RateCorners = Readonly<Partial<Record<string, readonly Corner[]>>>;

export interface DifferenceProblem {
  /** Value at changed inputs and with all times shorter by `elapsed` years. */
  readonly value: (inputs: Inputs, elapsed: number) => number;
  readonly inputs: Inputs;
  /** Years to the nearest date to come. */
  readonly shortest: number;
  /** Years to the last date. */
  readonly longest: number;
  readonly kinks: readonly Kink[];
  /** Levels of spot where its second derivative jumps. */
  readonly bends: readonly number[];
  /** By input. */
  readonly corners: RateCorners;
  /** Larger for values that a grid computes. */
  readonly coarseness: number;
}

const SPOT_SHARE = 0.02;
const INPUT_SHARE = 0.01;
const TIME_SHARE = 0.01;
const RATE_STEP = 2e-4;

const numeric = (inputs: Inputs, name: string): number => inputs[name] as number;

const volatilityFor = (inputs: Inputs, price: string): number => {
  const names = [`volatility${price.slice(-1)}`, 'volatility', 'volatilityAtm'];
  const found = names.find((name) => typeof inputs[name] === 'number');
  return found ? numeric(inputs, found) : 0.1;
};

/** Where a price stands; on a kink, the side beyond it. */
type Place = 'smooth' | 'bend' | 1 | -1;

/** Step in a price: a share of its deviation, at most a hundredth, and never over a kink or bend. */
const priceStep = (
  problem: DifferenceProblem,
  name: string,
): { readonly step: number; readonly place: Place } => {
  const { inputs, longest, kinks, bends, coarseness } = problem;
  const at = numeric(inputs, name);
  const share = SPOT_SHARE * volatilityFor(inputs, name) * Math.sqrt(longest);
  let step = at * Math.min(Math.max(share, 1e-5), 0.01) * coarseness;
  let place: Place = 'smooth';
  const pass = (level: number, which: Place): void => {
    const gap = Math.abs(at - level);
    if (gap < 1e-9 * at) place = which;
    // A second derivative's step is twice as long; a gap too small for any step is crossed, at the price of its size.
    else step = Math.min(step, Math.max(gap / 4, which === 'bend' ? 1e-5 * at : 0));
  };
  for (const level of name === 'spot' ? bends : []) pass(level, 'bend');
  for (const kink of kinks) if (name === (kink.of ?? 'spot')) pass(kink.at, kink.beyond);
  return { step, place };
};

/** First and second derivative in a price; on a kink those of the option that the touch has left. */
const priceGreeks = (problem: DifferenceProblem, name: string, suffix: string): Record<string, Greek> => {
  const f = (x: number) => problem.value({ ...problem.inputs, [name]: x }, 0);
  const at = numeric(problem.inputs, name);
  const { step, place } = priceStep(problem, name);
  const deltaOf = (delta: number, more = ''): Greek =>
    name.startsWith('forward')
      ? plainGreek(delta, `forward delta, per unit of the forward${more}`)
      : spotDelta(delta, `per unit of spot${more}`);
  if (place === 1 || place === -1) {
    const beyond = { at, step: place * step };
    return {
      [`delta${suffix}`]: deltaOf(oneSidedDerivative(f, beyond), ', of what the touch of its barrier leaves'),
      [`gamma${suffix}`]: plainGreek(
        oneSidedSecondDerivative(f, beyond),
        'change of delta per unit of the price, of what the touch of its barrier leaves',
      ),
    };
  }
  if (place === 'bend') {
    const sides = [step, -step];
    const mean = (slope: typeof oneSidedDerivative): number =>
      sides.reduce((sum, side) => sum + slope(f, { at, step: side }), 0) / 2;
    return {
      [`delta${suffix}`]: deltaOf(mean(oneSidedDerivative)),
      [`gamma${suffix}`]: plainGreek(
        mean(oneSidedSecondDerivative),
        'change of delta per unit of the price, mean of up and down: spot is at the extreme',
      ),
    };
  }
  return {
    [`delta${suffix}`]: deltaOf(firstDerivative(f, { at, step })),
    [`gamma${suffix}`]: plainGreek(
      secondDerivative(f, { at, step: 2 * step }),
      'change of delta per unit of the price',
    ),
  };
};

/** ∂²V/∂S₁∂S₂ of an option on two prices, away from its kinks. */
const crossGreek = (problem: DifferenceProblem): Record<string, Greek> => {
  const { inputs } = problem;
  if (typeof inputs['spot1'] !== 'number' || typeof inputs['spot2'] !== 'number') return {};
  const [first, second] = [priceStep(problem, 'spot1'), priceStep(problem, 'spot2')];
  if (first.place !== 'smooth' || second.place !== 'smooth') return {};
  const value = crossDerivative(
    (spot1, spot2) => problem.value({ ...inputs, spot1, spot2 }, 0),
    { at: inputs['spot1'], step: 2 * first.step },
    { at: inputs['spot2'], step: 2 * second.step },
  );
  return { crossGamma: plainGreek(value, 'change of the first delta per unit of the second price') };
};

type Made = (value: number, words: string) => Greek;

const perOne: Made = (value, words) => plainGreek(value, `per 1.00 of ${words}`);

/** Inputs with the Greek that each has, what it is per, and how that is called. */
const RATES: Readonly<Record<string, readonly [greek: string, made: Made, words: string]>> = {
  rate: ['rho', perRate, 'the continuously compounded rate'],
  dividend: ['dividendRho', perRate, 'the continuous yield'],
  dividend1: ['dividendRho1', perRate, 'the first yield'],
  dividend2: ['dividendRho2', perRate, 'the second yield'],
  foreignRate: ['foreignRho', perRate, 'the foreign rate'],
  assetRate: ['assetRho', perRate, "the rate of the asset's currency"],
  correlation: ['correlationVega', perOne, 'correlation'],
  volatility: ['vega', perVolatility, 'volatility'],
  normalVolatility: ['vega', perVolatility, 'normal volatility'],
  volatility1: ['vega1', perVolatility, 'the first volatility'],
  volatility2: ['vega2', perVolatility, 'the second volatility'],
  volatilityAtm: ['vega', perVolatility, 'at-the-money volatility, wings held'],
  volatility25Put: ['vega25Put', perVolatility, '25-delta put volatility'],
  volatility25Call: ['vega25Call', perVolatility, '25-delta call volatility'],
  fxVolatility: ['fxVega', perVolatility, 'exchange rate volatility'],
  intensity: ['intensityRho', plainGreek, 'per one jump a year'],
};

const inputStep = (name: string, at: number, coarseness: number): number => {
  if (/olatility|intensity/.test(name)) return INPUT_SHARE * at * coarseness;
  if (name === 'correlation') return Math.min(1e-3, (1 - Math.abs(at)) / 2);
  return RATE_STEP * coarseness;
};

/** Central, or from the one side on which there is a value: a formula may end at a rate of zero. */
const slopeOf = (
  f: (x: number) => number,
  { at, step }: { readonly at: number; readonly step: number },
): number => {
  const middle = firstDerivative(f, { at, step });
  if (!Number.isNaN(middle)) return middle;
  const above = oneSidedDerivative(f, { at, step });
  return Number.isNaN(above) ? oneSidedDerivative(f, { at, step: -step }) : above;
};

/** Next to a corner the difference looks away from it; on the corner, to the side that it names. */
const besideCorner = (
  f: (x: number) => number,
  { at, step, corners }: { readonly at: number; readonly step: number; readonly corners: readonly Corner[] },
): number => {
  const near = corners.find((corner) => Math.abs(at - corner.at) < step);
  if (!near) return slopeOf(f, { at, step });
  const side = at === near.at ? near.side : Math.sign(at - near.at);
  return oneSidedDerivative(f, { at, step: side * step });
};

export const differenceGreeks = (problem: DifferenceProblem): Readonly<Record<string, Greek>> => {
  const { inputs, shortest, coarseness } = problem;
  const greeks: Record<string, Greek> = {};
  for (const [name, at] of Object.entries(inputs)) {
    if (typeof at !== 'number') continue;
    const price = /^(?:spot|forward)(\d?)$/.exec(name);
    if (price) Object.assign(greeks, priceGreeks(problem, name, price[1]!));
    const rate = RATES[name];
    const step = inputStep(name, at, coarseness);
    if (!rate || step <= 0) continue;
    const f = (x: number) => problem.value({ ...inputs, [name]: x }, 0);
    const corners = problem.corners[name] ?? [];
    greeks[rate[0]] = rate[1](besideCorner(f, { at, step, corners }), rate[2]);
  }
  Object.assign(greeks, crossGreek(problem));
  if (shortest > 0 && Number.isFinite(shortest)) {
    const decay = (elapsed: number) => problem.value(inputs, elapsed);
    const step = Math.min(TIME_SHARE * coarseness, 0.2) * shortest;
    const theta = firstDerivative(decay, { at: 0, step });
    greeks['theta'] = perYear(theta, 'market held');
    greeks['thetaDay'] = perDay(theta);
  }
  return greeks;
};
