/** What finite differences solve: a claim on one asset, its market, and what ends it early. */

export interface FiniteDifferenceProblem {
  readonly spot: number;
  /** Years. */
  readonly expiry: number;
  readonly rate: number;
  /** Dividend yield, or the foreign rate. */
  readonly yield: number;
  readonly payoff: (spot: number) => number;
  /** Volatility at `t` years from now and spot `s`. */
  readonly volatility: (t: number, s: number) => number;
  /** Sizes the grid: a typical volatility, such as the implied one. */
  readonly volatilityScale: number;
  /** A kink that the grid should know, usually the strike. */
  readonly strike?: number;
  readonly american?: boolean;
  readonly barrier?: KnockOut;
}

export interface KnockOut {
  /** Spot at or below it knocks out. */
  readonly lower?: number;
  /** Spot at or above it knocks out. */
  readonly upper?: number;
  /** Paid when a barrier is hit; 0 when absent. */
  readonly rebate?: number;
  /** Paid at the upper barrier where it pays otherwise than the lower one. */
  readonly upperRebate?: number;
}
