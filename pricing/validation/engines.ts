/** The engines as plug-ins: closed form, grid and simulation judge each other, and the grid a published table. */
import { americanPrice } from '../models/american';
import { blackScholesPrice, type LognormalMarket } from '../models/black';
import { finiteDifference } from '../models/finite-difference';
import { monteCarlo } from '../simulation/monte-carlo';
import { largest, type ModelPlugin, type ValidationCheck } from './model-plugin';

const market: LognormalMarket = { spot: 100, rate: 0.05, dividend: 0.02, volatility: 0.3 };
const strikes = [70, 90, 100, 115, 140];
const meanings = [
  { name: 'spot', about: 'price of the underlying', least: 0 },
  { name: 'rate', about: 'continuously compounded' },
  { name: 'dividend', about: 'continuous yield' },
  { name: 'volatility', about: 'lognormal, per year', least: 0 },
];

/** Broadie, Detemple, Review of Financial Studies 1996, table 1: K = 100, σ = 0.2, T = 0.5, r = 3 %, q = 7 %. */
const americanCalls: readonly (readonly [spot: number, value: number])[] = [
  [80, 0.2194],
  [90, 1.3864],
  [100, 4.7825],
  [110, 11.0978],
  [120, 20.0004],
];

const published = (name: string, value: (spot: number) => number, allowed: number): ValidationCheck => ({
  kind: 'reference',
  name,
  found: largest(americanCalls.map(([spot, exact]) => value(spot) - exact)),
  allowed,
  cases: americanCalls.length,
  source: 'Broadie, Detemple 1996, table 1',
});

const parityOf = (
  price: (right: 'call' | 'put', strike: number) => number,
  allowed: number,
): ValidationCheck => ({
  kind: 'parity',
  name: 'put–call parity',
  found: largest(
    strikes.map((k) => price('call', k) - price('put', k) - 100 * Math.exp(-0.02) + k * Math.exp(-0.05)),
  ),
  allowed,
  cases: strikes.length,
  source: 'C − P = S e^(−qT) − K e^(−rT)',
});

const grid = (right: 'call' | 'put', strike: number): number =>
  finiteDifference({
    ...market,
    expiry: 1,
    yield: market.dividend,
    volatility: () => market.volatility,
    volatilityScale: market.volatility,
    strike,
    payoff: (s) => Math.max(right === 'call' ? s - strike : strike - s, 0),
  }).value;

const american = { rate: 0.03, dividend: 0.07, volatility: 0.2 };

export const blackScholesPlugin: ModelPlugin = {
  name: 'black-scholes',
  about: 'one volatility; European in closed form, American by spectral collocation',
  parameters: meanings,
  validate: () => [
    published(
      'American calls',
      (spot) => americanPrice({ right: 'call', strike: 100, time: 0.5 }, { ...american, spot }),
      // Half a unit of the last printed digit, and what its authors' own method was off by.
      1.5e-4,
    ),
    parityOf((right, strike) => blackScholesPrice({ right, strike, time: 1 }, market), 1e-12),
  ],
};

export const finiteDifferencePlugin: ModelPlugin = {
  name: 'finite-difference',
  about: 'Crank–Nicolson in ln S, exercise by policy iteration',
  parameters: meanings,
  validate: () => [
    published(
      'American calls',
      (spot) =>
        finiteDifference({
          spot,
          expiry: 0.5,
          rate: american.rate,
          yield: american.dividend,
          volatility: () => american.volatility,
          volatilityScale: american.volatility,
          strike: 100,
          payoff: (s) => Math.max(s - 100, 0),
          american: true,
        }).value,
      1e-3,
    ),
    parityOf(grid, 2e-4),
    {
      kind: 'convergence',
      name: 'European calls converge to Black–Scholes',
      found: largest(
        strikes.map(
          (strike) => grid('call', strike) - blackScholesPrice({ right: 'call', strike, time: 1 }, market),
        ),
      ),
      allowed: 2e-4,
      cases: strikes.length,
      source: 'Black, Scholes 1973',
    },
  ],
};

/** Deviations in units of their own standard error. */
function simulated(): ValidationCheck {
  const off = strikes.map((strike) => {
    const result = monteCarlo({
      claim: {
        source: 'pay max(S@end - strike, 0) at end;',
        schedules: { end: [{ label: 'end', time: 1 }] },
        parameters: { strike },
      },
      controls: [],
      scenarios: [{ kind: 'lognormal', rate: market.rate, assets: [{ name: 'S', ...market }] }],
      measures: [{ name: 'value', weights: [1] }],
      seed: 20_260_115,
      paths: 1 << 16,
    });
    if (!result.ok) return Number.NaN;
    const { value, error } = result.value.measures['value']!;
    return (value - blackScholesPrice({ right: 'call', strike, time: 1 }, market)) / error;
  });
  return {
    kind: 'convergence',
    name: 'European calls, in standard errors',
    found: largest(off),
    allowed: 4,
    cases: strikes.length,
    source: 'Black, Scholes 1973',
  };
}

export const monteCarloPlugin: ModelPlugin = {
  name: 'monte-carlo',
  about: 'simulation of scripted payoffs: lognormal, local volatility, Heston',
  parameters: [
    { name: 'paths', about: 'number of paths', least: 1 },
    { name: 'seed', about: 'the same seed gives the same bits', least: 0 },
  ],
  validate: () => [simulated()],
};
