/**
 * American rows of a book: the exercise premium added to the European columns.
 *
 * The boundary does not depend on spot, so delta and gamma are integrals along it as the premium is; theta follows from
 * the pricing equation rV = θ + (r − q)SΔ + ½σ²S²Γ, which holds until exercise. What moves volatility or rate needs the
 * boundary again: every row is four puts, as it is, with more and with less volatility, and with more of the rate. Their
 * boundaries are kept with the row: while rate, yield, volatility and time stay, a tick of spot costs the integrals alone.
 */
import { type AmericanSolver, DEPTHS, PORTION } from './american-solver';
import { KEPT_WIDTH, MEASURES, NODE_WIDTH, type VanillaColumns } from './columns';
import { isWhole, refuseRow } from './reasons';

const RATE_STEP = 1e-6;
/** Of the volatility: what a central difference leaves out is far below the scheme's own error. */
const VOLATILITY_SHARE = 5e-3;
const PUTS_A_ROW = 4;
const ROWS_MAX = PORTION / PUTS_A_ROW;
/** As in `models/american.ts`: a premium below this share of spot is left out. */
const NEGLIGIBLE = 1e-10;

/** What a row needs: nothing beyond its European price, a premium, or an answer that there is none. */
type Need = 'nothing' | 'premium' | 'unknown';

/** A portion on its way through the solver; empty between calls. */
interface Portion {
  readonly rows: Uint32Array;
  count: number;
  /** Whether its boundaries are kept ones; a portion is of one sort. */
  isKept: boolean;
}

const portion: Portion = { rows: new Uint32Array(ROWS_MAX), count: 0, isKept: false };

/** Whether the row's boundaries were solved for the inputs that it has now. */
const hasKept = (c: VanillaColumns, row: number): boolean => {
  const [at, node] = [row * KEPT_WIDTH, c.nodeOf[row]! * NODE_WIDTH];
  return (
    c.kept[at] === c.nodeTable[node + 7] &&
    c.kept[at + 1] === c.nodeTable[node + 8] &&
    c.kept[at + 2] === c.volatilities[row] &&
    c.kept[at + 3] === c.nodeTable[node + 6]
  );
};

/** Keeps the boundaries of the row whose puts begin at `at`. */
const keep = (c: VanillaColumns, row: number, { depths }: AmericanSolver, at: number): void => {
  const [to, node] = [row * KEPT_WIDTH, c.nodeOf[row]! * NODE_WIDTH];
  c.kept[to] = c.nodeTable[node + 7]!;
  c.kept[to + 1] = c.nodeTable[node + 8]!;
  c.kept[to + 2] = c.volatilities[row]!;
  c.kept[to + 3] = c.nodeTable[node + 6]!;
  for (let put = 0; put < PUTS_A_ROW; put++)
    for (let n = 0; n < DEPTHS; n++) c.kept[to + 4 + put * DEPTHS + n] = depths[n]![at + put]!;
};

/** Puts the kept boundaries of the row that was loaded last where the solver reads them. */
const recall = (c: VanillaColumns, row: number, { depths }: AmericanSolver): void => {
  const [from, at] = [row * KEPT_WIDTH + 4, PUTS_A_ROW * portion.count];
  for (let put = 0; put < PUTS_A_ROW; put++)
    for (let n = 0; n < DEPTHS; n++) depths[n]![at + put] = c.kept[from + put * DEPTHS + n]!;
};

/** Writes a row as puts at the portion's end; a call is the put with spot and strike, rate and yield exchanged. */
const load = (c: VanillaColumns, row: number, { puts }: AmericanSolver): void => {
  const node = c.nodeOf[row]! * NODE_WIDTH;
  const call = c.signs[row]! > 0;
  const spot = 1 / c.nodeTable[node + 4]!;
  const strike = c.strikes[row]!;
  const time = c.nodeTable[node + 6]!;
  const rate = c.nodeTable[node + 7]!;
  const dividend = c.nodeTable[node + 8]!;
  const isFuture = c.nodeTable[node + 10]! > 0;
  const volatility = c.volatilities[row]!;
  const at = PUTS_A_ROW * portion.count;
  for (let i = at; i < at + PUTS_A_ROW; i++) {
    puts.spot[i] = call ? strike : spot;
    puts.strike[i] = call ? spot : strike;
    puts.rate[i] = call ? dividend : rate;
    puts.dividend[i] = call ? rate : dividend;
    puts.volatility[i] = volatility;
    puts.time[i] = time;
  }
  puts.volatility[at + 1] = volatility * (1 + VOLATILITY_SHARE);
  puts.volatility[at + 2] = volatility * (1 - VOLATILITY_SHARE);
  // A future earns the rate: both move.
  if (call || isFuture) puts.dividend[at + 3] = puts.dividend[at]! + RATE_STEP;
  if (!call || isFuture) puts.rate[at + 3] = puts.rate[at]! + RATE_STEP;
  portion.rows[portion.count] = row;
};

/** What the put that was loaded last needs. */
const needOf = ({ puts }: AmericanSolver): Need => {
  const at = PUTS_A_ROW * portion.count;
  const [rate, dividend, time] = [puts.rate[at]!, puts.dividend[at]!, puts.time[at]!];
  // Cash that costs, and an asset that costs more: two boundaries, which this scheme does not have.
  if (rate <= 0 && dividend < rate) return 'unknown';
  if (Number.isNaN(rate + dividend + time) || !(puts.volatility[at]! > 0)) return 'unknown';
  const most = puts.strike[at]! * -Math.expm1(-rate * time);
  return rate > 0 && most >= NEGLIGIBLE * puts.spot[at]! ? 'premium' : 'nothing';
};

const exercised = (c: VanillaColumns, row: number): void => {
  const sign = c.signs[row]!;
  const spot = 1 / c.nodeTable[c.nodeOf[row]! * NODE_WIDTH + 4]!;
  for (const measure of MEASURES) c[measure][row] = 0;
  c.price[row] = sign * (spot - c.strikes[row]!);
  c.delta[row] = sign;
};

/** Delta of the premium at `at` in the row's spot; for a call by homogeneity: its spot plays the put's strike. */
const deltaAt = ({ puts, premiums }: AmericanSolver, at: number, call: boolean): number =>
  call
    ? (premiums.value[at]! - puts.spot[at]! * premiums.delta[at]!) / puts.strike[at]!
    : premiums.delta[at]!;

/** Never below exercise, not by a rounding. */
const atLeastExercise = (c: VanillaColumns, row: number, spot: number): void => {
  c.price[row] = Math.max(c.price[row]!, c.signs[row]! * (spot - c.strikes[row]!));
};

/** Adds the premium of the put at `at` to its row. */
const addPremium = (c: VanillaColumns, row: number, solver: AmericanSolver, at: number): void => {
  const { puts, premiums } = solver;
  const call = c.signs[row]! > 0;
  const value = premiums.value[at]!;
  const delta = deltaAt(solver, at, call);
  const spot = call ? puts.strike[at]! : puts.spot[at]!;
  const ratio = puts.spot[at]! / spot;
  const gamma = premiums.gamma[at]! * ratio * ratio;
  const node = c.nodeOf[row]! * NODE_WIDTH;
  const [rate, dividend, volatility] = [c.nodeTable[node + 7]!, c.nodeTable[node + 8]!, c.volatilities[row]!];
  const carry = (rate - dividend) * spot * delta;
  const [up, down] = [premiums.value[at + 1]!, premiums.value[at + 2]!];
  const step = VOLATILITY_SHARE * volatility;
  c.price[row] = c.price[row]! + value;
  atLeastExercise(c, row, spot);
  c.delta[row] = c.delta[row]! + delta;
  c.gamma[row] = c.gamma[row]! + gamma;
  c.vega[row] = c.vega[row]! + (up - down) / (2 * step);
  c.theta[row] = c.theta[row]! + rate * value - carry - 0.5 * volatility * volatility * spot * spot * gamma;
  c.rho[row] = c.rho[row]! + (premiums.value[at + 3]! - value) / RATE_STEP;
  c.vanna[row] = c.vanna[row]! + (deltaAt(solver, at + 1, call) - deltaAt(solver, at + 2, call)) / (2 * step);
  c.volga[row] = c.volga[row]! + (up - 2 * value + down) / (step * step);
};

/** Solves what has gathered and empties the portion. `now` in years after the book's origin. */
export const finishAmericans = (c: VanillaColumns, solver: AmericanSolver, now: number): void => {
  if (portion.count === 0) return;
  const count = PUTS_A_ROW * portion.count;
  if (portion.isKept) solver.solveKept(count);
  else solver.solve(count);
  for (let i = 0; i < portion.count; i++) {
    const at = PUTS_A_ROW * i;
    const row = portion.rows[i]!;
    if (!portion.isKept) keep(c, row, solver, at);
    if (solver.puts.spot[at]! <= solver.premiums.boundary[at]!) exercised(c, row);
    else addPremium(c, row, solver, at);
    if (!isWhole(c, row)) refuseRow(c, row, now);
  }
  portion.count = 0;
};

/** Takes in an American row after the kernel has priced it as European; `finishAmericans` ends what was taken in. */
export const takeAmerican = (c: VanillaColumns, row: number, solver: AmericanSolver, now: number): void => {
  const isKept = hasKept(c, row);
  if (isKept !== portion.isKept) finishAmericans(c, solver, now);
  portion.isKept = isKept;
  load(c, row, solver);
  const need = needOf(solver);
  if (need === 'unknown') refuseRow(c, row, now);
  else if (need === 'premium') {
    if (isKept) recall(c, row, solver);
    portion.count++;
  } else atLeastExercise(c, row, 1 / c.nodeTable[c.nodeOf[row]! * NODE_WIDTH + 4]!);
  if (portion.count === ROWS_MAX) finishAmericans(c, solver, now);
};
