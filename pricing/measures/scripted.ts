/**
 * Scripted claims by simulation: value with standard error, delta, gamma and vega of every asset and rho by central
 * differences on the same random numbers, each with its own error in the explanation.
 *
 * A script with an exercise statement is priced by regression; its Greeks keep the exercise rule. The discounted assets
 * at the last date, or at exercise, are the control variates.
 */
import { type ExplainStep, type Greek, type Pricer, type Result, success, type Valuation } from '../contract';
import type { ScriptedProduct } from '../products/scripted';
import type { Estimate } from '../simulation/estimate';
import { longstaffSchwartz } from '../simulation/longstaff-schwartz';
import {
  type ControlVariate,
  type MonteCarloJob,
  type MonteCarloMeasure,
  type MonteCarloResult,
  monteCarlo,
} from '../simulation/monte-carlo';
import type { PathModel } from '../simulation/path-model';
import { perRate, perVolatility, plainGreek, spotDelta } from './greek-unit';

export interface MonteCarloModel {
  readonly kind: 'monte-carlo';
  readonly dynamics: PathModel;
  readonly seed: number;
  readonly paths: number;
}

/** Relative bump of spot; absolute bumps of volatility and rate. */
const SPOT_BUMP = 0.01;
const VOLATILITY_BUMP = 0.01;
const RATE_BUMP = 1e-4;

type Change = (model: PathModel) => PathModel;

const assetChanged =
  (index: number, change: Record<string, (x: number) => number>): Change =>
  (model) => {
    const assets = model.assets.map((asset, i) => {
      if (i !== index) return asset;
      const moved = Object.entries(change).map(([key, f]) => [
        key,
        f((asset as unknown as Record<string, number>)[key]!),
      ]);
      return { ...asset, ...Object.fromEntries(moved) };
    });
    return { ...model, assets } as PathModel;
  };

export interface ScenarioPlan {
  readonly scenarios: readonly PathModel[];
  readonly measures: readonly MonteCarloMeasure[];
  /** What makes a Greek, with its unit, of each measure but the value. */
  readonly greeks: Readonly<Record<string, (value: number) => Greek>>;
}

/** Scenarios and weights of every Greek; all run on the same random numbers. */
export function scenarioPlan(base: PathModel): ScenarioPlan {
  const scenarios: PathModel[] = [base];
  const wanted: {
    name: string;
    made: (value: number) => Greek;
    weights: ReadonlyMap<number, number>;
  }[] = [];
  const pair = (up: Change, down: Change): readonly [number, number] => {
    scenarios.push(up(base), down(base));
    return [scenarios.length - 2, scenarios.length - 1];
  };
  for (const [i, { name, spot }] of base.assets.entries()) {
    const h = spot * SPOT_BUMP;
    const [up, down] = pair(assetChanged(i, { spot: (x) => x + h }), assetChanged(i, { spot: (x) => x - h }));
    wanted.push({
      name: `delta ${name}`,
      made: (value) => spotDelta(value, 'per unit of the asset, central difference of 1 % of spot'),
      weights: new Map([
        [up, 0.5 / h],
        [down, -0.5 / h],
      ]),
    });
    wanted.push({
      name: `gamma ${name}`,
      made: (value) =>
        plainGreek(value, 'change of delta per unit of spot, central difference of 1 % of spot'),
      weights: new Map([
        [up, 1 / (h * h)],
        [down, 1 / (h * h)],
        [0, -2 / (h * h)],
      ]),
    });
    if (base.kind !== 'lognormal') continue;
    const v = VOLATILITY_BUMP;
    const [more, less] = pair(
      assetChanged(i, { volatility: (x) => x + v }),
      assetChanged(i, { volatility: (x) => x - v }),
    );
    wanted.push({
      name: `vega ${name}`,
      made: (value) => perVolatility(value, 'volatility, central difference of one point'),
      weights: new Map([
        [more, 0.5 / v],
        [less, -0.5 / v],
      ]),
    });
  }
  const r = RATE_BUMP;
  const [high, low] = pair(
    (m) => ({ ...m, rate: m.rate + r }),
    (m) => ({ ...m, rate: m.rate - r }),
  );
  wanted.push({
    name: 'rho',
    made: (value) => perRate(value, 'the rate, central difference of 1 bp'),
    weights: new Map([
      [high, 0.5 / r],
      [low, -0.5 / r],
    ]),
  });
  const all = [{ name: 'value', weights: new Map([[0, 1]]) }, ...wanted];
  return {
    scenarios,
    measures: all.map(({ name, weights }) => ({
      name,
      weights: scenarios.map((_, s) => weights.get(s) ?? 0),
    })),
    greeks: Object.fromEntries(wanted.map(({ name, made }) => [name, made])),
  };
}

/** Each asset paid out at the last date: its present value is spot less the dividends until then. */
function controlsOf(product: ScriptedProduct, scenarios: readonly PathModel[]): readonly ControlVariate[] {
  const dates = Object.values(product.schedules).flat();
  const last = dates.reduce((a, b) => (b.time > a.time ? b : a), dates[0]!);
  if (!(last.time > 0)) return [];
  // A local volatility simulated in steps is not exactly a martingale on its table, but its drift is: exact in mean.
  return scenarios[0]!.assets.map(({ name }, a) => ({
    claim: { source: `pay ${name}@last at last;`, schedules: { last: [last] } },
    expectations: scenarios.map(({ assets }) => assets[a]!.spot * Math.exp(-assets[a]!.dividend * last.time)),
  }));
}

/** The job behind a scripted product's valuation; `monteCarloOnThreads` runs the same job on worker threads. */
export function scriptedJob(product: ScriptedProduct, model: MonteCarloModel): MonteCarloJob {
  const { scenarios, measures } = scenarioPlan(model.dynamics);
  const hasDates = Object.values(product.schedules).flat().length > 0;
  const controls = hasDates && model.dynamics.kind === 'lognormal' ? controlsOf(product, scenarios) : [];
  return { claim: product, controls, scenarios, measures, seed: model.seed, paths: model.paths };
}

const explained = (model: MonteCarloModel, result: { readonly paths: number }): readonly ExplainStep[] => [
  { name: 'dynamics', value: model.dynamics.kind },
  { name: 'seed', value: model.seed, source: 'Philox 4×32-10 (Salmon et al. 2011), antithetic pairs' },
  { name: 'paths', value: result.paths },
];

/** Estimates as a valuation; the error of every Greek is a line of the explanation. */
export function scriptedValuation(model: MonteCarloModel, result: MonteCarloResult): Valuation {
  const { greeks: made } = scenarioPlan(model.dynamics);
  const { value, ...rest } = result.measures as { readonly value: Estimate } & Record<string, Estimate>;
  const greeks = Object.entries(rest).map(([name, estimate]): [string, Greek] => [
    name,
    made[name]!(estimate.value),
  ]);
  return {
    value: value.value,
    error: value.error,
    greeks: Object.fromEntries(greeks),
    explain: [
      ...explained(model, result),
      { name: 'variance reduction by controls', value: value.reduction },
      ...Object.entries(rest).map(([name, { error }]) => ({
        name: `standard error of ${name}`,
        value: error,
      })),
    ],
  };
}

/** The same bumps as without exercise, the rule of the unbumped model kept. */
function american(product: ScriptedProduct, model: MonteCarloModel): Result<Valuation> {
  const trainingPaths = Math.min(model.paths, 16_384);
  const { scenarios, measures } = scenarioPlan(model.dynamics);
  const result = longstaffSchwartz({
    claim: product,
    model: model.dynamics,
    seed: model.seed,
    trainingPaths,
    paths: model.paths,
    scenarios,
    measures,
  });
  if (!result.ok) return result;
  const valuation = scriptedValuation(model, { measures: result.value.measures, paths: model.paths });
  return success({
    ...valuation,
    explain: [
      ...valuation.explain,
      { name: 'training paths', value: trainingPaths, source: 'Longstaff, Schwartz 2001: a lower bound' },
      { name: 'value of exercising today', value: result.value.exerciseToday },
    ],
  });
}

export const scriptedPricer: Pricer<ScriptedProduct, MonteCarloModel> = {
  product: 'scripted',
  model: 'monte-carlo',
  price: (product, model) => {
    if (/\bexercise\b/.test(product.source)) return american(product, model);
    const result = monteCarlo(scriptedJob(product, model));
    return result.ok ? success(scriptedValuation(model, result.value)) : result;
  },
};
