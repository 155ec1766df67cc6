/**
 * Vanilla options, European and American, on the finite-difference grid: under one volatility, or under the local
 * volatility of an SVI surface. The error that comes with the value is the grid's own estimate.
 */
import { failure, type Pricer, type Result, success, type Valuation } from '../contract';
import { exerciseNeverPays } from '../models/american';
import {
  type FiniteDifferenceProblem,
  type FiniteDifferenceResult,
  finiteDifference,
  type GridSize,
} from '../models/finite-difference';
import { gridFault } from '../models/finite-difference-grid';
import type { VanillaOption } from '../products/vanilla-option';
import { localVolatility } from '../volatility/local-volatility';
import { type SviSurface, surfaceFaults, surfaceVolatility } from '../volatility/svi-surface';
import { withComputed } from './computed-valuation';
import { perDay, perRate, perVolatility, perYear, plainGreek, spotDelta } from './greek-unit';

interface GridMarket {
  readonly spot: number;
  readonly rate: number;
  readonly dividend: number;
  /** 401 × 200 when absent. */
  readonly grid?: GridSize;
}

export interface FiniteDifferenceModel extends GridMarket {
  readonly kind: 'finite-difference';
  readonly volatility: number;
}

export interface LocalVolatilityModel extends GridMarket {
  readonly kind: 'local-volatility';
  readonly surface: SviSurface;
}

const GRID_MAX = 5000;
const SOURCE =
  'Crank–Nicolson after four implicit half steps (Rannacher 1984), policy iteration for exercise';

const marketFault = (m: GridMarket) => {
  const size = m.grid ?? { nodes: 401, steps: 200 };
  const sound = size.nodes >= 21 && size.nodes <= GRID_MAX && size.steps >= 8 && size.steps <= GRID_MAX;
  if (!sound) {
    return failure(
      'grid-must-be-within-limits',
      `the grid has ${size.nodes} nodes and ${size.steps} steps. Use 21 to ${GRID_MAX} nodes and 8 to ${GRID_MAX} steps.`,
    );
  }
  if (m.spot > 0 && Number.isFinite(m.rate) && Number.isFinite(m.dividend)) return undefined;
  return failure(
    'market-must-be-finite',
    `cannot solve: spot ${m.spot}, rate ${m.rate}, dividend yield ${m.dividend}. Give numbers, and a spot above zero.`,
  );
};

type Diffusion = Pick<FiniteDifferenceProblem, 'volatility' | 'volatilityScale' | 'american'>;

const problemOf = (option: VanillaOption, m: GridMarket, diffusion: Diffusion): FiniteDifferenceProblem => {
  const sign = option.right === 'call' ? 1 : -1;
  return {
    spot: m.spot,
    expiry: option.time,
    rate: m.rate,
    yield: m.dividend,
    strike: option.strike,
    payoff: (s) => Math.max(sign * (s - option.strike), 0),
    ...diffusion,
  };
};

/**
 * Where early exercise never pays the option is its European twin, bumped rates or not: a rate that is zero today would
 * bring in a premium on one side that today has not.
 */
const exercisedEarly = (option: VanillaOption, m: GridMarket): boolean =>
  option.exercise === 'american' && !exerciseNeverPays(option, { ...m, volatility: 1 });

/** An error beyond this share of spot or strike tells that the grid is too coarse for the option, and its Greeks are none. */
const ERROR_MAX = 0.005;

/** Central differences of the whole solution, on one grid, so the grid's error cancels. */
function bumped(solve: (bump: number) => number, step: number): number {
  return (solve(step) - solve(-step)) / (2 * step);
}

interface Bumps {
  readonly at: (market: GridMarket, volatilityBump: number) => FiniteDifferenceProblem;
  /** The volatility that sizes the grid. */
  readonly scale: number;
}

function valuation(option: VanillaOption, m: GridMarket, bumps: Bumps): Result<Valuation> {
  const size = m.grid ?? { nodes: 401, steps: 200 };
  const problem = bumps.at(m, 0);
  const fault = gridFault(problem, size.nodes);
  if (fault) return failure('grid-must-hold-the-option', `cannot solve: ${fault} Use black-scholes.`);
  const base = finiteDifference(problem, size);
  if (!(base.error <= ERROR_MAX * Math.max(m.spot, option.strike)))
    return failure(
      'grid-error-must-be-small',
      `the grid of ${size.nodes} nodes and ${size.steps} steps is off by up to ${base.error}. Give a finer one, or use black-scholes.`,
    );
  const value = problem.american ? Math.max(base.value, problem.payoff(m.spot)) : base.value;
  return success(
    withComputed(
      { value, error: base.error },
      {
        greeks: () => gridGreeks(base, m, { ...bumps, size }),
        explain: () => [
          { name: 'grid nodes', value: size.nodes },
          { name: 'time steps', value: size.steps },
          { name: 'volatility that sizes the grid', value: bumps.scale },
          { name: 'exercise', value: option.exercise },
          { name: 'value', value, source: SOURCE },
          { name: 'discretisation error', value: base.error, source: 'differences of three grids' },
        ],
      },
    ),
  );
}

function gridGreeks(
  base: FiniteDifferenceResult,
  m: GridMarket,
  { at, scale, size }: Bumps & { readonly size: GridSize },
): Valuation['greeks'] {
  const value = (market: GridMarket, volatilityBump = 0): number =>
    finiteDifference(at(market, volatilityBump), size).value;
  return {
    delta: spotDelta(base.delta, 'per unit of the underlying, from the grid'),
    gamma: plainGreek(base.gamma, 'change of delta per unit of spot, from the grid'),
    theta: perYear(base.theta, 'market held, by the equation from value, delta and gamma'),
    thetaDay: perDay(base.theta),
    vega: perVolatility(
      bumped((h) => value(m, h), Math.min(0.001, scale / 10)),
      'volatility, all volatilities in parallel, central difference of 0.1 points at most',
    ),
    rho: perRate(
      bumped((h) => value({ ...m, rate: m.rate + h }), 1e-4),
      'the rate, central difference of 1 bp',
    ),
    dividendRho: perRate(
      bumped((h) => value({ ...m, dividend: m.dividend + h }), 1e-4),
      'the continuous yield, central difference of 1 bp',
    ),
  };
}

export const finiteDifferenceVanillaPricer: Pricer<VanillaOption, FiniteDifferenceModel> = {
  product: 'vanilla-option',
  model: 'finite-difference',
  price: (option, m) => {
    const fault = marketFault(m);
    if (fault) return fault;
    if (!(m.volatility > 0 && m.volatility < 10)) {
      return failure(
        'volatility-must-be-positive',
        `the volatility is ${m.volatility}. Give one above zero.`,
      );
    }
    const at = (market: GridMarket, bump: number): FiniteDifferenceProblem =>
      problemOf(option, market, {
        volatility: () => m.volatility + bump,
        volatilityScale: m.volatility,
        american: exercisedEarly(option, m),
      });
    return valuation(option, m, { at, scale: m.volatility });
  },
};

export const localVolatilityVanillaPricer: Pricer<VanillaOption, LocalVolatilityModel> = {
  product: 'vanilla-option',
  model: 'local-volatility',
  price: (option, m) => {
    const fault = marketFault(m);
    if (fault) return fault;
    const [broken] = surfaceFaults(m.surface, 1e-6);
    if (broken) {
      return failure(
        'surface-must-be-free-of-arbitrage',
        `local volatility needs a surface without arbitrage: ${broken.message}`,
      );
    }
    const forward = m.spot * Math.exp((m.rate - m.dividend) * option.time);
    const scale = surfaceVolatility(m.surface, option.time, Math.log(option.strike / forward));
    const local = localVolatility(m.surface, m.spot);
    const at = (market: GridMarket, bump: number): FiniteDifferenceProblem =>
      problemOf(option, market, {
        volatility: (t, s) => local.at(t, s) + bump,
        volatilityScale: scale,
        american: exercisedEarly(option, m),
      });
    return valuation(option, m, { at, scale });
  },
};
