/**
 * American and Bermudan claims on several assets by regression (Longstaff, Schwartz: Valuing American options by
 * simulation, RFS 2001).
 *
 * The exercise rule is fitted on one set of paths and applied to another, so the value is a lower bound with an honest
 * error bar. The discounted asset at the time of exercise is a martingale, whatever the rule, and serves as control
 * variate (Rasmussen: Control variates for Monte Carlo valuation of American options, 2005).
 */
import { failure, type Result, success } from '../contract.js';
import { solveSymmetric } from '../math/symmetric-solve.js';
import { type Estimate, estimateOf } from './estimate.js';
import { type ExerciseBasis, exerciseBasis } from './exercise-basis.js';
import { type Moments, mergeMoments, momentsOf } from './moments.js';
import { monteCarloLimits, PAIRS_PER_BLOCK } from './monte-carlo.js';
import { type PathModel, pathModelFault, type SpotColumns } from './path-model.js';
import { blockPaths } from './paths.js';
import { claimPayments, type PreparedClaim, prepareClaim, type ScriptedClaim } from './scripted-claim.js';

export interface AmericanJob {
  /** Its script has one `exercise` statement and nothing else that pays. */
  readonly claim: ScriptedClaim;
  readonly model: PathModel;
  readonly seed: number;
  /** Paths that fit the rule. */
  readonly trainingPaths: number;
  /** Other paths that price with it. */
  readonly paths: number;
}

export interface AmericanResult extends Estimate {
  /** What exercising today is worth; the value is never below it. */
  readonly exerciseToday: number;
}

/** Training pairs lie this far from pricing pairs in the counter: the two sets never meet. */
const TRAINING_OFFSET = 2 ** 48;
const TRAINING_CELLS_MAX = 1 << 26;

/** One block's exercise values and spots at the exercise times after today. */
interface ExerciseBlock {
  readonly amounts: readonly Float64Array[];
  readonly spots: SpotColumns;
  readonly today: number;
}

interface Prepared {
  readonly job: AmericanJob;
  readonly claim: PreparedClaim;
  /** Exercise times after today, and their column among the claim's times. */
  readonly times: readonly number[];
  readonly basis: ExerciseBasis;
}

function exerciseBlock({ job, claim }: Prepared, firstPair: number): ExerciseBlock {
  const paths = 2 * PAIRS_PER_BLOCK;
  const spots = blockPaths(job.model, claim.times, { seed: job.seed, firstPair, pairs: PAIRS_PER_BLOCK });
  const today = job.model.assets.map(({ spot }) => spot);
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
function functionsAt(
  prepared: Prepared,
  block: ExerciseBlock,
  at: { d: number; p: number },
  out: Float64Array,
): void {
  const { claim, job, times, basis } = prepared;
  const column = claim.times.indexOf(times[at.d]!);
  const scaled = Float64Array.from(job.model.assets, ({ spot }, a) => block.spots[a]![column]![at.p]! / spot);
  basis.fill(scaled, block.amounts[at.d]![at.p]!, out);
}

const discountOver = (job: AmericanJob, from: number, to: number): number =>
  Math.exp(-job.model.rate * (to - from));

/** Least squares of the cash that follows on the functions, over paths in the money, in the order of the blocks. */
function regress(
  prepared: Prepared,
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

const worth = (coefficients: Float64Array, row: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < row.length; i++) sum += coefficients[i]! * row[i]!;
  return sum;
};

/** Backward over the dates: the coefficients of the continuation value at each but the last. */
function fitRule(prepared: Prepared): readonly Float64Array[] {
  const { job, times, basis } = prepared;
  const count = Math.ceil(job.trainingPaths / (2 * PAIRS_PER_BLOCK));
  const blocks = Array.from({ length: count }, (_, b) =>
    exerciseBlock(prepared, TRAINING_OFFSET + b * PAIRS_PER_BLOCK),
  );
  const last = times.length - 1;
  const cash = blocks.map((block) => block.amounts[last]!.map((x) => Math.max(x, 0)));
  const rule: Float64Array[] = new Array(last);
  const row = new Float64Array(basis.size);
  for (let d = last - 1; d >= 0; d--) {
    const discount = discountOver(job, times[d]!, times[d + 1]!);
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

/** Applies the rule to one block of fresh paths: payoff and stopped assets, averaged over antithetic pairs. */
function priceBlock(prepared: Prepared, rule: readonly Float64Array[], b: number): Moments {
  const { job, claim, times, basis } = prepared;
  const block = exerciseBlock(prepared, b * PAIRS_PER_BLOCK);
  const { assets } = job.model;
  const columns = Array.from({ length: 1 + assets.length }, () => new Float64Array(PAIRS_PER_BLOCK));
  const row = new Float64Array(basis.size);
  const last = times.length - 1;
  for (let p = 0; p < 2 * PAIRS_PER_BLOCK; p++) {
    let d = 0;
    for (; d < last; d++) {
      const exercise = block.amounts[d]![p]!;
      if (!(exercise > 0)) continue;
      functionsAt(prepared, block, { d, p }, row);
      if (exercise >= worth(rule[d]!, row)) break;
    }
    const time = times[d]!;
    const pair = p >> 1;
    columns[0]![pair]! += 0.5 * discountOver(job, 0, time) * Math.max(block.amounts[d]![p]!, 0);
    const column = claim.times.indexOf(time);
    for (const [a, { dividend }] of assets.entries()) {
      const held = Math.exp((dividend - job.model.rate) * time);
      columns[a + 1]![pair]! += 0.5 * held * block.spots[a]![column]![p]!;
    }
  }
  return momentsOf(columns);
}

/** Failures: those of the script, and a claim without exactly one exercise statement. */
export function longstaffSchwartz(job: AmericanJob): Result<AmericanResult> {
  const claim = prepareClaim(
    job.claim,
    job.model.assets.map(({ name }) => name),
  );
  if (!claim.ok) return claim;
  const fault = pathModelFault(job.model);
  if (fault) return failure('path-model-must-be-valid', `cannot simulate: ${fault}. Correct the model.`);
  const paying = claim.value.script.statements.filter(({ kind }) => kind !== 'let');
  const [exercise] = paying;
  if (paying.length !== 1 || exercise?.kind !== 'exercise') {
    return failure(
      'claim-must-have-one-exercise',
      'cannot regress: the script must have one exercise statement and no pay statement.',
    );
  }
  const times = job.claim.schedules[exercise.schedule]!.map(({ time }) => time).filter((time) => time > 0);
  const cells = job.trainingPaths * claim.value.times.length * (job.model.assets.length + 1);
  const within = job.paths >= 1 && job.trainingPaths >= 1 && job.paths <= monteCarloLimits.paths;
  if (!within || !(cells <= TRAINING_CELLS_MAX) || times.length === 0) {
    return failure(
      'work-must-be-within-limits',
      `cannot regress ${job.trainingPaths} paths over ${times.length} future dates. Keep paths × times × assets below ${TRAINING_CELLS_MAX}.`,
    );
  }
  const scale = Math.max(...job.model.assets.map(({ spot }) => spot));
  const prepared = { job, claim: claim.value, times, basis: exerciseBasis(job.model.assets.length, scale) };
  const rule = fitRule(prepared);
  const count = Math.ceil(job.paths / (2 * PAIRS_PER_BLOCK));
  const moments = Array.from({ length: count }, (_, b) => priceBlock(prepared, rule, b));
  const estimate = estimateOf(
    mergeMoments(moments),
    job.model.assets.map(({ spot }) => spot),
  );
  const { today } = exerciseBlock(prepared, 0);
  return success({ ...estimate, value: Math.max(estimate.value, today), exerciseToday: today });
}
