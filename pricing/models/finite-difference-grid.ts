/**
 * The grids of the finite differences: nodes even in the logarithm, second derivatives that are exact for 1, S and S².
 *
 * Without a barrier the nodes are forwards to expiry and the unknown is the value grown at the rate: drift and discount
 * drop out of the equation, so a drift of many deviations needs no nodes, and what is linear in the forward is exact for
 * any deviation. A barrier stands still in spot, and so does its grid.
 */
import type { FiniteDifferenceProblem, KnockOut } from './finite-difference-problem';

export interface Grid {
  /** ln of the forward to expiry where the grid moves, of spot where it stands. */
  readonly x: Float64Array;
  readonly s: Float64Array;
  readonly h: number;
  readonly moving: boolean;
  /** Where the answer is read off. */
  readonly at: number;
}

/** Deviations on either side; what lies beyond is worth its forward. */
const DEVIATIONS = 7;
/** e to this power is still far from the largest number, squared prices included. */
const LOG_MAX = 300;

const isBarred = ({ barrier }: FiniteDifferenceProblem): boolean =>
  barrier?.lower !== undefined || barrier?.upper !== undefined;

/** The ends of a grid without a barrier: deviations about forward and strike; above, as the asset itself weighs them. */
function movingGrid(p: FiniteDifferenceProblem, nodes: number): Grid {
  const deviation = p.volatilityScale * Math.sqrt(p.expiry);
  const width = DEVIATIONS * deviation;
  const at = Math.log(p.spot) + (p.rate - p.yield) * p.expiry;
  const strike = Math.min(Math.max(Math.log(p.strike ?? p.spot), at - width), at + width);
  const reach = Math.min(at, strike) - width;
  const h = (Math.max(at, strike) + width + 0.5 * deviation * deviation - reach) / (nodes - 1);
  const low = at - Math.round((at - reach) / h) * h;
  return evenGrid({ low, h, nodes, moving: true, at });
}

/** A barrier is an end node. The grid is the same for all spots about a strike, so bumped spots are read off one solution. */
function standingGrid(p: FiniteDifferenceProblem, nodes: number): Grid {
  const deviation = p.volatilityScale * Math.sqrt(p.expiry);
  const width = 6 * deviation + Math.abs(p.rate - p.yield) * p.expiry + 0.02;
  const at = Math.log(p.spot);
  const strike = Math.log(p.strike ?? p.spot);
  const { lower, upper } = p.barrier!;
  const beyond = (distance: number): number => (width / 2) * Math.max(0, Math.ceil((2 * distance) / width));
  const low = lower === undefined ? strike - beyond(strike - at) - width : Math.log(lower);
  const high =
    upper === undefined
      ? strike + beyond(at - strike) + width + 0.5 * deviation * deviation
      : Math.log(upper);
  return evenGrid({ low, h: (high - low) / (nodes - 1), nodes, moving: false, at });
}

const evenGrid = ({
  low,
  h,
  nodes,
  moving,
  at,
}: Omit<Grid, 'x' | 's'> & { low: number; nodes: number }): Grid => {
  const x = Float64Array.from({ length: nodes }, (_, i) => low + i * h);
  return { x, s: x.map(Math.exp), h, moving, at };
};

export const gridOf = (p: FiniteDifferenceProblem, nodes: number): Grid =>
  isBarred(p) ? standingGrid(p, nodes) : movingGrid(p, nodes);

/**
 * Why no grid of that many nodes answers the problem within the error that it would state; undefined where one does.
 * Beside a barrier a drift that outruns the diffusion from node to node makes the scheme swing.
 */
export function gridFault(p: FiniteDifferenceProblem, nodes: number): string | undefined {
  const deviation = p.volatilityScale * Math.sqrt(p.expiry);
  const grid = gridOf(p, nodes);
  if (!(deviation > 1e-8)) return `the deviation σ√T is ${deviation}: too small for a grid.`;
  if (!(Math.abs(grid.x[0]!) < LOG_MAX && Math.abs(grid.x[nodes - 1]!) < LOG_MAX))
    return `the deviation σ√T is ${deviation}: prices on the grid would outrun all numbers.`;
  const variance = p.volatilityScale ** 2;
  const drift = Math.abs(p.rate - p.yield);
  if (!grid.moving && drift * grid.h > variance)
    return `the drift ${drift} outruns a volatility of ${p.volatilityScale} between nodes beside a barrier.`;
  return undefined;
}

/** The payoff averaged over a cell: a kink between nodes would otherwise cost an order of accuracy. */
export function averaged(payoff: (s: number) => number, x: number, h: number): number {
  const parts = 32;
  let sum = 0;
  for (let j = 0; j < parts; j++) sum += payoff(Math.exp(x + h * ((j + 0.5) / parts - 0.5)));
  return sum / parts;
}

/** Diffusion and drift of one node, shared by both sides of a step. */
export interface Operator {
  readonly down: Float64Array;
  readonly middle: Float64Array;
  readonly up: Float64Array;
}

/** Spot at a node of a moving grid, per unit of its forward, `tau` before expiry. */
const shareOf = (p: FiniteDifferenceProblem, grid: Grid, tau: number): number =>
  grid.moving ? Math.exp((p.yield - p.rate) * tau) : 1;
/** The unknown of the grid per unit of value. */
const grownOf = (p: FiniteDifferenceProblem, grid: Grid, tau: number): number =>
  grid.moving ? Math.exp(p.rate * tau) : 1;

export function fillOperator(p: FiniteDifferenceProblem, grid: Grid, tau: number, out: Operator): void {
  const { s, h, moving } = grid;
  const share = shareOf(p, grid, tau);
  // ½σ² times these is ½σ²S²·∂²/∂S² through three nodes whose neighbours stand e^h apart.
  const above = 1 / (Math.sinh(h) * Math.expm1(h));
  const below = -1 / (Math.sinh(h) * Math.expm1(-h));
  const drift = moving ? 0 : (p.rate - p.yield) / (2 * Math.sinh(h));
  const discount = moving ? 0 : p.rate;
  for (let i = 1; i < s.length - 1; i++) {
    const volatility = p.volatility(p.expiry - tau, s[i]! * share);
    const half = 0.5 * volatility * volatility;
    out.down[i] = half * below - drift;
    out.middle[i] = -half * (above + below) - discount;
    out.up[i] = half * above + drift;
  }
}

export const rebateAt = ({ rebate = 0, upperRebate = rebate }: KnockOut, end: 'lower' | 'upper'): number =>
  end === 'lower' ? rebate : upperRebate;

/** Times of exercise that an end node tries. */
const TRIES = 16;

/** The end nodes `tau` before expiry: a rebate at a barrier, else what the payoff is worth if the asset grows as its forward. */
export function boundary(
  p: FiniteDifferenceProblem,
  grid: Grid,
  end: 'lower' | 'upper',
  tau: number,
): number {
  if (p.barrier?.[end] !== undefined) return rebateAt(p.barrier, end);
  const spot = (end === 'lower' ? grid.s[0]! : grid.s.at(-1)!) * shareOf(p, grid, tau);
  const worth = (then: number): number =>
    Math.exp(-p.rate * then) * p.payoff(spot * Math.exp((p.rate - p.yield) * then));
  let best = worth(tau);
  if (p.american) for (let i = 0; i < TRIES; i++) best = Math.max(best, worth((tau * i) / TRIES));
  return grownOf(p, grid, tau) * best;
}

/** What exercise pays at every node `tau` before expiry, in the unknown of the grid. */
export function fillExercise(p: FiniteDifferenceProblem, grid: Grid, tau: number, out: Float64Array): void {
  const [share, grown] = [shareOf(p, grid, tau), grownOf(p, grid, tau)];
  for (let i = 0; i < out.length; i++) out[i] = grown * p.payoff(grid.s[i]! * share);
}
