/** What no row, file or call may say: other words, misspelt columns, numbers that are none, fixings out of order. */
import { readRequest } from '../../../app/price/read-request';
import { standardRegistry } from '../../../pricing/pricers';
import type { PlainRow } from '../../../pricing/request/fields';
import { optionSamples } from '../measures/option-samples';
import { answered, answers, faultsOf } from '../support/rows';

const valuation = '2026-01-15';
const bs = { model: 'black-scholes', spot: 100, rate: 0.03, dividend: 0.01, volatility: 0.25 };
const models = { bs, mm: { ...bs, model: 'moment-matching' } };
const call = { product: 'vanilla', model: 'bs', right: 'call', strike: 100, time: 1 };
const faults = (row: PlainRow): readonly string[] => faultsOf(answers(valuation, models, [row]));

test.each([
  [{ right: 'CALL' }, 'right: field-must-be-known'],
  [{ right: 'c' }, 'right: field-must-be-known'],
  [{ exercise: 'American' }, 'exercise: field-must-be-known'],
  [{ strike: '0x64' }, 'strike: field-must-be-number'],
  [{ strike: '1 000' }, 'strike: field-must-be-number'],
  [{ strike: 'Infinity' }, 'strike: field-must-be-number'],
  [{ time: 101 }, 'time: field-must-be-number'],
  [{ excercise: 'american' }, 'excercise: field-must-be-known'],
  [{ greeks: 'Desk' }, 'greeks: field-must-be-known'],
  [{ greeks: { vega: 'per point' } }, 'greeks.vega: field-must-be-known'],
])('a row with %j is refused', (change, fault) => {
  expect(faults({ ...call, ...change })).toEqual([`1 ${fault}`]);
});

const term = { right: 'call', strike: 100, time: 1 };
test.each<[string, PlainRow, string]>([
  ['the cash of a digital', { product: 'digital', ...term }, 'cash: field-must-be-present'],
  [
    'the cash of a touch',
    { product: 'touch', time: 1, when: 'at-hit', knock: 'in', lower: 90 },
    'cash: field-must-be-present',
  ],
  [
    'cash where the asset is paid',
    { product: 'digital', ...term, pays: 'asset', cash: 5 },
    'cash: field-must-be-number',
  ],
  [
    'the average of the years that have been averaged',
    { product: 'continuous-geometric-asian', ...term, elapsed: 0.5 },
    ': average-so-far-must-be-positive',
  ],
  [
    'the time in which a volatility was realised',
    { product: 'variance-swap', strike: 0.2, time: 1, notional: 1000, realised: 0.3 },
    'elapsed: field-must-be-present',
  ],
  [
    'a multiple of the extreme that suits the right',
    { product: 'partial-floating-lookback', right: 'call', time: 1, extreme: 95, lambda: 0.9, watchEnd: 0.5 },
    'lambda: lambda-must-suit-the-right',
  ],
  [
    'a range that rises',
    { product: 'soft-barrier', ...term, knock: 'out', side: 'down', low: 90, high: 80 },
    ': range-must-rise',
  ],
])('%s is not taken for zero', (_what, row, fault) => {
  expect(faults({ model: 'bs', ...row })).toEqual([`1 ${fault}`]);
});

test.each(['', '\n', '  \nvanilla,bs,call,100,1\n'])('a sheet %j without a header is refused', (text) => {
  expect(() => readRequest(text, { file: 'book.csv', format: 'csv' })).toThrow(/book.csv has no header line/);
});

test('a column that a sheet has twice is refused by its name', () => {
  const text = 'product,model,right,strike,time,strike\nvanilla,bs,call,100,1,105\n';
  expect(() => readRequest(text, { file: 'book.csv', format: 'csv' })).toThrow(
    /book.csv has the column "strike" twice/,
  );
});

describe('fixings of an average', () => {
  const average = {
    product: 'arithmetic-asian',
    model: 'mm',
    right: 'call',
    strike: 100,
    expiry: '2027-01-15',
  };
  const dates = ['2026-04-15', '2026-07-15', '2026-10-15', '2027-01-15'];
  const geometric = { ...average, product: 'geometric-asian', model: 'bs', pastFixings: [] };

  test('in any order of the sheet are the same average', () => {
    for (const row of [{ ...average, pastFixings: [] }, geometric]) {
      const rising = answered(valuation, models, { ...row, fixingTimes: dates });
      const mixed = answered(valuation, models, {
        ...row,
        fixingTimes: [dates[2]!, dates[0]!, dates[3]!, dates[1]!],
      });
      expect(mixed.value).toBe(rising.value);
    }
  });
  test('without end are refused by their number', () => {
    const many = Array.from({ length: 5001 }, (_, i) => (i + 1) / 5001);
    for (const row of [{ ...average, pastFixings: [] }, geometric])
      expect(faults({ ...row, fixingTimes: many })).toEqual(['1 : fixings-must-be-bounded']);
  });
  test('on one day count twice, and a simulation says that it cannot', () => {
    const mc = { model: 'monte-carlo', rate: 0.03, assets: [{ name: 'S', spot: 100, volatility: 0.25 }] };
    const row = { ...average, model: 'mc', pastFixings: [], fixingTimes: [dates[0]!, ...dates] };
    expect(faultsOf(answers(valuation, { mc }, [row]))).toEqual(['1 fixingTimes: fixing-times-must-differ']);
    expect(faults({ ...row, model: 'mm' })).toEqual([]);
  });
  test('after the payment are refused', () => {
    expect(faults({ ...geometric, fixingTimes: [...dates, '2027-02-15'] })).toEqual([
      '1 fixingTimes: fixing-times-must-precede-the-payment',
    ]);
  });
});

test('an instant counts to the microsecond', () => {
  const values = ['2026-01-15T00:00:00.000001Z', '2026-01-15T00:00:00.000002Z'].map((expiry) => {
    const { time: _, ...row } = call;
    return answered(valuation, models, { ...row, expiry }).value;
  });
  // At the money a call is worth its deviation: √2 times as much after twice the time.
  expect(values[1]! / values[0]!).toBeCloseTo(Math.SQRT2, 6);
});

describe('vanna-volga takes the volatility that is quoted for the strike of a barrier', () => {
  const smile = {
    model: 'vanna-volga',
    spot: 1.30265,
    rate: 0.0033871,
    foreignRate: 0.0003541,
    volatility25Put: 0.10087,
    volatilityAtm: 0.08925,
    volatility25Call: 0.08463,
  };
  const barrier = {
    product: 'barrier',
    model: 'v',
    right: 'call',
    strike: 1.13321,
    upper: 1.5,
    knock: 'out',
    time: 1,
  };

  test('and gives the published price', () => {
    const row = answered(valuation, { v: { ...smile, volatilityStrike: 0.11638 } }, barrier);
    expect(row.value).toBeCloseTo(0.148127, 4);
  });
  test('and a smile whose own vanilla leaves the bounds of all prices is refused', () => {
    const steep = { ...smile, volatility25Put: 0.02, volatilityAtm: 1.476, volatility25Call: 0.984 };
    const rows = answers(valuation, { v: steep }, [{ ...barrier, strike: 0.76, time: 0.15 }]);
    expect(faultsOf(rows)).toEqual(['1 : smile-must-price-within-bounds']);
  });
  test('and a vanilla refuses one that it would not read', () => {
    const vanilla = { product: 'vanilla', model: 'v', right: 'call', strike: 1.2, time: 1 };
    expect(faultsOf(answers(valuation, { v: { ...smile, volatilityStrike: 0.1 } }, [vanilla]))).toEqual([
      '1 : quoted-volatility-is-of-barriers',
    ]);
  });
});

describe('a call of the library with a word that nobody knows', () => {
  const context = { valuationTime: 0, snapshot: 'test' };
  const reasonOf = (product: object, model: object): string => {
    const result = standardRegistry.price(product as never, model as never, context);
    return result.ok ? `priced at ${result.value.value}` : result.reason;
  };
  const option = { kind: 'vanilla-option', right: 'call', strike: 100, time: 1, exercise: 'european' };
  const market = { kind: 'black-scholes', spot: 100, rate: 0.03, dividend: 0.01, volatility: 0.25 };

  test.each([
    [{ right: 'CALL' }, {}, 'right-must-be-known'],
    [{ right: undefined }, {}, 'right-must-be-known'],
    [{ exercise: 'American' }, {}, 'exercise-must-be-known'],
    [{ exercise: undefined, excercise: 'american' }, {}, 'exercise-must-be-known'],
    [{ excercise: 'american' }, {}, 'field-must-be-known'],
    [{ strike: '100' }, {}, 'strike-must-be-a-number'],
    [{}, { dividend: undefined, yield: 0.01 }, 'dividend-must-be-a-number'],
    [{}, { volatilty: 0.3 }, 'field-must-be-known'],
    [{}, { rate: Number.NaN }, 'rate-must-be-finite'],
  ])('%j under %j is refused as %s', (product, model, reason) => {
    expect(reasonOf({ ...option, ...product }, { ...market, ...model })).toBe(reason);
  });

  test('is refused for every word, number and list of every product', () => {
    let asked = 0;
    for (const [product, model] of optionSamples) {
      for (const [field, value] of Object.entries(product)) {
        if (field === 'kind') continue;
        asked += 1;
        const other = typeof value === 'string' ? value.toUpperCase() : 'none';
        expect(`${product.kind} ${field}: ${reasonOf({ ...product, [field]: other }, model)}`).toMatch(
          /: \S+-must-\S+$/,
        );
      }
    }
    expect(asked).toBeGreaterThan(250);
  });
});

describe('figures and dates beyond all use are refused by name, not worked on', () => {
  const curves = [{ name: 'E', nodes: [{ date: '2060-01-15', zero: 0.02 }] }];
  const market = { curves, discount: { EUR: 'E' }, forward: { 'EUR-EURIBOR-6M': 'E', 'EUR-ESTR': 'E' } };
  const rates = {
    d: { model: 'discounting', ...market },
    normal: { model: 'bachelier-rates', volatility: 85, ...market },
    shifted: { model: 'black-rates', volatility: 0.2, shift: 3, ...market },
    wild: { model: 'sabr-rates', alpha: 50, beta: 0.5, rho: -0.3, nu: 0.4, ...market },
  };
  const swap = {
    product: 'swap',
    model: 'd',
    convention: 'EUR-FIXED-1Y-EURIBOR-6M',
    tenor: '5Y',
    rate: 0.02,
    paysFixed: true,
    notional: 1e6,
  };
  const schedule = {
    start: '2026-01-15',
    end: '2031-01-15',
    tenor: '1Y',
    calendar: 'TARGET',
    convention: 'Following',
  };
  const bond = {
    product: 'bond',
    model: 'd',
    currency: 'EUR',
    face: 100,
    dayCount: 'ACT/365',
    coupon: 0.02,
    schedule,
  };
  const deposit = {
    product: 'term-deposit',
    model: 'd',
    lends: true,
    currency: 'EUR',
    notional: 1e6,
    start: '2026-02-02',
    end: '2027-02-02',
    rate: 0.02,
    dayCount: 'ACT/360',
  };
  const fra = {
    product: 'fra',
    model: 'd',
    buys: true,
    notional: 1e6,
    index: 'EUR-EURIBOR-6M',
    start: '2026-06-15',
    rate: 0.024,
  };
  const cds = {
    product: 'cds',
    model: 'd',
    buys: true,
    currency: 'EUR',
    notional: 1e6,
    coupon: 0.01,
    entity: 'ACME',
    recovery: 0.4,
    maturity: '5Y',
  };
  const cap = {
    product: 'cap-floor',
    right: 'cap',
    buys: true,
    strike: 0.03,
    leg: {
      currency: 'EUR',
      notional: 1e6,
      dayCount: 'ACT/360',
      index: 'EUR-EURIBOR-6M',
      schedule: { ...schedule, tenor: '6M', start: '2026-01-19', end: '5Y' },
    },
  };
  test.each<[PlainRow, string]>([
    [{ ...swap, notional: 1e300 }, 'notional: field-must-be-number'],
    [{ ...swap, tenor: '9999Y' }, 'tenor: tenor-must-be-valid'],
    [{ ...swap, rate: 1e6 }, 'rate: field-must-be-number'],
    [{ ...bond, coupon: 1e9 }, 'coupon: field-must-be-number'],
    [{ ...bond, coupon: 2.4 }, 'coupon: field-must-be-number'],
    [{ ...deposit, rate: 2.4 }, 'rate: field-must-be-number'],
    [{ ...deposit, dayCount: 'ACT/ACT ICMA' }, 'dayCount: dayCount-must-suit-a-deposit'],
    [{ ...fra, rate: 2.4 }, 'rate: field-must-be-number'],
    [{ ...cds, coupon: 5 }, 'coupon: field-must-be-number'],
    [{ ...cds, maturity: '2025-12-20' }, 'maturity: expired'],
    [{ ...cap, model: 'normal' }, 'model "normal" volatility: field-must-be-number'],
    [{ ...cap, model: 'shifted' }, 'model "shifted" shift: field-must-be-number'],
    [{ ...cap, model: 'wild' }, ': sabr-volatility-must-be-near'],
    [{ ...bond, schedule: { ...schedule, end: '9999-12-31' } }, ': date-must-be-valid'],
    [{ ...bond, schedule: { ...schedule, end: '200Y' } }, ': date-must-be-valid'],
  ])('%j', (row, fault) => {
    expect(faultsOf(answers(valuation, rates, [row]))).toEqual([`1 ${fault}`]);
  });
  test('a percentage given for a share is told what was meant', () => {
    expect(JSON.stringify(answers(valuation, rates, [{ ...deposit, rate: 2.4 }]))).toContain(
      '2.4 % is 0.024',
    );
  });
  test('the last day of February that ends a deposit is the 29th under 30E/360 ISDA', () => {
    const flat = { ...rates.d, curves: [{ name: 'E', nodes: [{ date: '2060-01-15', zero: 0 }] }] };
    const ends = {
      ...deposit,
      start: '2027-08-31',
      end: '2028-02-29',
      rate: 0.036,
      dayCount: '30E/360 ISDA',
    };
    expect(answered(valuation, { d: flat }, ends).value).toBeCloseTo(1e6 * 0.036 * (179 / 360), 6);
  });
});

describe('quotes that no model of them repeats', () => {
  const strikes = [70, 80, 90, 100, 110, 120];
  const slice = (volatilities: readonly (number | null)[], at = strikes) => [
    { expiry: '2026-07-15', quotes: at.map((strike, i) => ({ strike, volatility: volatilities[i]! })) },
  ];
  const option = { ...call, model: 'm', right: 'put', strike: 90, time: 0.5 };
  const asked = (model: string, slices: object, more: object = {}) =>
    answers(valuation, { m: { model, spot: 100, rate: 0.02, slices, ...more } }, [option]);
  const wild = slice([0.9, 0.1, 0.8, 0.05, 0.9, 0.1]);
  const sound = [0.3, 0.27, 0.25, 0.24, 0.235, 0.237];

  test.each(['svi', 'ssvi', 'heston', 'local-volatility'])('%s', (model) => {
    expect(faultsOf(asked(model, wild))).toEqual(['1 model "m" slices: calibration-must-fit']);
    expect(
      faultsOf(
        asked(
          model,
          slice(
            sound,
            strikes.map(() => 100),
          ),
        ),
      )[0],
    ).toMatch(/must-be-quoted|needs-quotes/);
    expect(faultsOf(asked(model, slice(sound)))).toEqual([]);
  });
  test('are taken where somebody asks for the miss', () => {
    expect(faultsOf(asked('svi', wild, { fitErrorMax: 1 }))).toEqual([]);
  });
  test('a volatility that is missing leaves its strike out', () => {
    const rows = asked('svi', slice([...sound, null], [...strikes, 130]));
    expect(faultsOf(rows)).toEqual([]);
    expect(JSON.stringify(rows)).toContain('left out: its volatility is missing');
    expect(faultsOf(asked('svi', slice([...sound.slice(0, 4), null, null])))).toEqual([
      '1 model "m" slices: surface-slice-must-be-quoted',
    ]);
  });
});
