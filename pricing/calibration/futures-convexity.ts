/** Futures rate less forward rate: futures settle daily, so that their rate stands above the forward's. */

/** Ho and Lee's model (Hull, section 6.3): σ²·t₁·t₂/2 with an absolute volatility a year and times in years. */
export const hoLeeConvexity = ({
  volatility,
  start,
  end,
}: {
  readonly volatility: number;
  readonly start: number;
  readonly end: number;
}): number => 0.5 * volatility * volatility * start * end;

/**
 * Hull and White's model (G. Kirikos and D. Novak, "Convexity conundrums", Risk, March 1997): the futures price is the
 * forward price under the model's covariance of the rate with the money account. Rates are simple over the period.
 */
export function hullWhiteConvexity({
  futuresRate,
  reversion,
  volatility,
  start,
  end,
}: {
  readonly futuresRate: number;
  readonly reversion: number;
  readonly volatility: number;
  readonly start: number;
  readonly end: number;
}): number {
  const period = end - start;
  const b = (time: number): number => (reversion === 0 ? time : -Math.expm1(-reversion * time) / reversion);
  const whole = b(period);
  const twice = reversion === 0 ? 2 * start : -Math.expm1(-2 * reversion * start) / reversion;
  const z = 0.5 * volatility * volatility * whole * (whole * twice + b(start) ** 2);
  return -Math.expm1(-z) * (futuresRate + 1 / period);
}
