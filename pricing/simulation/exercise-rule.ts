/**
 * The exercise rule of an American claim: continuation values regressed on functions of the state, date by date
 * backwards (Longstaff, Schwartz: Valuing American options by simulation, RFS 2001).
 *
 * The rule is a function of prices measured in today's prices of the model it was fitted under, so it can be kept while
 * that model is bumped.
 */
import { solveSymmetric } from '../math/symmetric-solve';
import type { ExerciseBasis } from './exercise-basis';
import { PAIRS_PER_BLOCK } from './monte-carlo';
import type { PathModel, SpotColumns } from './path-model';
import { blockPaths } from './paths';
import { claimPayments, type PreparedClaim } from './scripted-claim';

/** Training pairs lie this far from pricing pairs in the counter: the two sets never meet. */
const TRAINING_OFFSET = 2 ** 48;

/** One block's exercise values and spots at the exercise times after today. */
export interface ExerciseBlock {
  readonly amounts: readonly Float64Array[];
  readonly spots: SpotColumns;
  readonly today: number;
}

export interface RegressionProblem {
  readonly claim: PreparedClaim;
  /** The model that the rule is fitted under. */
  readonly model: PathModel;
  readonly seed: number;
  readonly trainingPaths: number;
  /** Exercise times after today, and their column among the claim's times. */
  readonly times: readonly number[];
  readonly basis: ExerciseBasis;
}

/** One block of paths under `model`, which is the rule's own or a bumped one on the same random numbers. */
export function exerciseBlock(
  { claim, seed }: RegressionProblem,
  model: PathModel,
  firstPair: number,
): ExerciseBlock {
  const paths = 2 * PAIRS_PER_BLOCK;
  const spots = blockPaths(model, claim.times, { seed, firstPair, pairs: PAIRS_PER_BLOCK });
  const today = model.assets.map(({ spot }) => spot);
  const payments = claimPayments(claim, { paths, times: claim.times, spots, today });
  const first = (amount: number | Float64Array): number => (typeof amount === 'number' ? amount : amount[0]!);
  return {
    amounts: payments
      .filter(({ time }) => time > 0)
      .map(({ amount }) => (typeof amount === 'number' ? new Float64Array(paths).fill(amount) : amount)),
    today: Math.max(0, ...payments.filter(({ time }) => time === 0).map(({ amount }) => first(amount))),
    spots,
  };
}

/** Regression functions of path `p` at exercise date `d`. */
export function functionsAt(
  prepared: RegressionProblem,
  block: ExerciseBlock,
  at: { d: number; p: number },
  out: Float64Array,
): void {
  const { claim, model, times, basis } = prepared;
  const column = claim.times.indexOf(times[at.d]!);
  const scaled = Float64Array.from(model.assets, ({ spot }, a) => block.spots[a]![column]![at.p]! / spot);
  basis.fill(scaled, block.amounts[at.d]![at.p]!, out);
}

/** Least squares of the cash that follows on the functions, over paths in the money, in the order of the blocks. */
function regress(
  prepared: RegressionProblem,
  blocks: readonly ExerciseBlock[],
  cash: readonly Float64Array[],
  d: number,
): Float64Array {
  const { size } = prepared.basis;
  const normal = Array.from({ length: size }, () => new Float64Array(size));
  const right = new Float64Array(size);
  const row = new Float64Array(size);
  for (const [b, block] of blocks.entries()) {
    for (let p = 0; p < cash[b]!.length; p++) {
      if (!(block.amounts[d]![p]! > 0)) continue;
      functionsAt(prepared, block, { d, p }, row);
      for (let i = 0; i < size; i++) {
        right[i]! += row[i]! * cash[b]![p]!;
        for (let j = 0; j <= i; j++) normal[i]![j]! += row[i]! * row[j]!;
      }
    }
  }
  for (let i = 0; i < size; i++) for (let j = i + 1; j < size; j++) normal[i]![j] = normal[j]![i]!;
  // A trace of ridge keeps functions apart that coincide, as spot and payoff do in the money.
  for (let i = 0; i < size; i++) normal[i]![i]! *= 1 + 1e-9;
  return solveSymmetric(normal, right);
}

export const worth = (coefficients: Float64Array, row: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < row.length; i++) sum += coefficients[i]! * row[i]!;
  return sum;
};

/** Backward over the dates: the coefficients of the continuation value at each but the last. */
export function fitRule(prepared: RegressionProblem): readonly Float64Array[] {
  const { model, trainingPaths, times, basis } = prepared;
  const count = Math.ceil(trainingPaths / (2 * PAIRS_PER_BLOCK));
  const blocks = Array.from({ length: count }, (_, b) =>
    exerciseBlock(prepared, model, TRAINING_OFFSET + b * PAIRS_PER_BLOCK),
  );
  const last = times.length - 1;
  const cash = blocks.map((block) => block.amounts[last]!.map((x) => Math.max(x, 0)));
  const rule: Float64Array[] = new Array(last);
  const row = new Float64Array(basis.size);
  for (let d = last - 1; d >= 0; d--) {
    const discount = Math.exp(-model.rate * (times[d + 1]! - times[d]!));
    for (const column of cash) for (let p = 0; p < column.length; p++) column[p]! *= discount;
    const coefficients = regress(prepared, blocks, cash, d);
    rule[d] = coefficients;
    for (const [b, block] of blocks.entries()) {
      for (let p = 0; p < cash[b]!.length; p++) {
        const exercise = block.amounts[d]![p]!;
        if (!(exercise > 0)) continue;
        functionsAt(prepared, block, { d, p }, row);
        if (exercise >= worth(coefficients, row)) cash[b]![p] = exercise;
      }
    }
  }
  return rule;
}
