/** A day passes: curves, markets, surfaces, books and trades move to the new time by the rule that was asked for. */
import {
  type BookOption,
  prepareBook,
  reasonOf,
  repriceMoved,
  setRate,
  setSpot,
  setVolatility,
  setYield,
} from '../../../pricing/batch/book';
import { microsOfDay } from '../../../pricing/calendars/date';
import { buildCurves, compileCurveGroup } from '../../../pricing/curves/curve-group';
import { interpolationNames } from '../../../pricing/curves/interpolation';
import type { RatesMarket } from '../../../pricing/measures/rates-market';
import { swapPricer } from '../../../pricing/measures/swap';
import { standardRegistry } from '../../../pricing/pricers';
import { resolveSwap } from '../../../pricing/products/swap';
import { cashDue } from '../../../pricing/time/cash-due';
import { datedOption, optionAt } from '../../../pricing/time/dated-option';
import { rollBook, rowLife } from '../../../pricing/time/roll-book';
import { rollCurve } from '../../../pricing/time/roll-curve';
import { rollMarket } from '../../../pricing/time/roll-market';
import { rollSurface } from '../../../pricing/time/roll-surface';
import { liveSurface } from '../../../pricing/volatility/live-surface';
import { certain, dualCurve, dualQuotes, trade } from '../support/dual-curve';
import { curveSet, marketOf, ois, swapBook } from '../support/rates-books';

const market = marketOf(curveSet);
const DAY = 86_400e6;

test.each(
  interpolationNames,
)('under %s a rolled curve discounts what comes after the day as before', (name) => {
  const set = certain(buildCurves(certain(compileCurveGroup(dualCurve(name))), dualQuotes));
  const curve = set.curves.get('EUR-6M')!;
  const to = trade + 400;
  const rolled = certain(rollCurve(curve, to, 'forwards-realise'));
  expect(rolled.labels).toEqual(curve.labels.slice(2));
  for (const time of rolled.times) {
    const day = Math.round(to + time * 365);
    expect(rolled.discountOn(day)).toBeCloseTo(curve.discountOn(day) / curve.discountOn(to), 12);
  }
});

test('under log-linear discounts that holds on every day', () => {
  const curve = curveSet.curves.get('EUR-OIS')!;
  const rolled = certain(rollCurve(curve, trade + 1, 'forwards-realise'));
  for (let day = trade + 1; day < trade + 9000; day += 97)
    expect(rolled.discountOn(day)).toBeCloseTo(curve.discountOn(day) / curve.discountOn(trade + 1), 13);
});

test('rates that stand keep the rate of each tenor', () => {
  const curve = curveSet.curves.get('EUR-OIS')!;
  const rolled = certain(rollCurve(curve, trade + 30, 'rates-stand'));
  for (const years of [0.1, 1, 7.3]) expect(rolled.zeroRate(years)).toBe(curve.zeroRate(years));
});

test.each([
  [trade - 1, 'forwards-realise', 'roll-must-go-forward'],
  [trade + 1.5, 'rates-stand', 'roll-must-go-forward'],
  [trade + 40_000, 'forwards-realise', 'curve-must-reach-the-day'],
] as const)('a roll to day %s by %s is refused as %s', (to, rule, reason) => {
  expect(rollCurve(curveSet.curves.get('EUR-OIS')!, to, rule)).toMatchObject({ ok: false, reason });
});

const valueOn = (day: number, at: RatesMarket): number =>
  certain(
    swapPricer.price(
      certain(resolveSwap(swapBook('2025-02-12', '10Y'))),
      { kind: 'discounting', market: at },
      { valuationTime: microsOfDay(day), snapshot: 'rolled' },
    ),
  ).value;

test('where forwards come true a swap earns the overnight rate and nothing else', () => {
  // Over the first fixing of the swap, which the forecast of its day gives.
  for (const days of [1, 4, 31]) {
    const to = trade + days;
    const rolled = certain(rollMarket(market, { to, curves: 'forwards-realise', fixings: 'as-forecast' }));
    const grown = valueOn(trade, market) / curveSet.curves.get('EUR-OIS')!.discountOn(to);
    expect(valueOn(to, rolled)).toBeCloseTo(grown, 6);
  }
});

test('FX rates go to their forwards where forwards come true; a pair that cannot is left out and missed by name', () => {
  const to = trade + 90;
  const given = { ...market, fx: { EURUSD: { rate: 1.05 }, EURGBP: { rate: 0.85 } } };
  const ahead = certain(rollMarket(given, { to, curves: 'forwards-realise', fixings: 'must-be-known' }));
  const [euro, dollar] = ['EUR-OIS', 'EUR-6M'].map((name) => market.curves.get(name)!.discountOn(to));
  expect(ahead.fx!['EURUSD']!.rate).toBeCloseTo((1.05 * euro!) / dollar!, 12);
  expect(ahead.fx!['EURGBP']).toBeUndefined();
  const still = certain(rollMarket(given, { to, curves: 'rates-stand', fixings: 'must-be-known' }));
  expect(still.fx).toEqual({ EURUSD: { rate: 1.05 }, EURGBP: { rate: 0.85 } });
});

test('a passed fixing that nobody published is named, not forecast', () => {
  const rolled = certain(
    rollMarket(market, { to: trade + 10, curves: 'rates-stand', fixings: 'must-be-known' }),
  );
  const priced = swapPricer.price(
    certain(resolveSwap(swapBook('2025-02-12', '10Y'))),
    { kind: 'discounting', market: rolled },
    { valuationTime: microsOfDay(trade + 10), snapshot: 'rolled' },
  );
  expect(priced).toMatchObject({ ok: false, reason: 'fixing-must-be-known' });
});

test('what falls out of the value by a payment is the cash that is due', () => {
  const swap = certain(resolveSwap(ois));
  const flows = swap.legs.flatMap((leg) => leg.flows);
  const pays = flows[0]!.pay;
  const at = (day: number): RatesMarket =>
    certain(rollMarket(market, { to: day, curves: 'forwards-realise', fixings: 'as-forecast' }));
  const value = (day: number): number =>
    certain(
      swapPricer.price(
        swap,
        { kind: 'discounting', market: at(day) },
        { valuationTime: microsOfDay(day), snapshot: 'rolled' },
      ),
    ).value;
  const due = certain(cashDue(flows, { after: pays - 1, until: pays }, at(pays)));
  expect(due.map(({ day, of }) => [day, of.split(' ')[0]])).toEqual([
    [pays, 'fixed'],
    [pays, 'overnight'],
  ]);
  const paid = due.reduce((sum, { amount }) => sum + amount, 0);
  const overnight = certain(rollCurve(curveSet.curves.get('EUR-OIS')!, pays - 1, 'forwards-realise'));
  expect(value(pays) + paid).toBeCloseTo(value(pays - 1) / overnight.discountOn(pays), 5);
});

const quotes = [70, 85, 95, 100, 105, 115, 130].map((strike) => ({
  strike,
  volatility: 0.2 + 0.3 * Math.log(100 / strike) ** 2 + 0.05 * Math.log(100 / strike),
}));

test('a rolled surface is that of the same quotes at the new time, without the expiries that are over', () => {
  const slices = [
    { label: 'week', expiry: 7 / 365, forward: 100, quotes },
    { label: 'year', expiry: 1, forward: 101, quotes },
  ];
  const surface = certain(liveSurface(slices));
  const { surface: rolled, expired } = certain(rollSurface(surface, 8 / 365));
  expect(expired).toEqual(['week']);
  const fresh = certain(liveSurface([{ ...slices[1]!, expiry: 1 - 8 / 365 }]));
  expect(rolled.slices.map(({ parameters }) => parameters)).toEqual(
    fresh.slices.map(({ parameters }) => parameters),
  );
  expect(rollSurface(surface, 2)).toMatchObject({ ok: false, reason: 'surface-must-have-slices' });
  expect(() => rollSurface(surface, -1)).toThrow(RangeError);
});

test('a book that rolls names the rows whose expiry it passed, and they say so themselves', () => {
  const origin = Date.UTC(2026, 0, 5, 8) * 1000;
  const option: BookOption = {
    right: 'call',
    exercise: 'european',
    strike: 100,
    expiry: origin + DAY,
    underlying: 0,
    rate: 0,
    yield: 0,
  };
  const later = { ...option, expiry: origin + 30 * DAY };
  const book = certain(prepareBook([later, option, { ...option, strike: 90 }], { origin }));
  setSpot(book, 0, 100);
  setRate(book, 0, 0.03);
  setYield(book, 0, 0);
  for (const row of [0, 1, 2]) setVolatility(book, row, 0.2);
  expect(rollBook(book, origin + DAY / 2)).toEqual([]);
  expect([0, 1, 2].map((row) => rowLife(book, row))).toEqual(['live', 'live', 'live']);
  expect(rollBook(book, origin + 0.9 * DAY)).toEqual([]);
  expect(rowLife(book, 1)).toBe('expiring-today');
  expect(rollBook(book, origin + DAY)).toEqual([1, 2]);
  repriceMoved(book);
  expect([0, 1, 2].map((row) => rowLife(book, row))).toEqual(['live', 'expired', 'expired']);
  expect([0, 1, 2].map((row) => reasonOf(book, row))).toEqual(['priced', 'expired', 'expired']);
  expect(rollBook(book, origin + 2 * DAY)).toEqual([]);
  expect(() => rollBook(book, origin)).toThrow(RangeError);
});

const noon = Date.UTC(2026, 0, 5, 12) * 1000;
const asian = {
  kind: 'arithmetic-asian',
  right: 'call',
  strike: 100,
  time: 30 / 365,
  pastFixings: [101],
  fixingTimes: [10 / 365, 20 / 365, 30 / 365],
};

test('an average over night takes the fixing that was observed, and asks for one that was not', () => {
  const dated = datedOption(asian, noon);
  const fixing = dated.terms.fixingTimes[0]!;
  const after = noon + 12 * DAY;
  const moved = certain(optionAt(dated, after, [{ at: fixing, price: 99 }]));
  expect(moved.pastFixings).toEqual([101, 99]);
  expect(moved.fixingTimes.map((t) => t * 365)).toEqual([expect.closeTo(8, 9), expect.closeTo(18, 9)]);
  expect(optionAt(dated, after)).toMatchObject({ ok: false, reason: 'fixing-must-be-known' });
  expect(optionAt(dated, noon + 31 * DAY)).toMatchObject({ ok: false, reason: 'expired' });
});

test('a trade kept as instants loses its theta over night', () => {
  const vanilla = {
    kind: 'vanilla-option' as const,
    right: 'call' as const,
    strike: 100,
    time: 0.25,
    exercise: 'european' as const,
  };
  const model = { kind: 'black-scholes', spot: 100, rate: 0.03, dividend: 0.01, volatility: 0.2 };
  const dated = datedOption(vanilla, noon);
  const on = (now: number) =>
    certain(
      standardRegistry.price(certain(optionAt(dated, now)), model, { valuationTime: now, snapshot: 's' }),
    );
  const [first, second] = [on(noon), on(noon + DAY)];
  expect(second.value - first.value).toBeCloseTo(first.greeks['theta']!.value / 365, 3);
  expect(
    optionAt(datedOption({ kind: 'forward-start-option', start: 0.1, time: 1 }, noon), noon + 60 * DAY),
  ).toMatchObject({ ok: false, reason: 'date-has-passed' });
});
