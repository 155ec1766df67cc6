/** European vanilla options under Heston: value, Greeks and the working. */
import {
  type ExplainStep,
  failure,
  type Greek,
  type Pricer,
  type Result,
  success,
  type Valuation,
} from '../contract';
import { type HestonParameters, hestonExpectedVariance, hestonFault } from '../models/heston';
import { type HestonStrip, hestonStrip } from '../models/heston-strip';
import type { VanillaOption } from '../products/vanilla-option';
import { perDay, perRate, perVolatility, perYear, plainGreek, spotDelta } from './greek-unit';

/** Heston with the market that it prices in. */
export interface HestonMarket extends HestonParameters {
  readonly kind: 'heston';
  readonly spot: number;
  /** Continuously compounded. */
  readonly rate: number;
  /** Continuous dividend yield. */
  readonly dividend: number;
}

const SOURCE =
  'Lewis 2001 on contours bent by sinh (Boyarchenko, Levendorskiĭ 2019); characteristic function of Albrecher et al. 2007';

interface Carried {
  readonly forward: number;
  readonly discount: number;
  readonly held: number;
}

/** Greeks of the call from the strip's, then those of the put by parity. */
function greeksOf(
  option: VanillaOption,
  m: HestonMarket,
  strip: HestonStrip,
  c: Carried,
): Record<string, Greek> {
  const { time, strike, right } = option;
  const put = right === 'put' ? 1 : 0;
  const [spot, cash] = [m.spot * c.held, strike * c.discount];
  const toSpot = c.forward / m.spot;
  const forwardDelta = strip.deltaForward[0]!;
  const inForward = c.forward * forwardDelta;
  const call = strip.call[0]!;
  const growth = -m.rate * call + (m.rate - m.dividend) * inForward + strip.slopeExpiry[0]!;
  const year = -(growth + put * (m.dividend * spot - m.rate * cash));
  return {
    delta: spotDelta(forwardDelta * toSpot - put * c.held, 'per unit of the underlying'),
    gamma: plainGreek(strip.gammaForward[0]! * toSpot * toSpot, 'change of delta per unit of spot'),
    vegaV0: plainGreek(strip.vegaV0[0]!, 'per 1.00 of initial variance v0'),
    vega: perVolatility(strip.vegaV0[0]! * 2 * Math.sqrt(m.v0), 'initial volatility √v0'),
    theta: perYear(year, 'parameters and market held'),
    thetaDay: perDay(year),
    rho: perRate(time * (inForward - call - put * cash), 'the rate'),
    dividendRho: perRate(time * (put * spot - inForward), 'the dividend yield'),
  };
}

function price(option: VanillaOption, m: HestonMarket): Result<Valuation> {
  const fault = hestonFault(m);
  if (fault) return fault;
  if (!(m.spot > 0) || !Number.isFinite(m.rate) || !Number.isFinite(m.dividend)) {
    return failure(
      'market-must-be-finite',
      `cannot price under Heston: spot ${m.spot}, rate ${m.rate}, dividend yield ${m.dividend}. Give numbers, and a spot above zero.`,
    );
  }
  if (option.exercise === 'american') {
    return failure(
      'exercise-not-supported',
      'Heston prices European exercise here. Use a scripted claim with an exercise statement for American.',
    );
  }
  const { time, strike } = option;
  const forward = m.spot * Math.exp((m.rate - m.dividend) * time);
  const carried = { forward, discount: Math.exp(-m.rate * time), held: Math.exp(-m.dividend * time) };
  const strip = hestonStrip(
    { parameters: m, forward, discount: carried.discount, expiry: time, strikes: [strike], tolerance: 1e-12 },
    true,
  );
  const parity = carried.discount * (forward - strike);
  const value = option.right === 'call' ? strip.call[0]! : Math.max(strip.call[0]! - parity, 0);
  const explain: readonly ExplainStep[] = [
    ...(['v0', 'kappa', 'theta', 'sigma', 'rho'] as const).map((name) => ({ name, value: m[name] })),
    { name: 'forward', value: forward, source: 'spot · exp((rate − dividend) · time)' },
    { name: 'discount factor', value: carried.discount, source: 'exp(−rate · time)' },
    {
      name: 'expected variance',
      value: hestonExpectedVariance(m, time),
      source: 'θT + (v0 − θ)(1 − e^(−κT))/κ, the variance of the control variate',
    },
    { name: 'call', value: strip.call[0]!, source: SOURCE },
    { name: 'nodes of the integral', value: strip.nodes },
    ...(option.right === 'put'
      ? [{ name: 'put', value, source: 'call − discount · (forward − strike)' }]
      : []),
  ];
  return success({ value, error: strip.error, greeks: greeksOf(option, m, strip, carried), explain });
}

export const hestonVanillaPricer: Pricer<VanillaOption, HestonMarket> = {
  product: 'vanilla-option',
  model: 'heston',
  price,
};
