/**
 * The same options priced here and by QuantLib in one run: values compared, speeds as ratios.
 *
 *   QUANTLIB_PYTHON=/path/to/venv/bin/python node dist/bench/pricing/against-quantlib.js
 *
 * The virtual environment has QuantLib from PyPI (`pip install QuantLib`). Its Python package calls the C++ library once
 * an option, and that call is in its time; instruments and engines are made before the clock starts.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PORTION } from '../../pricing/batch/american-solver';
import { MICROS_PER_YEAR, prepareBook, repriceBook } from '../../pricing/batch/book';
import { wasmSolver } from '../../pricing/batch/wasm-american';
import { americanPutPrice, asPut, boundaryWork } from '../../pricing/models/american';
import { ACCURATE_SCHEME, type AmericanScheme, FAST_SCHEME } from '../../pricing/models/american-scheme';
import { barrierPrice } from '../../pricing/models/barrier';
import { fastest, type OptionCase, optionCases, report } from './option-cases';

interface Timed<T> {
  readonly values: readonly T[];
  readonly seconds: number;
}
interface Answer {
  readonly version: string;
  readonly european: Timed<readonly number[]>;
  readonly american: Timed<number>;
  readonly 'american-fast': Timed<number>;
  readonly barrier: Timed<number>;
}

const script = (): string => join(process.cwd(), 'bench', 'pricing', 'quantlib.py');

const askQuantLib = (python: string, request: object): Answer => {
  const { stdout, stderr, status } = spawnSync(python, [script()], {
    input: JSON.stringify(request),
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`QuantLib failed: ${stderr}`);
  return JSON.parse(stdout.toString()) as Answer;
};

const compare = (
  name: string,
  gaps: readonly number[],
  speeds: readonly [ours: number, theirs: number],
): void => {
  report(`${name}: largest difference`, Math.max(...gaps), 'of spot');
  report(`${name}: here`, speeds[0] / 1e3, 'k options/s');
  report(`${name}: QuantLib`, speeds[1] / 1e3, 'k options/s');
  report(`${name}: ratio`, speeds[0] / speeds[1], 'times');
};

const europeans = (cases: readonly OptionCase[], theirs: Answer['european']): void => {
  const book = prepareBook(
    cases.map((c, i) => ({
      right: c.right,
      exercise: 'european',
      strike: c.strike,
      expiry: Math.round((c.days / 365) * MICROS_PER_YEAR),
      underlying: 0,
      rate: i,
      yield: i,
    })),
    { origin: 0 },
  );
  if (!book.ok) throw new Error(book.message);
  const { columns: c } = book.value;
  c.spots[0] = 100;
  cases.forEach(({ rate, dividend, volatility }, i) => {
    c.rateValues[i] = rate;
    c.yieldValues[i] = dividend;
    c.volatilities[i] = volatility;
  });
  const seconds = fastest(20, () => repriceBook(book.value, 0));
  const gaps = theirs.values.map((row, i) =>
    Math.max(
      ...[c.price, c.delta, c.gamma, c.vega, c.theta, c.rho].map(
        (column, k) => Math.abs(column[i]! - row[k]!) / 100,
      ),
    ),
  );
  compare('European and 7 Greeks (each its own node)', gaps, [
    cases.length / seconds,
    cases.length / theirs.seconds,
  ]);
};

const americans = (
  name: string,
  cases: readonly OptionCase[],
  theirs: Timed<number>,
  scheme: AmericanScheme,
): void => {
  const work = boundaryWork(scheme);
  const puts = cases.map((c) => asPut({ right: c.right, strike: c.strike, time: c.days / 365 }, c));
  const ours = puts.map((put) => americanPutPrice(put, scheme, work));
  const seconds = fastest(3, () => {
    for (const put of puts) americanPutPrice(put, scheme, work);
  });
  const gaps = ours.map((value, i) => Math.abs(value - theirs.values[i]!) / 100);
  compare(name, gaps, [cases.length / seconds, cases.length / theirs.seconds]);
};

/** The same premiums two at a time, with delta, gamma and boundary; a European price more costs a hundredth of one. */
const americansInSimd = (cases: readonly OptionCase[], theirs: Timed<number>): void => {
  const solver = wasmSolver();
  const puts = cases.map((c) => asPut({ right: c.right, strike: c.strike, time: c.days / 365 }, c));
  const portions = Array.from({ length: Math.ceil(puts.length / PORTION) }, (_, i) =>
    puts.slice(i * PORTION, (i + 1) * PORTION),
  );
  const seconds = fastest(5, () => {
    for (const portion of portions) {
      portion.forEach((put, i) => {
        for (const name of ['spot', 'strike', 'rate', 'dividend', 'volatility', 'time'] as const)
          solver.puts[name][i] = put[name];
      });
      solver.solve(portion.length);
    }
  });
  const [ours, theirsPerSecond] = [cases.length / seconds, cases.length / theirs.seconds];
  report('American, fast, in SIMD: here', ours / 1e3, 'k options/s');
  report('American, fast, in SIMD: ratio', ours / theirsPerSecond, 'times');
};

const barriers = (cases: readonly OptionCase[], theirs: Timed<number>): void => {
  const value = (c: OptionCase) =>
    barrierPrice(
      {
        right: c.right,
        strike: c.strike,
        time: c.days / 365,
        lower: 70,
        upper: Infinity,
        knock: 'out',
        rebate: 1,
      },
      c,
    );
  const seconds = fastest(5, () => cases.forEach(value));
  const gaps = cases.map((c, i) => Math.abs(value(c) - theirs.values[i]!) / 100);
  compare('Down-and-out with rebate', gaps, [cases.length / seconds, cases.length / theirs.seconds]);
};

const run = (): void => {
  const python = process.env['QUANTLIB_PYTHON'];
  if (!python || !existsSync(python)) {
    console.log('against-quantlib: skipped. Set QUANTLIB_PYTHON to a Python that has QuantLib.');
    return;
  }
  const many = optionCases(20_000);
  const few = optionCases(2000, 7);
  const answer = askQuantLib(python, { european: many, american: few, 'american-fast': few, barrier: many });
  console.log(`QuantLib ${answer.version}`);
  europeans(many, answer.european);
  americans('American, accurate', few, answer.american, ACCURATE_SCHEME);
  americans('American, fast', few, answer['american-fast'], FAST_SCHEME);
  americansInSimd(few, answer['american-fast']);
  barriers(many, answer.barrier);
};

export const bench = { name: 'against-quantlib', run };

if (require.main === module) bench.run();
