/** Black's formula by integration, and volatilities by bisection: slow, and nothing of it is the program's own. */
const density = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);

/** Simpson's rule from 0; to 1e-12 within eight deviations. */
function normal(x: number): number {
  const steps = 400;
  const end = Math.max(Math.min(x, 9), -9);
  const width = end / steps;
  let sum = density(0) + density(end);
  for (let index = 1; index < steps; index += 1) sum += density(index * width) * (index % 2 === 1 ? 4 : 2);
  return 0.5 + (sum * width) / 3;
}

export interface BlackTerms {
  readonly isCall: boolean;
  readonly forward: number;
  readonly strike: number;
  readonly years: number;
  readonly discount: number;
}

export function black({ isCall, forward, strike, years, discount }: BlackTerms, volatility: number): number {
  const deviation = volatility * Math.sqrt(years);
  const d1 = Math.log(forward / strike) / deviation + deviation / 2;
  const call = forward * normal(d1) - strike * normal(d1 - deviation);
  return discount * (isCall ? call : call - forward + strike);
}

/** NaN where no volatility between 0.001 and 8 gives the price. */
export function impliedByBisection(terms: BlackTerms, price: number): number {
  let [low, high] = [1e-3, 8];
  if (!(black(terms, low) < price && price < black(terms, high))) return Number.NaN;
  for (let round = 0; round < 60; round += 1) {
    const middle = (low + high) / 2;
    if (black(terms, middle) < price) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
