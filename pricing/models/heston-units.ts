/** Calls under Heston in units of the forward, undiscounted: what every quadrature is asked and answers. */
import type { HestonParameters } from './heston';

export interface HestonUnitRequest {
  readonly parameters: HestonParameters;
  /** Years to expiry, above zero. */
  readonly expiry: number;
  /** ln(K/F) of each strike. */
  readonly logStrikes: Float64Array;
  /** Largest error wanted. */
  readonly tolerance: number;
  /** Whether the sensitivities are wanted too; without them their arrays are empty. */
  readonly greeks: boolean;
}

/** One number per strike, for a forward of one. */
export interface HestonUnitPrices {
  readonly call: Float64Array;
  /** To the forward, twice to the forward, to v0, and to the expiry at fixed forward. */
  readonly delta: Float64Array;
  readonly gamma: Float64Array;
  readonly vegaV0: Float64Array;
  readonly slopeExpiry: Float64Array;
  /** Bound of the error of `call`. */
  readonly error: number;
  /** Nodes at which the characteristic function was evaluated. */
  readonly nodes: number;
}

const NOTHING = new Float64Array(0);

export function unitPrices(count: number, greeks: boolean): Omit<HestonUnitPrices, 'error' | 'nodes'> {
  const column = (): Float64Array => (greeks ? new Float64Array(count) : NOTHING);
  return {
    call: new Float64Array(count),
    delta: column(),
    gamma: column(),
    vegaV0: column(),
    slopeExpiry: column(),
  };
}
