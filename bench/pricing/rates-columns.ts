/**
 * Ten thousand rates and credit products on a dozen curves: value and every node's derivative, at once and after one quote.
 * Times are of the processor, so that a machine that others share tells the same.
 *
 *   node dist/bench/pricing/rates-columns.js
 */
import {
  prepareRates,
  type RatesBookMarket,
  type RatesRow,
  ratesReason,
  repriceRates,
  setRatesMarket,
} from '../../pricing/batch/rates/book';
import { formatDay } from '../../pricing/calendars/date';
import {
  buildCurves,
  type CurveSet,
  compileCurveGroup,
  rebuildCurves,
} from '../../pricing/curves/curve-group';
import { type DiscountCurve, discountCurve } from '../../pricing/curves/discount-curve';
import { resolveBond } from '../../pricing/products/bond';
import { resolveCapFloor } from '../../pricing/products/cap-floor';
import { resolveCds } from '../../pricing/products/cds';
import { resolveFra } from '../../pricing/products/fra';
import { resolveSwap } from '../../pricing/products/swap';
import { certain, dualCurve, dualQuotes, trade } from '../../test/pricing/support/dual-curve';
import { context, marketOf, swapBook } from '../../test/pricing/support/rates-books';

const entities = Array.from({ length: 10 }, (_, number) => `E${number}`);
const survival = new Map<string, DiscountCurve>(
  entities.map((name, number) => [
    name,
    discountCurve({
      name,
      reference: trade,
      times: Float64Array.of(0.5, 1, 2, 3, 5, 7, 10),
      zeros: Float64Array.from({ length: 7 }, (_, node) => 0.008 + 0.001 * number + 0.001 * node),
      interpolation: 'log-linear-discount',
    }),
  ]),
);

/** One of a hundred products, of days and sizes of its own. */
function rowOf(number: number): RatesRow {
  const day = formatDay(trade + 2 + ((number * 37) % 360));
  const years = 1 + ((number * 7) % 20);
  const rate = 0.02 + 0.0001 * (number % 80);
  switch (number % 10) {
    case 0:
    case 1:
      return {
        product: certain(
          resolveFra({ buys: number % 3 > 0, notional: 1e6, index: 'EUR-EURIBOR-6M', start: day, rate }),
        ),
      };
    case 2:
    case 3:
      return {
        product: certain(
          resolveBond({
            currency: 'EUR',
            face: 1e6,
            coupon: rate,
            dayCount: '30/360',
            settlementLag: 2,
            schedule: {
              start: day,
              end: `${years}Y`,
              tenor: '1Y',
              calendar: 'TARGET',
              convention: 'Unadjusted',
            },
          }),
        ),
      };
    case 4:
      return {
        product: certain(
          resolveCapFloor({
            right: number % 3 > 0 ? 'cap' : 'floor',
            buys: true,
            strike: rate,
            leg: {
              currency: 'EUR',
              notional: 1e6,
              index: 'EUR-EURIBOR-6M',
              dayCount: 'ACT/360',
              schedule: { start: day, end: `${years}Y`, tenor: '6M', calendar: 'TARGET', convention: 'MF' },
            },
          }),
        ),
        volatility: { kind: 'bachelier', volatility: 0.007 },
      };
    case 5:
      return {
        product: certain(
          resolveCds({
            buysProtection: number % 3 > 0,
            currency: 'EUR',
            notional: 1e6,
            coupon: 0.01,
            start: '2024-12-20',
            maturity: `${2025 + (years % 10)}-12-20`,
            entity: entities[((number / 10) % 10) | 0]!,
            recovery: 0.4,
          }),
        ),
      };
    default:
      return { product: certain(resolveSwap(swapBook(day, `${years}Y`, { rate, pays: number % 3 > 0 }))) };
  }
}

const median = (runs: number, work: () => void): string => {
  const times = Array.from({ length: runs }, () => {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e3;
  });
  return `${times
    .sort((a, b) => a - b)
    [runs >> 1]!.toFixed(2)
    .padStart(9)} ms`;
};

const rows = Array.from({ length: 10_000 }, (_, number) => rowOf(number));
let set: CurveSet = certain(buildCurves(certain(compileCurveGroup(dualCurve())), dualQuotes));
const market = (): RatesBookMarket => ({ ...marketOf(set), survival });
const started = process.cpuUsage();
const book = certain(prepareRates(rows, market(), context));
console.log(`compiled in ${(process.cpuUsage(started).user / 1e3).toFixed(0)} ms`);
repriceRates(book);
const lost = rows.findIndex((_, row) => ratesReason(book, row) !== 'priced');
if (lost >= 0) throw new Error(`row ${lost}: ${ratesReason(book, lost)}`);
console.log(
  `${rows.length} rows, ${book.terms.amount.length} terms, ${book.caplets.amount.length} caplets, ${book.pieces.before.length} pieces, ${book.points.slot.length} points, ${book.sensitivity.length} derivatives`,
);

let side = 1;
/** Both curves and all their points anew: every row is repriced. */
const everything = (): void => {
  side = -side;
  set = certain(rebuildCurves(set, { 'D-ON': dualQuotes['D-ON']! + side * 1e-6 }));
  certain(setRatesMarket(book, market()));
  repriceRates(book);
};
const oneQuote = (name: string) => (): void => {
  side = -side;
  set = certain(rebuildCurves(set, { [name]: dualQuotes[name]! + side * 1e-6 }));
  certain(setRatesMarket(book, market()));
  repriceRates(book);
};
for (let i = 0; i < 20; i += 1) everything();
const work = (run: () => void): string => {
  const before = book.rowsPriced;
  run();
  return `${book.rowsPriced - before} rows`;
};
for (const [name, run] of [
  ['every row, after the overnight quote', everything],
  ['after O-30Y', oneQuote('O-30Y')],
  ['after S-5Y', oneQuote('S-5Y')],
  ['after S-20Y', oneQuote('S-20Y')],
] as const)
  console.log(`${name.padEnd(40)} ${median(21, run)}  ${work(run)}`);
