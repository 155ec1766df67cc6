/**
 * American vanillas one by one: `node dist/bench/pricing/american-prices.js`. Error against the accurate scheme, speed of
 * each scheme; the accurate scheme itself is compared with QuantLib's in `against-quantlib`.
 */
import { PORTION } from '../../pricing/batch/american-solver';
import { wasmSolver } from '../../pricing/batch/wasm-american';
import { americanPutPrice, asPut, boundaryWork } from '../../pricing/models/american';
import { ACCURATE_SCHEME, FAST_SCHEME } from '../../pricing/models/american-scheme';
import { cheapest, fastest, optionCases, report } from './option-cases';

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
  const solver = wasmSolver();
  const portion = puts.slice(0, PORTION);
  portion.forEach((put, i) => {
    solver.puts.spot[i] = put.spot;
    solver.puts.strike[i] = put.strike;
    solver.puts.rate[i] = put.rate;
    solver.puts.dividend[i] = put.dividend;
    solver.puts.volatility[i] = put.volatility;
    solver.puts.time[i] = put.time;
  });
  const rounds = 50;
  const portions = (): void => {
    for (let i = 0; i < rounds; i++) solver.solve(PORTION);
  };
  const premiums = PORTION * rounds;
  report('Premiums in SIMD, fast scheme, one thread', premiums / fastest(9, portions) / 1e3, 'k/s');
  report('  by processor time', premiums / cheapest(9, portions) / 1e3, 'k/s');
  report('American, accurate scheme, one thread', some.length / slow / 1e3, 'k options/s');
};

export const bench = { name: 'american-prices', run };

if (require.main === module) bench.run();
