/** What an interpolation answers, whatever its kind. */

export interface Interpolant {
  /** I(t) = −ln P(t) for a time in years; t ≥ 0. */
  readonly integral: (time: number) => number;
  /** The instantaneous forward rate I'(t), from the left at a node. */
  readonly forward: (time: number) => number;
  /** Adds weight · ∂I(t)/∂z to the gradient, which has one place for each node from `offset` on. */
  readonly addGradient: (time: number, weight: number, gradient: Float64Array, offset: number) => void;
}

/** Binds a scheme to node times once; a set of zero rates then makes an interpolant. */
export type Scheme = (times: Float64Array) => (zeros: Float64Array) => Interpolant;
