/**
 * American rows of a book: the exercise premium added to the European columns.
 *
 * The boundary does not depend on spot, so delta and gamma are integrals along it as the premium is; theta follows from the pricing
 * equation rV = θ + (r − q)SΔ + ½σ²S²Γ, which holds until exercise. Vega and rho need the boundary solved again.
 */
import {
  type AmericanPut,
  type BoundaryWork,
  boundaryWork,
  type ExercisePremium,
  exercisePremium,
  solveBoundary,
} from '../models/american.js';
import { FAST_SCHEME } from '../models/american-scheme.js';
import { NODE_WIDTH, type VanillaColumns } from './columns.js';

const VOLATILITY_STEP = 1e-3;
const RATE_STEP = 1e-4;
/** As in `models/american.ts`: a premium below this share of spot is left out. */
const NEGLIGIBLE = 1e-10;
const EXPIRED = 1e-9;

const work: BoundaryWork = boundaryWork(FAST_SCHEME);
const premium: ExercisePremium = { value: 0, delta: 0, gamma: 0 };
const put: AmericanPut = { spot: 1, strike: 1, rate: 0, dividend: 0, volatility: 1, time: 1 };

/** Fills `put` from a row: a call is the put with spot and strike, rate and yield exchanged. */
const loadPut = (c: VanillaColumns, row: number): void => {
  const at = c.nodeOf[row]! * NODE_WIDTH;
  const call = c.signs[row]! > 0;
  const spot = 1 / c.nodeTable[at + 4]!;
  const strike = c.strikes[row]!;
  const rate = c.nodeTable[at + 7]!;
  const dividend = c.nodeTable[at + 8]!;
  put.spot = call ? strike : spot;
  put.strike = call ? spot : strike;
  put.rate = call ? dividend : rate;
  put.dividend = call ? rate : dividend;
  put.volatility = c.volatilities[row]!;
  put.time = c.nodeTable[at + 6]!;
};

const edgeOf = (): number => (put.dividend > put.rate ? (put.strike * put.rate) / put.dividend : put.strike);

/** Whether exercise before expiry is worth anything at all. */
const hasPremium = (): boolean =>
  put.time > EXPIRED &&
  put.rate > 0 &&
  put.strike * -Math.expm1(-put.rate * put.time) >= NEGLIGIBLE * put.spot;

/** Price of exercise at the longest time, in the put's own terms. */
const boundaryNow = (): number => edgeOf() * Math.exp(-work.depth[FAST_SCHEME.n]!);

const exercised = (c: VanillaColumns, row: number, spot: number): void => {
  const sign = c.signs[row]!;
  c.price[row] = sign * (spot - c.strikes[row]!);
  c.delta[row] = sign;
  c.gamma[row] = 0;
  c.vega[row] = 0;
  c.theta[row] = 0;
  c.rho[row] = 0;
};

const solvedPremium = (): number => {
  solveBoundary(put, FAST_SCHEME, work);
  exercisePremium(put, FAST_SCHEME, work, premium);
  return premium.value;
};

/** Of a call from its put by homogeneity: spot plays the put's strike. */
const turnToCall = (): void => {
  const { value, delta, gamma } = premium;
  premium.delta = (value - put.spot * delta) / put.strike;
  premium.gamma = (put.spot * put.spot * gamma) / (put.strike * put.strike);
};

/** Central differences of the premium in volatility and in the discount rate, which is the put's yield for a call. */
const addVegaRho = (c: VanillaColumns, row: number, call: boolean): void => {
  const { volatility, rate, dividend } = put;
  put.volatility = volatility + VOLATILITY_STEP;
  const up = solvedPremium();
  put.volatility = volatility - VOLATILITY_STEP;
  c.vega[row] = c.vega[row]! + (up - solvedPremium()) / (2 * VOLATILITY_STEP);
  put.volatility = volatility;
  const rateAt = (move: number): number => {
    put.rate = call ? rate : rate + move;
    put.dividend = call ? dividend + move : dividend;
    const premium = solvedPremium();
    put.rate = rate;
    put.dividend = dividend;
    return premium;
  };
  c.rho[row] = c.rho[row]! + (rateAt(RATE_STEP) - rateAt(-RATE_STEP)) / (2 * RATE_STEP);
};

const americanRow = (c: VanillaColumns, row: number, vegaRho: boolean): void => {
  loadPut(c, row);
  // Cash that costs, and an asset that costs more: two boundaries, which this scheme does not have.
  if (put.rate <= 0 && put.dividend < put.rate) {
    for (const column of [c.price, c.delta, c.gamma, c.vega, c.theta, c.rho]) column[row] = Number.NaN;
    return;
  }
  if (!hasPremium()) return;
  const call = c.signs[row]! > 0;
  const spot = call ? put.strike : put.spot;
  solveBoundary(put, FAST_SCHEME, work);
  if (put.spot <= boundaryNow()) {
    exercised(c, row, spot);
    return;
  }
  exercisePremium(put, FAST_SCHEME, work, premium);
  if (call) turnToCall();
  const { value, delta, gamma } = premium;
  const at = c.nodeOf[row]! * NODE_WIDTH;
  const [rate, dividend, volatility] = [c.nodeTable[at + 7]!, c.nodeTable[at + 8]!, put.volatility];
  c.price[row] = c.price[row]! + value;
  c.delta[row] = c.delta[row]! + delta;
  c.gamma[row] = c.gamma[row]! + gamma;
  c.theta[row] =
    c.theta[row]! +
    rate * value -
    (rate - dividend) * spot * delta -
    0.5 * volatility * volatility * spot * spot * gamma;
  if (vegaRho) addVegaRho(c, row, call);
  else {
    c.vega[row] = Number.NaN;
    c.rho[row] = Number.NaN;
  }
};

/** First place in a rising column that holds at least `value`. */
const lowerBound = (column: Uint32Array, value: number): number => {
  let [low, high] = [0, column.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (column[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** The American rows from `start` to before `end`, after the kernel has priced them as European. */
export const americanColumns = (
  columns: VanillaColumns,
  americans: Uint32Array,
  rows: { readonly start: number; readonly end: number; readonly americanVegaRho: boolean },
): void => {
  for (let i = lowerBound(americans, rows.start); i < americans.length && americans[i]! < rows.end; i++)
    americanRow(columns, americans[i]!, rows.americanVegaRho);
};
