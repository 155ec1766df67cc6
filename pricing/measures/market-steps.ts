/**
 * What every option formula makes of its market first: forwards, the discount factor, deviations, d₁ and d₂.
 *
 * Shown in explanations, so that a value can be followed with a pocket calculator as far as the formula allows.
 */
import type { ExplainStep } from '../contract';
import type { LognormalMarket } from '../models/black';
import { forwardsOf, ratioVolatility } from '../models/exchange';
import { quantoMarket } from '../models/quanto';
import type { OptionModel } from './option-models';

/** The fields of a product that are read, where it has them. */
interface Dated {
  readonly time?: number;
  readonly strike?: number;
}

/** d₁ and d₂ of a lognormal forward; none where the strike is not above zero. */
const deviates = (forward: number, strike: number | undefined, deviation: number): readonly ExplainStep[] => {
  if (strike === undefined || !(strike > 0 && forward > 0 && deviation > 0)) return [];
  const d1 = Math.log(forward / strike) / deviation + 0.5 * deviation;
  return [
    { name: 'd1', value: d1, source: '(ln(F/K) + ½σ²T)/(σ√T)' },
    { name: 'd2', value: d1 - deviation, source: 'd1 − σ√T' },
  ];
};

const discountStep = (rate: number, time: number): ExplainStep => ({
  name: 'discount factor',
  value: Math.exp(-rate * time),
  source: 'exp(−rT)',
});

const deviationStep = (deviation: number): ExplainStep => ({
  name: 'standard deviation',
  value: deviation,
  source: 'σ√T',
});

const forwardStep = ({ spot, rate, dividend }: Omit<LognormalMarket, 'volatility'>, time: number) => ({
  name: 'forward',
  value: spot * Math.exp((rate - dividend) * time),
  source: 'S·exp((r − q)T)',
});

const lognormalSteps = (market: LognormalMarket, time: number, strike?: number): readonly ExplainStep[] => {
  const forward = forwardStep(market, time);
  const deviation = market.volatility * Math.sqrt(time);
  return [
    forward,
    discountStep(market.rate, time),
    deviationStep(deviation),
    ...deviates(forward.value, strike, deviation),
  ];
};

/** Steps of the market at the product's last date; none for a product without one. */
export const marketSteps = (model: OptionModel, product: object): readonly ExplainStep[] => {
  const { time, strike } = product as Dated;
  if (time === undefined) return [];
  const root = Math.sqrt(time);
  switch (model.kind) {
    case 'black-scholes-pair':
    case 'kirk': {
      const [first, second] = forwardsOf(model, time);
      return [
        { name: 'forward 1', value: first, source: 'S₁·exp((r − q₁)T)' },
        { name: 'forward 2', value: second, source: 'S₂·exp((r − q₂)T)' },
        discountStep(model.rate, time),
        { name: 'standard deviation 1', value: model.volatility1 * root, source: 'σ₁√T' },
        { name: 'standard deviation 2', value: model.volatility2 * root, source: 'σ₂√T' },
        {
          name: 'volatility of the ratio',
          value: ratioVolatility(model),
          source: '√(σ₁² + σ₂² − 2ρσ₁σ₂)',
        },
      ];
    }
    case 'quanto-black-scholes': {
      const market = quantoMarket(model);
      const drift = { name: 'quanto yield', value: market.dividend, source: 'q + r − r_S + ρσ_Sσ_X' };
      return [drift, ...lognormalSteps(market, time, strike)];
    }
    case 'vanna-volga': {
      const { spot, rate, foreignRate, volatilityAtm } = model;
      const flat = { spot, rate, dividend: foreignRate, volatility: volatilityAtm };
      return lognormalSteps(flat, time, strike);
    }
    case 'merton-jump-diffusion': {
      const { intensity, jumpMean, jumpVolatility, volatility } = model;
      const jumps = intensity * (jumpMean * jumpMean + jumpVolatility * jumpVolatility);
      return [
        forwardStep(model, time),
        discountStep(model.rate, time),
        { name: 'jumps expected', value: intensity * time, source: 'λT' },
        {
          name: 'standard deviation with jumps',
          value: Math.sqrt((volatility * volatility + jumps) * time),
          source: '√((σ² + λ(μ² + δ²))T)',
        },
      ];
    }
    case 'black-76':
    case 'shifted-black': {
      const shift = model.kind === 'shifted-black' ? model.shift : 0;
      const deviation = model.volatility * root;
      return [
        discountStep(model.rate, time),
        deviationStep(deviation),
        ...deviates(model.forward + shift, strike === undefined ? undefined : strike + shift, deviation),
      ];
    }
    case 'bachelier': {
      const deviation = model.normalVolatility * root;
      const steps = [discountStep(model.rate, time), deviationStep(deviation)];
      if (strike === undefined || !(deviation > 0)) return steps;
      return [...steps, { name: 'd', value: (model.forward - strike) / deviation, source: '(F − K)/(σ√T)' }];
    }
    case 'cost-of-carry':
      return [forwardStep(model, time), discountStep(model.rate, time)];
    default:
      return lognormalSteps(model, time, strike);
  }
};
