/**
 * American vanillas one by one: `node dist/bench/pricing/american-prices.js`. Error against the accurate scheme, speed of
 * each scheme; the accurate scheme itself is compared with QuantLib's in `against-quantlib`.
 */
import { americanPutPrice, asPut, boundaryWork } from '../../pricing/models/american.js';
import { ACCURATE_SCHEME, FAST_SCHEME } from '../../pricing/models/american-scheme.js';
import { cheapest, fastest, optionCases, report } from './option-cases.js';

const CASES = 20_000;

const run = (): void => {
  const puts = optionCases(CASES).map((c) =>
    asPut({ right: c.right, strike: c.strike, time: c.days / 365 }, { ...c }),
  );
  const accurate = boundaryWork(ACCURATE_SCHEME);
  const exact = puts.map((put) => americanPutPrice(put, ACCURATE_SCHEME, accurate));
  const work = boundaryWork(FAST_SCHEME);
  let worst = 0;
  puts.forEach((put, i) => {
    worst = Math.max(worst, Math.abs(americanPutPrice(put, FAST_SCHEME, work) - exact[i]!) / 100);
  });
  const all = (): void => {
    for (const put of puts) americanPutPrice(put, FAST_SCHEME, work);
  };
  report('American, fast scheme, one thread', CASES / fastest(9, all) / 1e3, 'k options/s');
  report('  by processor time', CASES / cheapest(9, all) / 1e3, 'k options/s');
  report('  largest difference from the accurate scheme', worst, 'of spot');
  const some = puts.slice(0, 2000);
  const slow = fastest(3, () => {
    for (const put of some) americanPutPrice(put, ACCURATE_SCHEME, accurate);
  });
  report('American, accurate scheme, one thread', some.length / slow / 1e3, 'k options/s');
};

export const bench = { name: 'american-prices', run };

if (require.main === module) bench.run();
