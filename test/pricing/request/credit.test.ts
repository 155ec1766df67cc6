/** Credit default swaps as rows: the published sheets, quotes of every kind, and the faults of a credit desk. */
import { csvRows } from '../reference/reference-table';
import { dataText, withData } from '../support/data-folder';
import { answered, answers, explained, faultsOf, type Models, type ProductRow } from '../support/rows';

const valuation = '2025-02-10';
const usd = {
  curves: [
    {
      name: 'USD',
      nodes: [1, 5, 10, 20].map((y) => ({ date: `${2025 + y}-02-10`, zero: 0.035 + 0.0004 * y })),
    },
  ],
  discount: { USD: 'USD' },
};
const credit = (...entities: readonly object[]): Models => ({
  isda: { model: 'isda-cds', ...usd, credit: entities },
});
const spreads = { '6M': 0.006, '1Y': 0.0072, '3Y': 0.0101, '5Y': 0.0127, '7Y': 0.0142, '10Y': 0.0155 };
const acme = {
  entity: 'ACME',
  currency: 'USD',
  recovery: 0.4,
  quotes: Object.entries(spreads).map(([maturity, spread]) => ({ maturity, spread })),
};
const cds: ProductRow = {
  product: 'cds',
  model: 'isda',
  buys: true,
  currency: 'USD',
  notional: 1e7,
  coupon: 0.01,
  entity: 'ACME',
  recovery: 0.4,
  maturity: '5Y',
};

test('a swap at its quoted spread costs nothing, and a tenor means the twentieth that the market rolls to', () => {
  const atPar = answered(valuation, credit(acme), { ...cds, coupon: spreads['5Y'] });
  expect(Math.abs(explained(atPar, 'clean upfront'))).toBeLessThan(1e-6);
  const byDate = answered(valuation, credit(acme), { ...cds, coupon: spreads['5Y'], maturity: '2029-12-20' });
  expect(byDate.value).toBe(atPar.value);
  expect(atPar.greeks['cs01']!.value).toBeGreaterThan(4000);
});

test('spread deltas add up to the credit spread sensitivity, and are what requoting shows', () => {
  const here = answered(valuation, credit(acme), cds);
  const deltas = Object.entries(here.greeks).filter(([name]) => name.startsWith('spread-delta'));
  expect(deltas.map(([name]) => name)).toContain('spread-delta 5Y');
  expect(deltas.reduce((sum, [, { value }]) => sum + value, 0)).toBeCloseTo(here.greeks['cs01']!.value, 8);
  const at = (by: number): number => {
    const quotes = acme.quotes.map((quote) => ({ ...quote, spread: quote.spread + by }));
    return answered(valuation, credit({ ...acme, quotes }), cds).value;
  };
  for (const step of [1e-5, 1e-4])
    expect(((at(step) - at(-step)) / (2 * step)) * 1e-4).toBeCloseTo(here.greeks['cs01']!.value, 1);
});

describe('a standard contract quoted by its conventional spread or by its upfront', () => {
  const contract = { ...cds, maturity: '5Y' };
  const single = (quote: object) => credit({ ...acme, quotes: [{ maturity: '5Y', ...quote }] });
  const bySpread = answered(valuation, single({ conventionalSpread: 0.0185, coupon: 0.01 }), contract);
  const share = explained(bySpread, 'clean upfront') / 1e7;
  const byUpfront = answered(valuation, single({ upfront: share, coupon: 0.01 }), contract);

  test('the two are one quote', () => {
    expect(byUpfront.value).toBeCloseTo(bySpread.value, 4);
    expect(byUpfront.greeks['cs01']!.value).toBeCloseTo(bySpread.greeks['cs01']!.value, 4);
    // On one maturity the conventional spread is the par spread of its own flat curve.
    expect(explained(bySpread, 'par spread')).toBeCloseTo(0.0185, 10);
  });

  test('its spread sensitivity is what another conventional spread shows', () => {
    const at = (by: number): number =>
      answered(valuation, single({ conventionalSpread: 0.0185 + by, coupon: 0.01 }), contract).value;
    for (const step of [1e-5, 1e-4])
      expect(((at(step) - at(-step)) / (2 * step)) * 1e-4).toBeCloseTo(bySpread.greeks['cs01']!.value, 1);
    expect(bySpread.greeks['spread-delta 5Y']!.convention).toContain('conventional spread');
  });
});

test('survival as probabilities and as hazard rates mean the same', () => {
  const dates = ['2026-02-10', '2028-02-10', '2030-02-10'];
  const days = [365, 1095, 1826];
  const hazards = [0.01, 0.015, 0.03];
  const survival = hazards.map((_, last) =>
    Math.exp(
      -hazards.slice(0, last + 1).reduce((sum, h, i) => sum + h * ((days[i]! - (days[i - 1] ?? 0)) / 365), 0),
    ),
  );
  const nodes = (field: string, values: readonly number[]) =>
    credit({ entity: 'ACME', nodes: dates.map((date, i) => ({ date, [field]: values[i] })) });
  const byHazard = answered(valuation, nodes('hazard', hazards), cds);
  expect(answered(valuation, nodes('survival', survival), cds).value).toBeCloseTo(byHazard.value, 6);
  // Credit curves without quotes have no spread sensitivities, but the others.
  expect(byHazard.greeks['cs01']).toBeUndefined();
  expect(byHazard.greeks['jump-to-default']!.value).toBeCloseTo(6e6 - byHazard.value, 6);
});

test('a CSV row says the same in text', () => {
  const text = Object.fromEntries(Object.entries(cds).map(([name, value]) => [name, String(value)]));
  expect(answered(valuation, credit(acme), text)).toEqual(answered(valuation, credit(acme), cds));
});

test.each<[object, string]>([
  [{ recovery: 1.2 }, '1 recovery: field-must-be-number'],
  [{ maturity: 'soon' }, '1 maturity: date-must-be-valid'],
  [{ maturity: '2024-12-20' }, '1 maturity: expired'],
  [{ rule: 'CDS2016' }, '1 rule: field-must-be-known'],
  [{ entity: 'NOBODY' }, '1 : survival-curve-must-be-present'],
  [{ spread: 0.01 }, '1 spread: field-must-be-known'],
])('a swap with %j is refused by row and field', (change, fault) => {
  expect(faultsOf(answers(valuation, credit(acme), [{ ...cds, ...change }]))).toEqual([fault]);
});

const quote = (change: object) => ({ ...acme, quotes: [{ maturity: '5Y', spread: 0.01 }, change] });
test.each<[object, string]>([
  [quote({ maturity: '7Y' }), 'credit[0].quotes[1].spread: field-must-be-given-once'],
  [
    quote({ maturity: '7Y', spread: 0.01, upfront: 0.02 }),
    'credit[0].quotes[1].spread: field-must-be-given-once',
  ],
  [quote({ maturity: '7Y', spread: 'wide' }), 'credit[0].quotes[1].spread: field-must-be-number'],
  [quote({ maturity: '7Y', upfront: 0.02 }), 'credit[0].quotes[1].coupon: field-must-be-present'],
  [quote({ maturity: '7', spread: 0.01 }), 'credit[0].quotes[1].maturity: date-must-be-valid'],
  [quote({ maturity: '5Y', spread: 0.02 }), 'credit[0].quotes: credit-maturities-must-rise'],
  [quote({ maturity: '7Y', spread: 0.00001 }), 'credit[0].quotes: survival-must-not-rise'],
  [{ ...acme, currency: 'CHF' }, 'credit[0].currency: discount-curve-must-be-assigned'],
  [{ entity: 'ACME' }, 'credit[0].quotes: field-must-be-given-once'],
  [
    { entity: 'ACME', nodes: [{ date: '2026-02-10' }] },
    'credit[0].nodes[0].survival: field-must-be-given-once',
  ],
  [
    {
      entity: 'ACME',
      nodes: [
        { date: '2026-02-10', survival: 0.9 },
        { date: '2027-02-10', survival: 0.95 },
      ],
    },
    'credit[0].nodes[1].survival: survival-must-not-rise',
  ],
  [
    { entity: 'ACME', nodes: [{ date: '2024-02-10', survival: 0.9 }] },
    'credit[0].nodes[0].date: curve-nodes-must-rise',
  ],
])('a credit curve %j is refused by model, curve and quote', (entity, fault) => {
  expect(faultsOf(answers(valuation, credit(entity), [cds]))).toEqual([`1 model "isda" ${fault}`]);
});

test('a discount curve without flat forwards is not the standard model', () => {
  const market = {
    ...usd,
    curves: usd.curves.map((curve) => ({ ...curve, interpolation: 'monotone-convex' })),
  };
  const isda = { model: 'isda-cds', ...market, credit: [acme] };
  expect(faultsOf(answers(valuation, { isda }, [cds]))).toEqual([
    '1 model "isda" curves: curve-must-have-flat-forwards',
  ]);
});

test('one entity twice in a market is refused', () => {
  expect(faultsOf(answers(valuation, credit(acme, acme), [cds]))).toEqual([
    '1 model "isda" credit: entity-must-be-given-once',
  ]);
});

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** `02-Feb-13` as an ISO date. */
const iso = (text: string): string => {
  const [day, month, year] = text.split('-');
  return `20${year}-${String(months.indexOf(month!) + 1).padStart(2, '0')}-${day}`;
};

withData('reference-values', 'isda_cds_flat_0pct.csv')("the ISDA library's sheet, through rows", () => {
  test('every swap that is alive has its legs and its clean price', () => {
    const rows = csvRows(dataText('reference-values', 'isda_cds_flat_0pct.csv')).filter(
      (row) => iso(row['end Date']!) > iso(row['Today']!),
    );
    expect(rows.length).toBeGreaterThan(50);
    for (const row of rows) {
      const today = iso(row['Today']!);
      const nodes = Object.keys(row)
        .filter((name) => /^\d{2}-\w{3}-\d{2}$/.test(name))
        .map((name) => ({ date: iso(name), survival: Math.exp(-Number(row[name])) }));
      const isda = {
        model: 'isda-cds',
        curves: [{ name: 'D', nodes: [{ date: '2030-01-01', zero: 0 }] }],
        discount: { USD: 'D' },
        credit: [{ entity: 'ACME', nodes }],
      };
      const answer = answered(
        today,
        { isda },
        {
          ...cds,
          coupon: Number(row['Spread']) * 1e-4,
          start: iso(row['Start Date']!),
          maturity: iso(row['end Date']!),
          rule: 'Backward',
        },
      );
      const accrued = explained(answer, 'accrued premium');
      expect(Math.abs(explained(answer, 'protection leg') - Number(row['Protection Leg']))).toBeLessThan(
        1e-5,
      );
      expect(Math.abs(accrued - Number(row['accrued premium']))).toBeLessThan(1e-5);
      expect(Math.abs(answer.value + accrued - Number(row['Clean Price']))).toBeLessThan(1e-5);
    }
  });
});
