/** One put under five models: closed form, grid, Heston, local volatility, simulation. Run: node dist/examples/pricing/one-option-five-models.js */
import type { PricingContext } from '../../pricing/contract';
import { standardRegistry } from '../../pricing/pricers';
import { buildSviSurface } from '../../pricing/volatility';

// Every price needs to say when, and on which market data.
const context: PricingContext = {
  valuationTime: Date.parse('2026-01-15T16:00:00Z') * 1000,
  snapshot: 'example',
};
const market = { spot: 100, rate: 0.03, dividend: 0.01 };
const volatility = 0.25;
const put = { kind: 'vanilla-option', right: 'put', strike: 105, time: 1, exercise: 'european' } as const;

const surface = buildSviSurface(
  [0.5, 1, 2].map((expiry) => ({
    label: `${expiry}y`,
    expiry,
    forward: market.spot * Math.exp((market.rate - market.dividend) * expiry),
    quotes: [60, 70, 80, 90, 100, 110, 120, 140].map((strike) => ({ strike, volatility })),
  })),
);
if (!surface.ok) throw new Error(surface.message);

const models = [
  { kind: 'black-scholes', ...market, volatility },
  { kind: 'finite-difference', ...market, volatility },
  { kind: 'heston', ...market, v0: volatility ** 2, kappa: 2, theta: volatility ** 2, sigma: 0.5, rho: -0.6 },
  { kind: 'local-volatility', ...market, surface: surface.value },
];
for (const model of models) {
  const result = standardRegistry.price(put, model, context);
  if (!result.ok) throw new Error(result.message);
  const { value, error, greeks } = result.value;
  console.log(
    `${model.kind}: ${value.toFixed(6)}${error === undefined ? '' : ` ± ${error.toExponential(1)}`}, delta ${greeks['delta']!.value.toFixed(6)}`,
  );
}

const scripted = {
  kind: 'scripted',
  source: 'pay max(strike - S@end, 0) at end;',
  schedules: { end: [{ label: 'in a year', time: 1 }] },
  parameters: { strike: 105 },
};
const simulation = {
  kind: 'monte-carlo',
  dynamics: { kind: 'lognormal', rate: market.rate, assets: [{ name: 'S', ...market, volatility }] },
  seed: 1,
  paths: 1 << 16,
};
const simulated = standardRegistry.price(scripted, simulation, context);
if (!simulated.ok) throw new Error(simulated.message);
console.log(`monte-carlo: ${simulated.value.value.toFixed(6)} ± ${simulated.value.error!.toExponential(1)}`);
