/**
 * American and Bermudan claims on several assets by regression.
 *
 * The exercise rule is fitted on one set of paths and applied to another, so the value is a lower bound with an honest
 * error bar. The discounted asset at the time of exercise is a martingale, whatever the rule, and serves as control
 * variate (Rasmussen: Control variates for Monte Carlo valuation of American options, 2005). Bumped models run on the
 * same random numbers with the rule kept: at the best rule the value does not depend on it to first order (Piterbarg:
 * Risk sensitivities of Bermudan swaptions, 2004), and each difference has its own, small, error bar.
 */
import { failure, type Result, success } from '../contract';
import { type Estimate, estimateOf } from './estimate';
import { exerciseBasis } from './exercise-basis';
import { exerciseBlock, fitRule, functionsAt, type RegressionProblem, worth } from './exercise-rule';
import { type Moments, mergeMoments, momentsOf } from './moments';
import { type MonteCarloMeasure, monteCarloLimits, PAIRS_PER_BLOCK } from './monte-carlo';
import { type PathModel, pathModelFault } from './path-model';
import { prepareClaim, type ScriptedClaim } from './scripted-claim';

export interface AmericanJob {
  /** Its script has one `exercise` statement and nothing else that pays. */
  readonly claim: ScriptedClaim;
  readonly model: PathModel;
  readonly seed: number;
  /** Paths that fit the rule. */
  readonly trainingPaths: number;
  /** Other paths that price with it. */
  readonly paths: number;
  /** Models of the same assets that are priced with the rule of `model`, on the same random numbers. */
  readonly scenarios?: readonly PathModel[];
  /** Weights on the scenarios; absent with them. */
  readonly measures?: readonly MonteCarloMeasure[];
}

export interface AmericanResult extends Estimate {
  /** What exercising today is worth; the value is never below it. */
  readonly exerciseToday: number;
  readonly measures: Readonly<Record<string, Estimate>>;
}

const TRAINING_CELLS_MAX = 1 << 26;

/** Payoff and stopped assets under one model, averaged over antithetic pairs. */
function stoppedColumns(
  problem: RegressionProblem,
  rule: readonly Float64Array[],
  model: PathModel,
  b: number,
): readonly Float64Array[] {
  const { claim, times, basis } = problem;
  const block = exerciseBlock(problem, model, b * PAIRS_PER_BLOCK);
  const { assets, rate } = model;
  const columns = Array.from({ length: 1 + assets.length }, () => new Float64Array(PAIRS_PER_BLOCK));
  const row = new Float64Array(basis.size);
  const last = times.length - 1;
  for (let p = 0; p < 2 * PAIRS_PER_BLOCK; p++) {
    let d = 0;
    for (; d < last; d++) {
      const exercise = block.amounts[d]![p]!;
      if (!(exercise > 0)) continue;
      functionsAt(problem, block, { d, p }, row);
      if (exercise >= worth(rule[d]!, row)) break;
    }
    const time = times[d]!;
    const pair = p >> 1;
    columns[0]![pair]! += 0.5 * Math.exp(-rate * time) * Math.max(block.amounts[d]![p]!, 0);
    const column = claim.times.indexOf(time);
    for (const [a, { dividend }] of assets.entries()) {
      columns[a + 1]![pair]! += 0.5 * Math.exp((dividend - rate) * time) * block.spots[a]![column]![p]!;
    }
  }
  return columns;
}

interface Weighed {
  readonly scenarios: readonly PathModel[];
  readonly measures: readonly MonteCarloMeasure[];
}

/** Moments of every measure over one block: each is a sum of scenarios, path by path. */
function priceBlock(
  problem: RegressionProblem,
  rule: readonly Float64Array[],
  { scenarios, measures }: Weighed,
  b: number,
): readonly Moments[] {
  const columns = scenarios.map((model) => stoppedColumns(problem, rule, model, b));
  return measures.map(({ weights }) =>
    momentsOf(
      columns[0]!.map((_, c) => {
        const sum = new Float64Array(PAIRS_PER_BLOCK);
        weights.forEach((weight, s) => {
          if (weight !== 0) for (let j = 0; j < sum.length; j++) sum[j]! += weight * columns[s]![c]![j]!;
        });
        return sum;
      }),
    ),
  );
}

const weighed = (weights: readonly number[], values: readonly number[]): number =>
  weights.reduce((sum, weight, s) => sum + weight * values[s]!, 0);

/** Every measure priced with the rule, or, where exercising today is worth more, of that payoff: then all is certain. */
function finish(problem: RegressionProblem, count: number, plan: Weighed): AmericanResult {
  const rule = fitRule(problem);
  const blocks = Array.from({ length: count }, (_, b) => priceBlock(problem, rule, plan, b));
  const todays = plan.scenarios.map((model) => exerciseBlock(problem, model, 0).today);
  const estimates = plan.measures.map(({ name, weights }, m): readonly [string, Estimate] => {
    const expectations = problem.model.assets.map((_, a) =>
      weighed(
        weights,
        plan.scenarios.map(({ assets }) => assets[a]!.spot),
      ),
    );
    return [name, estimateOf(mergeMoments(blocks.map((block) => block[m]!)), expectations)];
  });
  const held = estimates[0]![1];
  const certain = (value: number): Estimate => ({ value, error: 0, reduction: 1 });
  const exercised = todays[0]! > held.value;
  const measures = Object.fromEntries(
    exercised
      ? plan.measures.map(({ name, weights }) => [name, certain(weighed(weights, todays))] as const)
      : estimates,
  );
  const value = Math.max(held.value, todays[0]!);
  return { ...held, value, exerciseToday: todays[0]!, measures };
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
  const scenarios = job.scenarios ?? [job.model];
  const bad = scenarios.map(pathModelFault).find((found) => found !== undefined);
  if (bad) return failure('path-model-must-be-valid', `cannot simulate a bumped model: ${bad}. Correct it.`);
  const scale = Math.max(...job.model.assets.map(({ spot }) => spot));
  const problem: RegressionProblem = {
    claim: claim.value,
    model: job.model,
    seed: job.seed,
    trainingPaths: job.trainingPaths,
    times,
    basis: exerciseBasis(job.model.assets.length, scale),
  };
  const count = Math.ceil(job.paths / (2 * PAIRS_PER_BLOCK));
  const measures = job.measures ?? [{ name: 'value', weights: [1] }];
  return success(finish(problem, count, { scenarios, measures }));
}
