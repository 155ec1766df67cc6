/**
 * Models that make paths, as plain data: they cross to worker threads as they are.
 *
 * `lognormal` is exact between dates. `local-volatility` takes Euler steps in ln S of at most 1/stepsPerYear on a
 * table of volatilities. `heston` uses Andersen's quadratic-exponential scheme with martingale correction
 * (Andersen: Efficient simulation of the Heston stochastic volatility model, 2008), one asset.
 */
import { type HestonParameters, hestonFault } from '../models/heston';

export interface SimulatedAsset {
  readonly name: string;
  readonly spot: number;
  /** Continuous dividend yield or foreign rate. */
  readonly dividend: number;
}

export interface LognormalPaths {
  readonly kind: 'lognormal';
  readonly rate: number;
  readonly assets: readonly (SimulatedAsset & { readonly volatility: number })[];
  /** Correlations of the assets, row by row; the identity when absent. */
  readonly correlation?: readonly (readonly number[])[];
}

/** Volatility by time row and spot column; held beyond the ends, linear between columns, row of the time before. */
export interface VolatilityTable {
  readonly times: readonly number[];
  /** The price that columns are measured from; it stays when spot is bumped, as the volatility does. */
  readonly reference: number;
  /** Even steps in ln(S / reference): the first one and their distance. */
  readonly first: number;
  readonly step: number;
  readonly rows: readonly Float64Array[];
}

export interface LocalVolatilityPaths {
  readonly kind: 'local-volatility';
  readonly rate: number;
  readonly assets: readonly (SimulatedAsset & { readonly table: VolatilityTable })[];
  readonly correlation?: readonly (readonly number[])[];
  readonly stepsPerYear: number;
}

export interface HestonPaths {
  readonly kind: 'heston';
  readonly rate: number;
  readonly assets: readonly [SimulatedAsset];
  readonly parameters: HestonParameters;
  readonly stepsPerYear: number;
}

export type PathModel = LognormalPaths | LocalVolatilityPaths | HestonPaths;

/** Spots of one block: by asset, by observation time, one number per path. */
export type SpotColumns = readonly (readonly Float64Array[])[];

/** Lower triangle L with L Lᵀ the correlation; undefined when it is not positive semi-definite. */
export function correlationRoot(
  correlation: readonly (readonly number[])[] | undefined,
  count: number,
): readonly Float64Array[] | undefined {
  const root = Array.from({ length: count }, () => new Float64Array(count));
  for (let i = 0; i < count; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = correlation ? (correlation[i]?.[j] ?? Number.NaN) : i === j ? 1 : 0;
      for (let k = 0; k < j; k++) rest -= root[i]![k]! * root[j]![k]!;
      if (i === j) {
        if (!(rest >= -1e-12)) return undefined;
        root[i]![i] = Math.sqrt(Math.max(rest, 0));
      } else if (root[j]![j]! > 1e-9) root[i]![j] = rest / root[j]![j]!;
      else if (Math.abs(rest) > 1e-9 || Number.isNaN(rest)) return undefined;
    }
  }
  return root;
}

/** The first thing that is wrong with a model, or nothing; an engine asks before it makes any path. */
export function pathModelFault(model: PathModel): string | undefined {
  if (model.assets.length === 0) return 'the model has no assets';
  const bad = model.assets.find(({ spot, dividend }) => !(spot > 0) || !Number.isFinite(dividend));
  if (bad) return `asset ${bad.name} has spot ${bad.spot} and dividend yield ${bad.dividend}`;
  if (new Set(model.assets.map(({ name }) => name)).size < model.assets.length)
    return 'two assets have one name';
  if (!Number.isFinite(model.rate)) return `the rate is ${model.rate}`;
  if (model.kind !== 'lognormal' && !(model.stepsPerYear > 0 && model.stepsPerYear <= STEPS_MAX)) {
    return `stepsPerYear is ${model.stepsPerYear}, and must be above 0 and at most ${STEPS_MAX}`;
  }
  if (model.kind === 'heston') return hestonFault(model.parameters)?.message;
  if (model.kind === 'lognormal') {
    const wild = model.assets.find(({ volatility }) => !(volatility >= 0 && volatility <= 10));
    if (wild) return `asset ${wild.name} has volatility ${wild.volatility}`;
  }
  return correlationFault(model.correlation, model.assets.length);
}

const STEPS_MAX = 10_000;

function correlationFault(
  correlation: readonly (readonly number[])[] | undefined,
  count: number,
): string | undefined {
  if (correlation === undefined) return undefined;
  const square = correlation.length === count && correlation.every((row) => row.length === count);
  if (!square) return `the correlations are not ${count} rows of ${count} numbers`;
  for (let i = 0; i < count; i++) {
    if (correlation[i]![i] !== 1)
      return `the correlation of asset ${i + 1} with itself is ${correlation[i]![i]}, not 1`;
    for (let j = 0; j < i; j++) {
      // Only one triangle is used, so an asymmetric matrix would be read as another one without a word.
      if (correlation[i]![j] !== correlation[j]![i]) {
        return `the correlations of assets ${i + 1} and ${j + 1} differ: ${correlation[i]![j]} and ${correlation[j]![i]}`;
      }
    }
  }
  return correlationRoot(correlation, count) ? undefined : 'the correlations are not positive semi-definite';
}

/** Times that an engine steps through: the observation times and enough between them. */
export function timeSteps(times: readonly number[], stepsPerYear: number): readonly (readonly number[])[] {
  let before = 0;
  return times.map((time) => {
    const count = Math.max(1, Math.ceil((time - before) * stepsPerYear - 1e-9));
    const length = (time - before) / count;
    before = time;
    return Array.from({ length: count }, () => length);
  });
}
