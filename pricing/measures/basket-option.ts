/**
 * Basket options by simulation of correlated lognormal assets, exact at expiry: value with standard error, delta, gamma
 * and vega of every asset, and rho, on the same random numbers. Controls: the discounted assets, and for a sum of positive
 * weights the geometric basket with the same share in each asset.
 */
import { failure, type Pricer, type Result, success, type Valuation } from '../contract';
import { type GeometricBasket, geometricBasketPrice } from '../models/geometric-basket';
import type { BasketOption } from '../products/basket';
import { type ControlVariate, type MonteCarloJob, monteCarlo } from '../simulation/monte-carlo';
import type { LognormalPaths } from '../simulation/path-model';
import type { ScriptedClaim } from '../simulation/scripted-claim';
import { type MonteCarloModel, scenarioPlan, scriptedValuation } from './scripted';

/** Numbers come in as parameters, so that a script never depends on how a number is written. */
const optionOn = (
  { right, time }: BasketOption,
  basket: string,
  parameters: Readonly<Record<string, number>>,
): ScriptedClaim => ({
  source: `let basket = ${basket}; pay max(side * (basket - strike), 0) at expiry;`,
  schedules: { expiry: [{ label: 'expiry', time }] },
  parameters: { side: right === 'call' ? 1 : -1, ...parameters },
});

const numbered = (prefix: string, values: readonly number[]): Readonly<Record<string, number>> =>
  Object.fromEntries(values.map((value, i) => [`${prefix}${i}`, value]));

function claimOf(option: BasketOption): ScriptedClaim {
  const { assets, on, strike } = option;
  const parts = assets.map(({ name }, i) => `weight${i} * ${name}@expiry`);
  const weights = numbered(
    'weight',
    assets.map(({ weight }) => weight),
  );
  const joined = `${on === 'best' ? 'max' : 'min'}(${parts.join(', ')})`;
  return optionOn(option, on === 'sum' || parts.length === 1 ? parts.join(' + ') : joined, {
    strike,
    ...weights,
  });
}

/** Each asset paid out at expiry. */
const assetControls = (
  option: BasketOption,
  scenarios: readonly LognormalPaths[],
): readonly ControlVariate[] =>
  option.assets.map(({ name }) => ({
    claim: {
      source: `pay ${name}@expiry at expiry;`,
      schedules: { expiry: [{ label: 'expiry', time: option.time }] },
    },
    expectations: scenarios.map((scenario) => {
      const { spot, dividend } = scenario.assets.find((asset) => asset.name === name)!;
      return spot * Math.exp(-dividend * option.time);
    }),
  }));

/** The geometric basket that equals the arithmetic one at the forwards, with the same share of each asset. */
function geometricControl(
  option: BasketOption,
  scenarios: readonly LognormalPaths[],
): readonly ControlVariate[] {
  if (option.on !== 'sum' || !(option.strike > 0) || option.assets.some(({ weight }) => weight < 0))
    return [];
  const base = scenarios[0]!;
  const { time, right, strike } = option;
  const forwardOf = (name: string): number => {
    const { spot, dividend } = base.assets.find((asset) => asset.name === name)!;
    return spot * Math.exp((base.rate - dividend) * time);
  };
  const parts = option.assets.map(({ name, weight }) => weight * forwardOf(name));
  const total = parts.reduce((sum, part) => sum + part, 0);
  const shares = parts.map((part) => part / total);
  const meanLog = option.assets.reduce((sum, { name }, i) => sum + shares[i]! * Math.log(forwardOf(name)), 0);
  const scale = total * Math.exp(-meanLog);
  const logs = option.assets.map(({ name }, i) => `share${i} * log(${name}@expiry)`);
  const exponents = base.assets.map(({ name }) => {
    const place = option.assets.findIndex((asset) => asset.name === name);
    return place < 0 ? 0 : shares[place]!;
  });
  const terms: GeometricBasket = { right, strike, time, scale, exponents };
  const source = `scale * exp(${logs.join(' + ')})`;
  return [
    {
      claim: optionOn(option, source, { strike, scale, ...numbered('share', shares) }),
      expectations: scenarios.map((scenario) => geometricBasketPrice(terms, scenario)),
    },
  ];
}

function basketJob(option: BasketOption, model: MonteCarloModel): MonteCarloJob {
  const { scenarios, measures } = scenarioPlan(model.dynamics);
  const lognormal = scenarios as readonly LognormalPaths[];
  const controls = [...assetControls(option, lognormal), ...geometricControl(option, lognormal)];
  return { claim: claimOf(option), controls, scenarios, measures, seed: model.seed, paths: model.paths };
}

function price(option: BasketOption, model: MonteCarloModel): Result<Valuation> {
  if (model.dynamics.kind !== 'lognormal') {
    return failure(
      'dynamics-not-supported',
      `a basket is simulated as lognormal assets, not as ${model.dynamics.kind}. Write it as a scripted product.`,
    );
  }
  const known = model.dynamics.assets.map(({ name }) => name);
  const missing = option.assets.find(({ name }) => !known.includes(name));
  if (missing) {
    return failure(
      'asset-must-be-in-the-model',
      `the basket holds ${missing.name}: the model has ${known.join(', ')}.`,
    );
  }
  const result = monteCarlo(basketJob(option, model));
  return result.ok ? success(scriptedValuation(model, result.value)) : result;
}

export const basketOptionPricer: Pricer<BasketOption, MonteCarloModel> = {
  product: 'basket-option',
  model: 'monte-carlo',
  price,
};
