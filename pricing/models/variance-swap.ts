/**
 * Fair variance from a strip of options, by the piecewise linear replication of the log contract.
 *
 * Source: K. Demeterfi, E. Derman, M. Kamal, J. Zou, "More than you ever wanted to know about volatility swaps", Goldman
 * Sachs Quantitative Strategies (1999), appendix A. The strip's finite spacing overstates the variance a little.
 */
import { blackScholesPrice, type Right } from './black';

export interface StripQuote {
  readonly right: Right;
  readonly strike: number;
  readonly volatility: number;
}

export interface VarianceStrip {
  /** Puts at and below, calls at and above one boundary strike that both hold. */
  readonly quotes: readonly StripQuote[];
  /** How far beyond the last strikes the replication reaches. */
  readonly endStep: number;
  readonly spot: number;
  readonly rate: number;
  readonly dividend: number;
  readonly time: number;
}

/** Options held of each quote, walking away from the boundary: differences of the slopes of the log payoff. */
const weights = (strikes: readonly number[], boundary: number, time: number): readonly number[] => {
  const payoff = (k: number) => (2 / time) * ((k - boundary) / boundary - Math.log(k / boundary));
  let before = 0;
  return strikes.slice(0, -1).map((strike, i) => {
    const next = strikes[i + 1]!;
    const slope = Math.abs((payoff(next) - payoff(strike)) / (next - strike));
    const weight = slope - before;
    before = slope;
    return weight;
  });
};

/** Annualised fair variance; NaN when the strip lacks puts or calls or they do not share a boundary. */
export const replicatedVariance = ({
  quotes,
  endStep,
  spot,
  rate,
  dividend,
  time,
}: VarianceStrip): number => {
  const side = (right: Right, outward: 1 | -1) =>
    quotes.filter((quote) => quote.right === right).sort((a, b) => outward * (a.strike - b.strike));
  const [puts, calls] = [side('put', -1), side('call', 1)];
  const boundary = calls[0]?.strike ?? Number.NaN;
  if (puts[0]?.strike !== boundary) return Number.NaN;
  let options = 0;
  for (const [wing, outward] of [
    [puts, -1],
    [calls, 1],
  ] as const) {
    const last = wing[wing.length - 1]!.strike + outward * endStep;
    const strikes = [...wing.map(({ strike }) => strike), Math.max(last, 1e-8 * boundary)];
    weights(strikes, boundary, time).forEach((weight, i) => {
      const { right, strike, volatility } = wing[i]!;
      options += weight * blackScholesPrice({ right, strike, time }, { spot, rate, dividend, volatility });
    });
  }
  const forward = spot * Math.exp((rate - dividend) * time);
  return (
    2 * (rate - dividend) -
    (2 / time) * (forward / boundary - 1 + Math.log(boundary / spot)) +
    options * Math.exp(rate * time)
  );
};
