/**
 * American rows of a book: the exercise premium added to the European columns.
 *
 * The boundary does not depend on spot, so delta and gamma are integrals along it as the premium is; theta follows from
 * the pricing equation rV = θ + (r − q)SΔ + ½σ²S²Γ, which holds until exercise. Vega and rho need the boundary again:
 * every row is three puts, as it is and with a little more volatility or rate. Premiums are smooth in their inputs, so
 * that a difference over a millionth is the derivative to five digits or more.
 */
import { type AmericanSolver, PORTION } from './american-solver.js';
import { NODE_WIDTH, type VanillaColumns } from './columns.js';

const STEP = 1e-6;
const PUTS_A_ROW = 3;
const ROWS_MAX = PORTION / PUTS_A_ROW;
/** As in `models/american.ts`: a premium below this share of spot is left out. */
const NEGLIGIBLE = 1e-10;
const EXPIRED = 1e-9;

/** What a row needs: nothing beyond its European price, a premium, or an answer that there is none. */
type Kind = 'european' | 'premium' | 'unknown';

/** A portion on its way through the solver. */
interface Portion {
  readonly rows: Uint32Array;
  count: number;
}

const portion: Portion = { rows: new Uint32Array(ROWS_MAX), count: 0 };

/** Writes a row as three puts at the portion's end; a call is the put with spot and strike, rate and yield exchanged. */
const load = (c: VanillaColumns, row: number, { puts }: AmericanSolver): void => {
  const node = c.nodeOf[row]! * NODE_WIDTH;
  const call = c.signs[row]! > 0;
  const spot = 1 / c.nodeTable[node + 4]!;
  const strike = c.strikes[row]!;
  const time = c.nodeTable[node + 6]!;
  const rate = c.nodeTable[node + 7]!;
  const dividend = c.nodeTable[node + 8]!;
  const at = PUTS_A_ROW * portion.count;
  for (let i = at; i < at + PUTS_A_ROW; i++) {
    puts.spot[i] = call ? strike : spot;
    puts.strike[i] = call ? spot : strike;
    puts.rate[i] = call ? dividend : rate;
    puts.dividend[i] = call ? rate : dividend;
    puts.volatility[i] = c.volatilities[row]!;
    puts.time[i] = time;
  }
  puts.volatility[at + 1] = c.volatilities[row]! + STEP;
  if (call) puts.dividend[at + 2] = rate + STEP;
  else puts.rate[at + 2] = rate + STEP;
  portion.rows[portion.count] = row;
};

/** What the put that was loaded last needs. */
const kindOf = ({ puts }: AmericanSolver): Kind => {
  const at = PUTS_A_ROW * portion.count;
  const [rate, dividend, time] = [puts.rate[at]!, puts.dividend[at]!, puts.time[at]!];
  // Cash that costs, and an asset that costs more: two boundaries, which this scheme does not have.
  if (rate <= 0 && dividend < rate) return 'unknown';
  if (Number.isNaN(rate + dividend) || !(puts.volatility[at]! > 0)) return 'unknown';
  const most = puts.strike[at]! * -Math.expm1(-rate * time);
  return time > EXPIRED && rate > 0 && most >= NEGLIGIBLE * puts.spot[at]! ? 'premium' : 'european';
};

const exercised = (c: VanillaColumns, row: number): void => {
  const sign = c.signs[row]!;
  const spot = 1 / c.nodeTable[c.nodeOf[row]! * NODE_WIDTH + 4]!;
  c.price[row] = sign * (spot - c.strikes[row]!);
  c.delta[row] = sign;
  c.gamma[row] = 0;
  c.vega[row] = 0;
  c.theta[row] = 0;
  c.rho[row] = 0;
};

/** Adds the premium of the put at `at` to its row. */
const addPremium = (c: VanillaColumns, row: number, { puts, premiums }: AmericanSolver, at: number): void => {
  const value = premiums.value[at]!;
  let [delta, gamma] = [premiums.delta[at]!, premiums.gamma[at]!];
  const [putSpot, putStrike] = [puts.spot[at]!, puts.strike[at]!];
  const call = c.signs[row]! > 0;
  const spot = call ? putStrike : putSpot;
  if (call) {
    // By homogeneity: the call's spot plays the put's strike.
    gamma *= (putSpot * putSpot) / (spot * spot);
    delta = (value - putSpot * delta) / spot;
  }
  const node = c.nodeOf[row]! * NODE_WIDTH;
  const [rate, dividend, volatility] = [c.nodeTable[node + 7]!, c.nodeTable[node + 8]!, c.volatilities[row]!];
  const carry = (rate - dividend) * spot * delta;
  c.price[row] = c.price[row]! + value;
  c.delta[row] = c.delta[row]! + delta;
  c.gamma[row] = c.gamma[row]! + gamma;
  c.vega[row] = c.vega[row]! + (premiums.value[at + 1]! - value) / STEP;
  c.theta[row] = c.theta[row]! + rate * value - carry - 0.5 * volatility * volatility * spot * spot * gamma;
  c.rho[row] = c.rho[row]! + (premiums.value[at + 2]! - value) / STEP;
};

/** Solves what has gathered and empties the portion. */
const finish = (c: VanillaColumns, solver: AmericanSolver): void => {
  solver.solve(PUTS_A_ROW * portion.count);
  for (let i = 0; i < portion.count; i++) {
    const at = PUTS_A_ROW * i;
    const row = portion.rows[i]!;
    if (solver.puts.spot[at]! <= solver.premiums.boundary[at]!) exercised(c, row);
    else addPremium(c, row, solver, at);
  }
  portion.count = 0;
};

const forget = (c: VanillaColumns, row: number): void => {
  for (const column of [c.price, c.delta, c.gamma, c.vega, c.theta, c.rho]) column[row] = Number.NaN;
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
  c: VanillaColumns,
  americans: Uint32Array,
  rows: { readonly start: number; readonly end: number },
  solver: AmericanSolver,
): void => {
  for (let i = lowerBound(americans, rows.start); i < americans.length && americans[i]! < rows.end; i++) {
    const row = americans[i]!;
    load(c, row, solver);
    const kind = kindOf(solver);
    if (kind === 'unknown') forget(c, row);
    else if (kind === 'premium') portion.count++;
    if (portion.count === ROWS_MAX) finish(c, solver);
  }
  if (portion.count > 0) finish(c, solver);
};
