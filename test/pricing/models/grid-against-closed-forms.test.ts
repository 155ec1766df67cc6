/** The grid and the closed forms know nothing of each other: they must agree on barriers, and on American exercise. */
import * as fc from 'fast-check';
import { americanPrice } from '../../../pricing/models/american';
import { barrierPrice } from '../../../pricing/models/barrier';
import { finiteDifference } from '../../../pricing/models/finite-difference';
import { cases } from '../../support/long-runs';

const markets = fc.record({
  spot: fc.constant(100),
  rate: fc.double({ min: 0.005, max: 0.08, noNaN: true }),
  dividend: fc.double({ min: 0.005, max: 0.08, noNaN: true }),
  volatility: fc.double({ min: 0.12, max: 0.5, noNaN: true }),
});
const terms = fc.record({
  right: fc.constantFrom('call' as const, 'put' as const),
  strike: fc.double({ min: 80, max: 125, noNaN: true }),
  time: fc.double({ min: 0.1, max: 2, noNaN: true }),
});
const payoffOf =
  ({ right, strike }: { readonly right: 'call' | 'put'; readonly strike: number }) =>
  (s: number): number =>
    Math.max(right === 'call' ? s - strike : strike - s, 0);

test('knock-outs with one barrier or two are their image series', () => {
  const corridors = fc.constantFrom(
    { lower: 85, upper: Number.POSITIVE_INFINITY },
    { lower: 0, upper: 120 },
    { lower: 80, upper: 125 },
  );
  fc.assert(
    fc.property(markets, terms, corridors, (market, option, corridor) => {
      const exact = barrierPrice({ ...option, ...corridor, knock: 'out', rebate: 0 }, market);
      const fd = finiteDifference({
        spot: market.spot,
        expiry: option.time,
        rate: market.rate,
        yield: market.dividend,
        volatility: () => market.volatility,
        volatilityScale: market.volatility,
        strike: option.strike,
        payoff: payoffOf(option),
        barrier: {
          ...(corridor.lower > 0 && { lower: corridor.lower }),
          ...(Number.isFinite(corridor.upper) && { upper: corridor.upper }),
        },
      });
      expect(Math.abs(fd.value - exact)).toBeLessThan(5e-3 + 3 * fd.error);
    }),
    { numRuns: cases(40), seed: 8 },
  );
});

test('American options are those of the spectral collocation', () => {
  fc.assert(
    fc.property(markets, terms, (market, option) => {
      const fd = finiteDifference({
        spot: market.spot,
        expiry: option.time,
        rate: market.rate,
        yield: market.dividend,
        volatility: () => market.volatility,
        volatilityScale: market.volatility,
        strike: option.strike,
        payoff: payoffOf(option),
        american: true,
      });
      expect(Math.abs(fd.value - americanPrice(option, market))).toBeLessThan(2e-3 + fd.error);
    }),
    { numRuns: cases(25), seed: 9 },
  );
});
