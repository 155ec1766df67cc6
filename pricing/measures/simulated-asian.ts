/**
 * Arithmetic Asian options with discrete fixings by simulation, the geometric average of the same fixings as control
 * variate (Kemna, Vorst 1990): its value is exact in closed form, and it moves with the arithmetic one so closely that a
 * few thousand paths have an error of a basis point.
 */
import { failure, type Pricer, type Result, success, type Valuation } from '../contract';
import { geometricDiscretePrice } from '../models/asian-geometric';
import type { LognormalMarket } from '../models/black';
import type { ArithmeticAsian } from '../products/asian-option';
import { type MonteCarloJob, monteCarlo } from '../simulation/monte-carlo';
import type { LognormalPaths, PathModel } from '../simulation/path-model';
import type { PastFixing, ScheduleDate, ScriptedClaim } from '../simulation/scripted-claim';
import { averageCheck } from './average-check';
import { type MonteCarloModel, scenarioPlan, scriptedValuation } from './scripted';

const marketOf = (model: PathModel): LognormalMarket => {
  const { rate, assets } = model as LognormalPaths;
  const { spot, dividend, volatility } = assets[0]!;
  return { spot, rate, dividend, volatility };
};

/** Both averages as scripts over the same dates; known fixings stand at made-up dates before today. */
function claimOf(product: ArithmeticAsian, asset: string, average: 'mean' | 'geometricMean'): ScriptedClaim {
  const { right, strike, time, pastFixings, fixingTimes } = product;
  const past = pastFixings.map(
    (_, i): ScheduleDate => ({ label: `fixing ${i + 1}`, time: i - pastFixings.length }),
  );
  const future = fixingTimes.map(
    (at, i): ScheduleDate => ({ label: `fixing ${past.length + i + 1}`, time: at }),
  );
  const fixings = pastFixings.map((value, i): PastFixing => ({ asset, label: past[i]!.label, value }));
  const sign = right === 'call' ? 1 : -1;
  return {
    source: `pay max(side * (${average}(${asset}@fixings) - strike), 0) at payment;`,
    schedules: { fixings: [...past, ...future], payment: [{ label: 'payment', time }] },
    parameters: { side: sign, strike },
    fixings,
  };
}

function asianJob(product: ArithmeticAsian, model: MonteCarloModel): MonteCarloJob {
  const { scenarios, measures } = scenarioPlan(model.dynamics);
  const asset = model.dynamics.assets[0]!.name;
  const control = {
    claim: claimOf(product, asset, 'geometricMean'),
    expectations: scenarios.map((scenario) => geometricDiscretePrice(product, marketOf(scenario))),
  };
  return {
    claim: claimOf(product, asset, 'mean'),
    controls: [control],
    scenarios,
    measures,
    seed: model.seed,
    paths: model.paths,
  };
}

function price(product: ArithmeticAsian, model: MonteCarloModel): Result<Valuation> {
  if (model.dynamics.kind !== 'lognormal' || model.dynamics.assets.length !== 1) {
    return failure(
      'dynamics-not-supported',
      'the geometric control is exact for one lognormal asset alone. Write other averages as a scripted product.',
    );
  }
  const checked = averageCheck(product);
  if (!checked.ok) return checked;
  if (new Set(product.fixingTimes).size < product.fixingTimes.length)
    return failure(
      'fixing-times-must-differ',
      'two fixings fall on one time, which a simulation counts once. Take moment-matching, which counts both.',
    );
  const result = monteCarlo(asianJob(product, model));
  return result.ok ? success(scriptedValuation(model, result.value)) : result;
}

export const simulatedAsianPricer: Pricer<ArithmeticAsian, MonteCarloModel> = {
  product: 'arithmetic-asian',
  model: 'monte-carlo',
  price,
};
