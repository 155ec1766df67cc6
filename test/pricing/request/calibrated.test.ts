/** Models that a request fits to quotes: what they were made from comes back, the error is told, bad quotes are refused. */
import { accepted } from '../../../pricing/request/calibrated';
import { RowReader } from '../../../pricing/request/fields';
import { sabrNormalVolatility } from '../../../pricing/volatility/sabr';
import { answered, answers, explained, faultsOf, type Models } from '../support/rows';

const valuation = '2026-01-15';
const equity = { spot: 100, rate: 0.03, dividend: 0.01 };
const strikes = [70, 80, 90, 100, 110, 120, 135];
const call = (strike: number, time = 1) => ({ product: 'vanilla', model: 'm', right: 'call', strike, time });
const truth = { v0: 0.05, kappa: 1.2, theta: 0.06, sigma: 0.45, rho: -0.55 };
const byParameters: Models = { m: { model: 'heston', ...equity, ...truth } };

/** Implied volatilities of the true Heston, by the library's own price and a search. */
function impliedAt(strike: number, time: number): number {
  const price = answered(valuation, byParameters, call(strike, time)).value;
  let [low, high] = [0.01, 2];
  for (let i = 0; i < 100; i += 1) {
    const volatility = (low + high) / 2;
    const black = { m: { model: 'black-scholes', ...equity, volatility } };
    if (answered(valuation, black, call(strike, time)).value < price) low = volatility;
    else high = volatility;
  }
  return (low + high) / 2;
}
const times = [0.5, 1, 2];
const slices = times.map((time) => ({
  label: `${time}y`,
  time,
  quotes: strikes.map((strike) => ({ strike, volatility: impliedAt(strike, time) })),
}));

test('Heston from quotes is the Heston that made them', () => {
  const fitted = answered(valuation, { m: { model: 'heston', ...equity, slices } }, call(95));
  const own = answered(valuation, byParameters, call(95));
  expect(fitted.value).toBeCloseTo(own.value, 4);
  expect(fitted.greeks['delta']!.value).toBeCloseTo(own.greeks['delta']!.value, 4);
  expect(explained(fitted, 'fitted rho')).toBeCloseTo(truth.rho, 2);
  expect(explained(fitted, 'fit error, largest')).toBeLessThan(1e-4);
  expect(explained(fitted, 'quotes fitted')).toBe(21);
});

test.each([
  'svi',
  'ssvi',
])('an option on a %s surface has the volatility that was quoted, to the fit error', (model) => {
  const smile: Models = { m: { model, ...equity, slices } };
  for (const [i, time] of times.entries()) {
    const answer = answered(valuation, smile, call(90, time));
    const quoted = slices[i]!.quotes[2]!.volatility;
    expect(Math.abs(explained(answer, 'volatility') - quoted)).toBeLessThanOrEqual(
      explained(answer, 'fit error, largest') + 1e-12,
    );
    const black = { m: { model: 'black-scholes', ...equity, volatility: explained(answer, 'volatility') } };
    expect(answer.value).toBeCloseTo(answered(valuation, black, call(90, time)).value, 12);
  }
  expect(explained(answered(valuation, smile, call(90)), 'fit error, largest')).toBeLessThan(
    model === 'svi' ? 2e-3 : 1.5e-2,
  );
  // Between the expiries, and beyond them.
  const beyond = answered(valuation, smile, call(90, 3));
  expect(beyond.explain.map(({ name }) => name)).toContain('beyond the quoted expiries');
  expect(answered(valuation, smile, call(90, 1.5)).value).toBeGreaterThan(
    answered(valuation, smile, call(90, 1)).value,
  );
});

test.each([
  'svi',
  'ssvi',
])('deltas on a %s surface are what spot shows, strike or moneyness held', (model) => {
  // Quotes at moneyness move with the forward: the same surface at another spot.
  const at = (spot: number): Models => ({
    m: {
      model,
      ...equity,
      spot,
      slices: slices.map((slice) => ({
        ...slice,
        quotes: slice.quotes.map((q) => ({ ...q, strike: (q.strike * spot) / 100 })),
      })),
    },
  });
  const here = answered(valuation, at(100), call(90));
  for (const step of [0.01, 0.05]) {
    const difference =
      (answered(valuation, at(100 + step), call(90)).value -
        answered(valuation, at(100 - step), call(90)).value) /
      (2 * step);
    expect(here.greeks['deltaStickyMoneyness']!.value).toBeCloseTo(difference, 5);
  }
  const flat = { m: { model: 'black-scholes', ...equity, volatility: explained(here, 'volatility') } };
  expect(here.greeks['delta']!.value).toBeCloseTo(
    answered(valuation, flat, call(90)).greeks['delta']!.value,
    10,
  );
});

test('local volatility pulls expiries apart that cross within noise; SVI tells how often they do', () => {
  const week = {
    label: 'a week later',
    time: 1.02,
    quotes: slices[1]!.quotes.map(({ strike, volatility }) => ({
      strike,
      volatility: volatility + 0.004 * Math.log(strike / 100) - 0.002,
    })),
  };
  const crossing = [...slices.slice(0, 2), week, slices[2]!];
  const onSvi = answered(valuation, { m: { model: 'svi', ...equity, slices: crossing } }, call(90));
  expect(explained(onSvi, 'nodes with arbitrage')).toBeGreaterThan(0);
  const local = { m: { model: 'local-volatility', ...equity, slices: crossing } };
  const onGrid = answered(valuation, local, call(90));
  expect(explained(onGrid, 'nodes with arbitrage')).toBe(0);
  expect(Math.abs(onGrid.value - onSvi.value)).toBeLessThan(0.1);
});

test('a smile prices European exercise alone', () => {
  const [answer] = answers(valuation, { m: { model: 'svi', ...equity, slices } }, [
    { ...call(90), exercise: 'american' },
  ]);
  expect(answer).toMatchObject({ failures: [{ reason: 'exercise-not-supported' }] });
});

const euro = {
  curves: [
    {
      name: 'EUR-OIS',
      nodes: [1, 5, 10, 30].map((y) => ({ date: `${2026 + y}-01-15`, zero: 0.02 + 0.0003 * y })),
    },
    {
      name: 'EUR-6M',
      nodes: [1, 5, 10, 30].map((y) => ({ date: `${2026 + y}-01-15`, zero: 0.022 + 0.0003 * y })),
    },
  ],
  discount: { EUR: 'EUR-OIS' },
  forward: { 'EUR-EURIBOR-6M': 'EUR-6M' },
};
const schedule = (tenor: string) => ({
  start: '2028-01-19',
  end: '5Y',
  tenor,
  calendar: 'TARGET',
  convention: 'ModifiedFollowing',
});
const leg = { currency: 'EUR', notional: 1e6 };
const swaption = {
  product: 'swaption',
  model: 'm',
  buys: true,
  exercises: ['2028-01-17'],
  swap: {
    legs: [
      { ...leg, type: 'fixed', pays: true, rate: 0.026, dayCount: '30U/360', schedule: schedule('1Y') },
      {
        ...leg,
        type: 'floating',
        pays: false,
        index: 'EUR-EURIBOR-6M',
        dayCount: 'ACT/360',
        schedule: schedule('6M'),
      },
    ],
  },
};

test('SABR from the smile of one expiry is the SABR that made it', () => {
  const sabr = { alpha: 0.012, beta: 0.25, rho: -0.3, nu: 0.35 };
  const quotes = [0.01, 0.015, 0.02, 0.025, 0.03, 0.04].map((strike) => ({
    strike,
    volatility: sabrNormalVolatility({ forward: 0.025, strike, time: 2 }, sabr),
  }));
  const common = { model: 'sabr-rates', ...euro, quoted: 'normal', beta: 0.25 };
  const fitted = answered(
    valuation,
    { m: { ...common, smile: { forward: 0.025, time: 2, quotes } } },
    swaption,
  );
  expect(fitted.value).toBeCloseTo(answered(valuation, { m: { ...common, ...sabr } }, swaption).value, 3);
  expect(explained(fitted, 'fitted alpha')).toBeCloseTo(0.012, 6);
  expect(fitted.explain.find(({ name }) => name === 'worst quote')?.value).toMatch(/^strike/);
});

describe('Hull–White from swaption volatilities', () => {
  const quotes = [
    ['1Y', '5Y', 0.0084],
    ['2Y', '5Y', 0.0083],
    ['5Y', '5Y', 0.0081],
    ['2Y', '10Y', 0.0078],
  ].map(([expiry, tenor, volatility]) => ({ expiry, tenor, volatility }));
  const model = { model: 'hull-white', ...euro, convention: 'EUR-FIXED-1Y-EURIBOR-6M', quotes };

  test('one swaption and a reversion that is held: the swaption has its market price', () => {
    const one = { ...model, reversion: 0.02, quotes: [{ ...quotes[1], strike: 0.026 }] };
    const market = { model: 'bachelier-rates', ...euro, volatility: 0.0083 };
    const value = answered(valuation, { m: one }, swaption).value;
    expect(value).toBeCloseTo(answered(valuation, { m: market }, swaption).value, 2);
  });

  test('several: both parameters, with the error in normal volatility and its worst swaption', () => {
    const answer = answered(valuation, { m: model }, swaption);
    expect(explained(answer, 'fitted volatility')).toBeGreaterThan(0.006);
    expect(explained(answer, 'fit error, largest')).toBeLessThan(3e-4);
    expect(answer.explain.find(({ name }) => name === 'worst quote')?.value).toMatch(/^\dY into \d+Y$/);
  });

  test.each<[object, string]>([
    [{ quotes: quotes.slice(0, 1) }, 'quotes: calibration-needs-quotes'],
    [{ quotes: [{ ...quotes[0], volatility: -1 }] }, 'quotes[0].volatility: field-must-be-number'],
    [{ quotes: [{ ...quotes[0], expiry: 'soon' }] }, 'quotes[0].expiry: tenor-must-be-valid'],
    [{ convention: 'EUR' }, 'convention: swap-convention-must-be-known'],
    [{ convention: 'USD-FIXED-1Y-SOFR-OIS' }, 'quotes[0]: discount-curve-must-be-assigned'],
    [{ volatility: 0.01 }, 'volatility: field-must-be-known'],
    [{ fitErrorMax: 1e-9 }, 'quotes: calibration-must-fit'],
  ])('a model with %j is refused by field', (change, fault) => {
    expect(faultsOf(answers(valuation, { m: { ...model, ...change } }, [swaption]))).toContain(
      `1 model "m" ${fault}`,
    );
  });
});

const wild = slices.map((slice) => ({
  ...slice,
  quotes: slice.quotes.map((quote, i) => ({ ...quote, volatility: i % 2 === 0 ? 0.05 : 3 })),
}));
test.each<[object, string]>([
  [
    { model: 'heston', slices: slices.slice(0, 1).map((s) => ({ ...s, quotes: s.quotes.slice(0, 3) })) },
    'slices: calibration-needs-quotes',
  ],
  [
    { model: 'svi', slices: [{ ...slices[0], quotes: slices[0]!.quotes.slice(0, 3) }] },
    'slices: surface-slice-must-be-quoted',
  ],
  [{ model: 'ssvi', slices: [slices[0], slices[0]] }, 'slices: surface-slice-must-be-quoted'],
  [{ model: 'svi', slices: wild, fitErrorMax: 0.01 }, 'slices: calibration-must-fit'],
  [{ model: 'svi', slices: [{ ...slices[0], time: -1 }] }, 'slices[0].time: field-must-be-number'],
  [{ model: 'heston', slices, v0: 0.04 }, 'v0: field-must-be-known'],
])('a smile %# is refused by field', (change, fault) => {
  const found = faultsOf(answers(valuation, { m: { ...equity, ...change } }, [call(90)]));
  expect(found).toContain(`1 model "m" ${fault}`);
});

test('a fit that does not converge is refused, with its error and its worst quote', () => {
  const reader = new RowReader({ slices: [] });
  const error = { rmse: 0.02, max: 0.051, worst: '1y strike 80', quotes: 21 };
  const fit = { ok: true, value: { parameters: { v0: 0.04 }, error, converged: false } } as const;
  accepted(reader, 'slices', fit, 0.2);
  expect(reader.faults).toMatchObject([{ field: 'slices', reason: 'calibration-must-converge' }]);
  expect(reader.faults[0]!.message).toMatch(/21 quotes did not converge.*0\.051.*1y strike 80/);
});
