/** Volatilities by date for all strikes alike: total variance is linear between the dates, volatility held before and beyond. */
export interface VolatilityCurve {
  /** Years, rising. */
  readonly times: readonly number[];
  readonly volatilities: readonly number[];
}

/** Total variance σ²t to a time above zero. */
export function curveVariance({ times, volatilities }: VolatilityCurve, time: number): number {
  const at = (node: number): number => volatilities[node]! ** 2 * times[node]!;
  const after = times.findIndex((node) => node >= time);
  if (after < 0) return volatilities.at(-1)! ** 2 * time;
  if (after === 0) return volatilities[0]! ** 2 * time;
  const share = (time - times[after - 1]!) / (times[after]! - times[after - 1]!);
  return at(after - 1) + share * (at(after) - at(after - 1));
}
