/**
 * Monte Carlo over blocks of fixed shape: the job is plain data, a block's result depends on the job and the block's
 * index alone, and results are merged in block order. So a run has the same bits on one thread or on many.
 *
 * Several scenarios (bumped models) run on the same random numbers; a measure is a weighted sum of their values, for
 * example a central difference, and has its own error bar because the sum is taken path by path.
 */
import { failure, type Result, success } from '../contract';
import { type Estimate, estimateOf } from './estimate';
import { type Moments, mergeMoments, momentsOf } from './moments';
import { type PathModel, pathModelFault } from './path-model';
import { blockPaths } from './paths';
import { claimPayments, type PreparedClaim, prepareClaim, type ScriptedClaim } from './scripted-claim';

/** Antithetic pairs of one block; part of the shape of every result, so it never depends on the machine. */
export const PAIRS_PER_BLOCK = 512;

export interface ControlVariate {
  readonly claim: ScriptedClaim;
  /** Its exact present value in each scenario. */
  readonly expectations: readonly number[];
}

export interface MonteCarloMeasure {
  readonly name: string;
  /** One weight per scenario. */
  readonly weights: readonly number[];
}

export interface MonteCarloJob {
  readonly claim: ScriptedClaim;
  readonly controls: readonly ControlVariate[];
  /** The first is the model itself; all have the same assets in the same order. */
  readonly scenarios: readonly PathModel[];
  readonly measures: readonly MonteCarloMeasure[];
  readonly seed: number;
  /** Rounded up to whole blocks of 1,024 paths. */
  readonly paths: number;
}

export interface MonteCarloLimits {
  readonly paths: number;
  /** Paths × times × assets × scenarios. */
  readonly work: number;
}

export const monteCarloLimits: MonteCarloLimits = { paths: 1 << 26, work: 1e11 };

export const blockCount = (job: MonteCarloJob): number => Math.ceil(job.paths / (2 * PAIRS_PER_BLOCK));

export interface PreparedJob {
  readonly job: MonteCarloJob;
  readonly claims: readonly PreparedClaim[];
  readonly times: readonly number[];
}

/** Steps of one path, those between the dates included. */
const stepCount = (model: PathModel, times: readonly number[]): number =>
  model.kind === 'lognormal'
    ? times.length
    : times.length + Math.ceil((times.at(-1) ?? 0) * model.stepsPerYear);

/** Everything that can be wrong with a job is found here, before any path is made. */
export function prepareJob(job: MonteCarloJob): Result<PreparedJob> {
  const assets = job.scenarios[0]!.assets.map(({ name }) => name);
  const prepared: PreparedClaim[] = [];
  for (const claim of [job.claim, ...job.controls.map((control) => control.claim)]) {
    const result = prepareClaim(claim, assets);
    if (!result.ok) return result;
    if (result.value.script.statements.some(({ kind }) => kind === 'exercise')) {
      return failure(
        'exercise-needs-regression',
        'cannot simulate forwards: the script has an exercise statement. Price it as an American claim.',
      );
    }
    prepared.push(result.value);
  }
  for (const scenario of job.scenarios) {
    const fault = pathModelFault(scenario);
    if (fault) return failure('path-model-must-be-valid', `cannot simulate: ${fault}. Correct the model.`);
  }
  if (!(job.paths >= 1 && job.paths <= monteCarloLimits.paths)) {
    return failure(
      'paths-must-be-within-limits',
      `cannot simulate ${job.paths} paths. Ask for 1 to ${monteCarloLimits.paths}.`,
    );
  }
  const times = [...new Set(prepared.flatMap((claim) => claim.times))].sort((a, b) => a - b);
  const steps = Math.max(...job.scenarios.map((model) => stepCount(model, times)), 1);
  const work = job.paths * job.scenarios.length * assets.length * steps;
  if (work > monteCarloLimits.work) {
    return failure(
      'work-must-be-within-limits',
      `cannot simulate: ${work} path steps. Fewer paths or dates stay below ${monteCarloLimits.work}.`,
    );
  }
  return success({ job, claims: prepared, times });
}

/** Discounted sum of a claim's payments: one number per antithetic pair. */
function presentValues(
  claim: PreparedClaim,
  model: PathModel,
  view: Parameters<typeof claimPayments>[1],
): Float64Array {
  const total = new Float64Array(view.paths / 2);
  for (const { time, amount } of claimPayments(claim, view)) {
    const half = 0.5 * Math.exp(-model.rate * time);
    if (typeof amount === 'number') for (let j = 0; j < total.length; j++) total[j]! += 2 * half * amount;
    else for (let j = 0; j < total.length; j++) total[j]! += half * (amount[2 * j]! + amount[2 * j + 1]!);
  }
  return total;
}

/** One block: the moments of each measure and its controls. */
export function runBlock(prepared: PreparedJob, block: number): readonly Moments[] {
  const { job, claims, times } = prepared;
  const shape = { seed: job.seed, firstPair: block * PAIRS_PER_BLOCK, pairs: PAIRS_PER_BLOCK };
  const values = job.scenarios.map((model) => {
    const spots = blockPaths(model, times, shape);
    const today = model.assets.map(({ spot }) => spot);
    return claims.map((claim) =>
      presentValues(claim, model, { paths: 2 * shape.pairs, times, spots, today }),
    );
  });
  return job.measures.map(({ weights }) =>
    momentsOf(
      claims.map((_, c) => {
        const column = new Float64Array(PAIRS_PER_BLOCK);
        weights.forEach((weight, s) => {
          const scenario = values[s]![c]!;
          if (weight !== 0) for (let j = 0; j < column.length; j++) column[j]! += weight * scenario[j]!;
        });
        return column;
      }),
    ),
  );
}

export interface MonteCarloResult {
  readonly measures: Readonly<Record<string, Estimate>>;
  readonly paths: number;
}

/** Merges the blocks' moments, which are in block order, into estimates. */
export function finishJob(job: MonteCarloJob, blocks: readonly (readonly Moments[])[]): MonteCarloResult {
  const measures = job.measures.map(({ name, weights }, m) => {
    const expectations = job.controls.map(({ expectations: exact }) =>
      weights.reduce((sum, weight, s) => sum + weight * exact[s]!, 0),
    );
    return [name, estimateOf(mergeMoments(blocks.map((block) => block[m]!)), expectations)] as const;
  });
  return { measures: Object.fromEntries(measures), paths: blocks.length * 2 * PAIRS_PER_BLOCK };
}

/** The whole job on this thread. */
export function monteCarlo(job: MonteCarloJob): Result<MonteCarloResult> {
  const prepared = prepareJob(job);
  if (!prepared.ok) return prepared;
  const blocks = Array.from({ length: blockCount(job) }, (_, block) => runBlock(prepared.value, block));
  return success(finishJob(job, blocks));
}
