/**
 * European options of one expiry under Heston, a strip of strikes at once: on the bent contour, whose nodes are few,
 * and on the straight one where that does not settle within the error that is wanted.
 */
import type { HestonParameters } from './heston';
import { hestonBentPrices } from './heston-bent';
import { hestonLinePrices } from './heston-line';

export interface HestonStripRequest {
  readonly parameters: HestonParameters;
  readonly forward: number;
  /** Discount factor to payment. */
  readonly discount: number;
  /** Years to expiry, above zero. */
  readonly expiry: number;
  readonly strikes: ArrayLike<number>;
  /** Largest error wanted, as a fraction of the forward; 1e-10 by default. */
  readonly tolerance?: number;
}

/** One number per strike, all discounted calls; puts follow by parity. */
export interface HestonStrip {
  readonly call: Float64Array;
  /** Sensitivities, when asked for: to the forward, twice to the forward, to v0, and to the expiry at fixed F and df. */
  readonly deltaForward: Float64Array;
  readonly gammaForward: Float64Array;
  readonly vegaV0: Float64Array;
  readonly slopeExpiry: Float64Array;
  /** Bound of the error of `call`, in its own units. */
  readonly error: number;
  /** Nodes at which the characteristic function was evaluated. */
  readonly nodes: number;
}

const scaled = (column: Float64Array, by: number): Float64Array =>
  column.length === 0 ? column : column.map((x) => by * x);

/** Discounted calls with, if wanted, their sensitivities; `expiry` and strikes must be above zero. */
export function hestonStrip(request: HestonStripRequest, greeks = false): HestonStrip {
  const { parameters, expiry, forward, discount, strikes } = request;
  const count = strikes.length;
  const logStrikes = new Float64Array(count);
  for (let i = 0; i < count; i++) logStrikes[i] = Math.log(strikes[i]! / forward);
  const asked = { parameters, expiry, logStrikes, tolerance: request.tolerance ?? 1e-10, greeks };
  const unit = hestonBentPrices(asked) ?? hestonLinePrices(asked);
  const money = forward * discount;
  const call = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    // Rounding may leave −1e-15 far out of the money; the bounds of no arbitrage are exact.
    const value = Math.min(Math.max(forward * unit.call[i]!, forward - strikes[i]!, 0), forward);
    call[i] = discount * value;
  }
  return {
    call,
    deltaForward: scaled(unit.delta, discount),
    gammaForward: scaled(unit.gamma, discount / forward),
    vegaV0: scaled(unit.vegaV0, money),
    slopeExpiry: scaled(unit.slopeExpiry, money),
    error: unit.error * money,
    nodes: unit.nodes,
  };
}
