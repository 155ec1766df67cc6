/** Curves from quotes, a book of rates on them, a quote that moves, one that goes, and a day that passes. Run: node dist/examples/pricing/curve-rebuild.js */
import {
  prepareRates,
  type RatesRow,
  ratesReason,
  repriceRates,
  rowSensitivities,
  setRatesMarket,
} from '../../pricing/batch';
import { calendarOf, microsOfDay, parseDay, tenorOf } from '../../pricing/calendars';
import { deposit, parSwap, type SwapConvention } from '../../pricing/calibration';
import { buildCurves, type CurveSet, compileCurveGroup, rebuildCurves } from '../../pricing/curves';
import { rateIndexOf, resolveSwap } from '../../pricing/products';
import { rollMarket } from '../../pricing/time';

const trade = parseDay('2026-01-15')!;
const target = calendarOf('TARGET');
const estr: SwapConvention = {
  spotLag: 2,
  calendar: target,
  fixedTenor: tenorOf('1Y'),
  fixedDayCount: 'ACT/360',
  convention: 'ModifiedFollowing',
  index: rateIndexOf('EUR-ESTR'),
  paymentLag: 1,
};
const tenors = ['1Y', '2Y', '5Y', '10Y', '20Y'];

// One curve that discounts and forecasts; each quote makes a node.
const group = compileCurveGroup({
  reference: trade,
  curves: [
    {
      name: 'EUR-OIS',
      interpolation: 'log-linear-discount',
      instruments: [
        deposit({
          quote: 'ON',
          label: 'ON',
          curve: 'EUR-OIS',
          trade,
          spotLag: 0,
          tenor: tenorOf('1D'),
          dayCount: 'ACT/360',
          calendar: target,
          convention: 'Following',
        }),
        ...tenors.map((label) => {
          const instrument = parSwap({
            quote: label,
            label,
            trade,
            tenor: tenorOf(label),
            convention: estr,
            discount: 'EUR-OIS',
            forward: 'EUR-OIS',
          });
          if (!instrument.ok) throw new Error(instrument.message);
          return instrument.value;
        }),
      ],
    },
  ],
});
if (!group.ok) throw new Error(group.message);
const built = buildCurves(group.value, {
  ON: 0.0193,
  '1Y': 0.019,
  '2Y': 0.0195,
  '5Y': 0.022,
  '10Y': 0.0255,
  '20Y': 0.027,
});
if (!built.ok) throw new Error(built.message);

const marketOf = (set: CurveSet) => ({
  curves: set.curves,
  discount: { EUR: 'EUR-OIS' },
  forward: { 'EUR-ESTR': 'EUR-OIS' },
  set,
});
const payer = (end: string): RatesRow => {
  const leg = { currency: 'EUR', notional: 1e6, dayCount: 'ACT/360', paymentLag: 1 };
  const schedule = {
    start: '2026-01-19',
    end,
    tenor: '1Y',
    calendar: 'TARGET',
    convention: 'ModifiedFollowing',
  };
  const swap = resolveSwap({
    legs: [
      { ...leg, type: 'fixed', pays: true, rate: 0.022, schedule },
      { ...leg, type: 'floating', pays: false, index: 'EUR-ESTR', schedule },
    ],
  });
  if (!swap.ok) throw new Error(swap.message);
  return { product: swap.value };
};

const prepared = prepareRates(['2Y', '5Y', '10Y'].map(payer), marketOf(built.value), {
  valuationTime: microsOfDay(trade),
  snapshot: 'example',
});
if (!prepared.ok) throw new Error(prepared.message);
const book = prepared.value;

const take = (set: CurveSet, what: string): void => {
  const taken = setRatesMarket(book, marketOf(set));
  if (!taken.ok) throw new Error(taken.message);
  const rows = repriceRates(book).length;
  const said = book.rows.map((_, row) =>
    ratesReason(book, row) === 'priced' ? book.value.data[row]!.toFixed(0) : ratesReason(book, row),
  );
  console.log(`${what}: ${rows} rows, ${said.join(', ')}`);
};
take(built.value, 'built');
for (const { label, value } of rowSensitivities(book, 1))
  console.log(`  ${label}: ${(value * 1e-4).toFixed(2)} a basis point`);
const moved = rebuildCurves(built.value, { '10Y': 0.0257 });
if (!moved.ok) throw new Error(moved.message);
take(moved.value, 'ten years up two basis points');
const gone = rebuildCurves(moved.value, { '10Y': Number.NaN });
if (!gone.ok) throw new Error(gone.message);
take(gone.value, 'without the quote of ten years');

const tomorrow = rollMarket(marketOf(moved.value), {
  to: trade + 1,
  curves: 'forwards-realise',
  fixings: 'as-forecast',
});
if (!tomorrow.ok) throw new Error(tomorrow.message);
const next = prepareRates(['2Y', '5Y', '10Y'].map(payer), tomorrow.value, {
  valuationTime: microsOfDay(trade + 1),
  snapshot: 'example, a day later',
});
if (!next.ok) throw new Error(next.message);
repriceRates(next.value);
console.log(`a day later, forwards come true: ${next.value.value.data[2]!.toFixed(0)}`);
