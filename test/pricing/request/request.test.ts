/** Requests as people write them: products by row, models by name, faults with row and field. */

import { standardRegistry } from '../../../pricing/pricers';
import { type AnsweredRow, isFailed, type PriceRequest, priceRequest } from '../../../pricing/request';
import { standardModels } from '../../../pricing/request/standard-models';
import { standardProducts } from '../../../pricing/request/standard-products';

const schemas = { products: standardProducts, models: standardModels };
const valuationTime = Date.parse('2026-01-15T16:00:00Z') * 1000;
const flat = { model: 'black-scholes', spot: 100, rate: 0.03, dividend: 0.01, volatility: 0.25 };
const call = {
  id: 'c1',
  product: 'vanilla',
  model: 'flat',
  right: 'call',
  strike: 105,
  expiry: '2027-01-15',
};
const request = (
  products: PriceRequest['products'],
  models: PriceRequest['models'] = { flat },
): readonly AnsweredRow[] =>
  priceRequest({ context: { valuationTime, snapshot: 'eod' }, models, products }, schemas, standardRegistry);
const faults = (answers: readonly AnsweredRow[]): readonly string[] =>
  answers.flatMap((a) => (isFailed(a) ? a.failures.map((f) => `${a.row} ${f.field}: ${f.reason}`) : []));
const priceOf = (answer: AnsweredRow | undefined): number => {
  if (!answer || isFailed(answer)) throw new Error(JSON.stringify(answer));
  return answer.value;
};

test('a call is priced, with Greeks, conventions and working', () => {
  const [answer] = request([call]);
  if (!answer || isFailed(answer)) throw new Error(JSON.stringify(answer));
  expect(answer).toMatchObject({ row: 1, id: 'c1', product: 'vanilla', model: 'black-scholes' });
  expect(answer.greeks['vega']!.convention).toContain('per 1.00 of volatility');
  expect(answer.explain.map(({ name }) => name)).toContain('forward');
});

test('CSV rows, where every value is text, mean the same as JSON rows', () => {
  const asText = Object.fromEntries(Object.entries(call).map(([key, value]) => [key, String(value)]));
  expect(request([{ ...asText, exercise: '' }])).toEqual(request([call]));
});

test('a model may stand in the row itself, in a CSV cell as JSON too', () => {
  expect(priceOf(request([{ ...call, model: flat }], {})[0])).toBe(priceOf(request([call])[0]));
});

test('a date counts whole days, an instant counts to the microsecond, a time counts years', () => {
  const values = [{ expiry: '2027-01-15' }, { expiry: '2027-01-15T16:00:00Z' }, { time: 1 }].map((when) => {
    const { expiry: _, ...rest } = call;
    return priceOf(request([{ ...rest, ...when }])[0]);
  });
  expect(values[1]).toBeCloseTo(values[0]!, 12);
  expect(values[2]).toBeCloseTo(values[0]!, 12);
});

test.each([
  [{ strike: 'abc' }, ['1 strike: field-must-be-number']],
  [{ strike: -5 }, ['1 strike: field-must-be-number']],
  [{ strike: undefined, right: 'kall' }, ['1 right: field-must-be-known', '1 strike: field-must-be-present']],
  [{ strkie: 105 }, ['1 strkie: field-must-be-known']],
  [{ product: 'vanila' }, ['1 product: product-must-be-known']],
  [{ model: 'other' }, ['1 model: model-must-be-given']],
  [{ expiry: '15.01.2027' }, ['1 expiry: date-must-be-valid']],
  [{ expiry: '2025-01-15' }, ['1 expiry: expired']],
  [{ time: 1 }, ['1 time: expiry-must-be-given-once']],
])('a row with %j is refused with every fault by field', (change, expected) => {
  expect(faults(request([{ ...call, ...change }]))).toEqual(expected);
});

test('a broken model is named with its field, once for each row that uses it; other rows are priced', () => {
  const answers = request([call, { ...call, id: 'c2', model: 'bad' }], {
    flat,
    bad: { ...flat, volatility: 0, spto: 1 },
  });
  expect(priceOf(answers[0])).toBeGreaterThan(0);
  expect(faults(answers)).toEqual([
    '2 model "bad" volatility: field-must-be-number',
    '2 model "bad" spto: field-must-be-known',
  ]);
});

test('a pair that nobody prices says under which models it can be', () => {
  const answers = request([{ ...call, model: 'mc' }], {
    mc: { model: 'monte-carlo', rate: 0, assets: [{ name: 'S', spot: 1, volatility: 0.2 }] },
  });
  expect(answers[0]).toMatchObject({ failures: [{ reason: 'model-not-supported' }] });
});

test('one option under five models: they agree where they must', () => {
  const put = { ...call, right: 'put' };
  const american = { ...put, exercise: 'american' };
  const heston = {
    model: 'heston',
    spot: 100,
    rate: 0.03,
    dividend: 0.01,
    v0: 0.0625,
    kappa: 1,
    theta: 0.0625,
    sigma: 0.001,
    rho: 0,
  };
  const grid = { ...flat, model: 'finite-difference' };
  const closed = priceOf(request([put])[0]);
  expect(priceOf(request([put], { flat: heston })[0])).toBeCloseTo(closed, 4);
  expect(priceOf(request([put], { flat: grid })[0])).toBeCloseTo(closed, 3);
  expect(priceOf(request([american], { flat: grid })[0])).toBeCloseTo(priceOf(request([american])[0]), 2);
});

test('a script with schedules, parameters and fixings', () => {
  const model = {
    model: 'monte-carlo',
    rate: 0.03,
    paths: 4096,
    seed: 7,
    assets: [{ name: 'S', spot: 100, dividend: 0.01, volatility: 0.25 }],
  };
  const asian = {
    product: 'scripted',
    model: 'mc',
    script: 'pay max(mean(S@obs) - strike, 0) at end;',
    schedules: { obs: ['2026-01-02', '2026-04-15', '2026-07-15'], end: ['2026-07-15'] },
    parameters: { strike: 100 },
    fixings: [{ asset: 'S', label: '2026-01-02', value: 104 }],
  };
  const [answer] = request([asian], { mc: model });
  if (!answer || isFailed(answer)) throw new Error(JSON.stringify(answer));
  expect(answer.error).toBeGreaterThan(0);
  expect(answer.greeks['delta S']!.value).toBeGreaterThan(0.2);
  expect(faults(request([{ ...asian, fixings: [] }], { mc: model }))).toEqual(['1 : fixing-must-be-known']);
  expect(faults(request([{ ...asian, schedules: { obs: ['soon'] } }], { mc: model }))).toContain(
    '1 schedules.obs[0].value: date-must-be-valid',
  );
});

test('local volatility from quotes in the request', () => {
  const slices = [0.5, 1.5].map((time) => ({
    label: `${time}`,
    time,
    forward: 100 * Math.exp(0.02 * time),
    quotes: [70, 80, 90, 100, 110, 120, 130].map((strike) => ({ strike, volatility: 0.25 })),
  }));
  const local = { model: 'local-volatility', spot: 100, rate: 0.03, dividend: 0.01, slices };
  expect(priceOf(request([call], { flat: local })[0])).toBeCloseTo(priceOf(request([call])[0]), 2);
});

test('a script under local volatility on paths, each asset with the quotes of its own surface', () => {
  const slices = [0.5, 1.5].map((time) => ({
    label: `${time}`,
    time,
    forward: 100 * Math.exp(0.02 * time),
    quotes: [70, 80, 90, 100, 110, 120, 130].map((strike) => ({ strike, volatility: 0.25 })),
  }));
  const assets = [{ name: 'S', spot: 100, dividend: 0.01, slices }];
  const mc = {
    model: 'monte-carlo',
    dynamics: 'local-volatility',
    rate: 0.03,
    paths: 8192,
    stepsPerYear: 12,
    assets,
  };
  const script = {
    product: 'scripted',
    model: 'mc',
    script: 'pay max(S@end - 105, 0) at end;',
    schedules: { end: ['2027-01-15'] },
  };
  const [answer] = request([script], { mc });
  if (!answer || isFailed(answer)) throw new Error(JSON.stringify(answer));
  expect(Math.abs(answer.value - priceOf(request([call])[0]))).toBeLessThan(4 * answer.error!);
  const crossed = [
    {
      ...assets[0],
      slices: slices.map((slice, i) => ({
        ...slice,
        quotes: slice.quotes.map((q) => ({ ...q, volatility: i === 0 ? 0.5 : 0.2 })),
      })),
    },
  ];
  expect(faults(request([script], { mc: { ...mc, assets: crossed } }))).toEqual([
    '1 model "mc" assets[0].slices: surface-must-be-free-of-arbitrage',
  ]);
});
