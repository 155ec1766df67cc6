/** Options on term structures: forwards with dividends, surfaces as they are quoted, one at a time and in a live book. */
import {
  type BookOption,
  MICROS_PER_YEAR,
  prepareBook,
  reasonOf,
  repriceBook,
} from '../../../pricing/batch/book';
import { flatCurve } from '../../../pricing/curves/discount-curve';
import { setForwards, setSurface } from '../../../pricing/markets/book-terms';
import { capletVolatility, capSurface, swaptionVolatility } from '../../../pricing/markets/cap-surface';
import {
  type ForwardTerms,
  forwardCurve,
  forwardPoint,
  rollForwards,
} from '../../../pricing/markets/forward-curve';
import { type FxExpiryQuotes, fxSurface, fxVolatility } from '../../../pricing/markets/fx-surface';
import { modelAt } from '../../../pricing/markets/option-market';
import { volatilityAt } from '../../../pricing/markets/volatility-surface';
import { blackPrice } from '../../../pricing/models/black';
import { deltaOfStrike } from '../../../pricing/models/fx-delta';
import { standardRegistry } from '../../../pricing/pricers';
import { liveSurface } from '../../../pricing/volatility/live-surface';
import { swaptionCube } from '../../../pricing/volatility/swaption-cube';
import { certain, trade } from '../support/dual-curve';

const now = Date.UTC(2025, 1, 10, 15) * 1000;
const at = (years: number): number => now + years * MICROS_PER_YEAR;
const discount = flatCurve('USD', trade, 0.04);
const share: ForwardTerms = { name: 'ACME', now, spot: 100, discount };
const forwardOf = (terms: Partial<ForwardTerms>, years: number) =>
  certain(forwardPoint(certain(forwardCurve({ ...share, ...terms })), at(years)));

test('without dividends the spot grows at the rate less the fee of lending, or at repo', () => {
  expect(forwardOf({}, 2).forward).toBeCloseTo(100 * Math.exp(0.08), 10);
  expect(forwardOf({ borrow: flatCurve('fee', trade, 0.015) }, 2).forward).toBeCloseTo(
    100 * Math.exp(0.05),
    10,
  );
  const repo = forwardOf({ repo: flatCurve('repo', trade, 0.03) }, 2);
  expect(repo.forward).toBeCloseTo(100 * Math.exp(0.06), 10);
  expect(repo.rate).toBeCloseTo(0.04, 12);
  expect(repo.yield).toBeCloseTo(0.01, 12);
});

test('dividends go ex in their order, the share before the cash, and what is paid later is worth less', () => {
  const dividends = [
    { ex: at(1.5), cash: 2, share: 0.01 },
    { ex: at(0.5), cash: 3 },
    { ex: at(-0.1), cash: 50 },
  ];
  const g = (years: number) => Math.exp(0.04 * years);
  const first = 100 * g(0.5) - 3;
  expect(forwardOf({ dividends }, 0.4).forward).toBeCloseTo(100 * g(0.4), 10);
  expect(forwardOf({ dividends }, 1).forward).toBeCloseTo(first * g(0.5), 10);
  expect(forwardOf({ dividends }, 2).forward).toBeCloseTo((first * g(1) * 0.99 - 2) * g(0.5), 10);
  const late = [{ ex: at(0.5), pays: at(1), cash: 3 }];
  expect(forwardOf({ dividends: late }, 1).forward).toBeCloseTo(
    (100 * g(0.5) - 3 * Math.exp(-0.02)) * g(0.5),
    10,
  );
});

test.each<[Partial<ForwardTerms>, string]>([
  [{ spot: 0 }, 'spot-must-be-positive'],
  [{ dividends: [{ ex: at(1) }] }, 'dividend-must-be-sound'],
  [{ dividends: [{ ex: at(1), share: 1 }] }, 'dividend-must-be-sound'],
  [{ dividends: [{ ex: Number.NaN, cash: 1 }] }, 'dividend-must-be-sound'],
  [{ dividends: [{ ex: at(1), pays: at(0.5), cash: 1 }] }, 'dividend-must-be-sound'],
])('forwards of %j are refused as %s', (terms, reason) => {
  expect(forwardCurve({ ...share, ...terms })).toMatchObject({ ok: false, reason });
});

test('more dividends than price, and a time that is over, have no forward', () => {
  const curve = certain(forwardCurve({ ...share, dividends: [{ ex: at(0.5), cash: 120 }] }));
  expect(forwardPoint(curve, at(1))).toMatchObject({ reason: 'forward-must-be-positive' });
  expect(forwardPoint(curve, now)).toMatchObject({ reason: 'expired' });
});

test('a day on, the dividend that went ex is behind, and the forward stands if the spot fell by it', () => {
  const curve = certain(forwardCurve({ ...share, dividends: [{ ex: at(0.5), cash: 3 }] }));
  const spot = 100 * Math.exp(0.02) - 3;
  const rolled = certain(rollForwards(curve, { now: at(0.5), spot, discount }));
  expect(rolled.ahead).toEqual([]);
  expect(certain(forwardPoint(rolled, at(2))).forward).toBeCloseTo(
    certain(forwardPoint(curve, at(2))).forward,
    9,
  );
});

const quotes = [70, 85, 95, 100, 105, 115, 130].map((strike) => ({
  strike,
  volatility: 0.2 + 0.3 * Math.log(100 / strike) ** 2 + 0.05 * Math.log(100 / strike),
}));
const surface = certain(
  liveSurface([
    { label: 'ZH6', expiry: 0.25, forward: 100, quotes },
    {
      label: 'ZM6',
      expiry: 1,
      forward: 101,
      quotes: quotes.map((q) => ({ ...q, volatility: q.volatility + 0.02 })),
    },
  ]),
);
const equity = { kind: 'equity', name: 'ACME', surface } as const;
const contracts = { kind: 'commodity', name: 'Wheat', surface } as const;

test('a European option is Black on its own forward, discount and volatility', () => {
  const forwards = certain(forwardCurve({ ...share, dividends: [{ ex: at(0.3), cash: 4, share: 0.01 }] }));
  const place = { expiry: at(0.7), strike: 95, onPath: false };
  const model = certain(modelAt({ forwards, volatility: equity }, place));
  const point = certain(forwardPoint(forwards, place.expiry));
  const told = certain(
    standardRegistry.price(
      { kind: 'vanilla-option', right: 'put', strike: 95, time: point.time, exercise: 'european' } as never,
      model,
      { valuationTime: now, snapshot: 's' },
    ),
  );
  const volatility = certain(volatilityAt(equity, { time: point.time, strike: 95, forward: point.forward }));
  const own = blackPrice({
    right: 'put',
    strike: 95,
    forward: point.forward,
    stdDev: volatility * Math.sqrt(point.time),
    discount: Math.exp(-0.04 * point.time),
  });
  expect(told.value).toBeCloseTo(own, 10);
});

test('what hangs on its path is not priced on a yield unless that is asked for', () => {
  const forwards = certain(forwardCurve({ ...share, dividends: [{ ex: at(0.3), cash: 4 }] }));
  const place = { expiry: at(0.7), strike: 95, onPath: true };
  const market = { forwards, volatility: equity } as const;
  expect(modelAt(market, place)).toMatchObject({ ok: false, reason: 'dividends-need-a-yield' });
  expect(modelAt({ ...market, paths: 'as-yield' }, place).ok).toBe(true);
  expect(modelAt(market, { ...place, expiry: at(0.2) }).ok).toBe(true);
});

test('a commodity is asked by its contract, and no volatility lies between two', () => {
  const question = { time: 0.2, strike: 100, forward: 100 };
  expect(volatilityAt(contracts, question)).toMatchObject({ reason: 'contract-must-be-named' });
  expect(volatilityAt(contracts, { ...question, contract: 'ZN6' })).toMatchObject({
    reason: 'contract-must-be-quoted',
  });
  const near = certain(volatilityAt(contracts, { ...question, contract: 'ZH6' }));
  const far = certain(volatilityAt(contracts, { ...question, forward: 101, contract: 'ZM6' }));
  expect(near).toBeCloseTo(0.2, 3);
  expect(far).toBeCloseTo(0.22, 3);
  expect(volatilityAt(equity, { ...question, strike: -1 })).toMatchObject({
    reason: 'question-must-be-sound',
  });
});

const month: FxExpiryQuotes = {
  label: '1M',
  cut: at(1 / 12),
  forward: 1.085,
  domesticDiscount: Math.exp(-0.04 / 12),
  foreignDiscount: Math.exp(-0.025 / 12),
  atm: 0.08,
  riskReversal25: -0.01,
  butterfly25: 0.003,
  riskReversal10: -0.018,
  butterfly10: 0.009,
  delta: 'spot',
  atTheMoney: 'delta-neutral',
};

test.each([
  ['spot', 'delta-neutral'],
  ['forward', 'forward'],
  ['spot-premium-adjusted', 'delta-neutral'],
  ['forward-premium-adjusted', 'delta-neutral'],
] as const)('under %s delta and money %s the surface has the quotes at the strikes of their deltas', (delta, atTheMoney) => {
  const fx = certain(fxSurface('EURUSD', [{ ...month, delta, atTheMoney }], now));
  const [slice] = fx.slices;
  const wanted = [
    ['put', -0.1, 0.08 + 0.009 + 0.009],
    ['put', -0.25, 0.08 + 0.003 + 0.005],
    ['call', 0.25, 0.08 + 0.003 - 0.005],
    ['call', 0.1, 0.08 + 0.009 - 0.009],
  ] as const;
  const strikes = slice!.pillars.filter((_, place) => place !== 2);
  wanted.forEach(([right, target, volatility], place) => {
    const { strike, k } = strikes[place]!;
    expect(fxVolatility(fx, 1 / 12, k)).toBeCloseTo(volatility, 12);
    const terms = {
      right,
      convention: delta,
      spot: (month.forward * month.domesticDiscount) / month.foreignDiscount,
      domesticDiscount: month.domesticDiscount,
      foreignDiscount: month.foreignDiscount,
      stdDev: volatility * Math.sqrt(1 / 12),
    };
    expect(deltaOfStrike(terms, strike)).toBeCloseTo(target, 9);
  });
  expect(fxVolatility(fx, 1 / 12, 3)).toBe(slice!.pillars.at(-1)!.volatility);
});

test('between cuts variance is linear, and an expiry without its quotes is refused while the others stand', () => {
  const year = {
    ...month,
    label: '1Y',
    cut: at(1),
    atm: 0.09,
    domesticDiscount: 0.96,
    foreignDiscount: 0.975,
  };
  const lost = { ...month, label: '3M', cut: at(0.25), riskReversal10: Number.NaN };
  const fx = certain(fxSurface('EURUSD', [year, lost, month], now));
  expect(fx.refused.map(({ label }) => label)).toEqual(['3M']);
  const [near, far] = fx.slices.map(({ smile, time }) => smile(0.01) ** 2 * time);
  const half = (1 / 12 + 1) / 2;
  expect(fxVolatility(fx, half, 0.01) ** 2 * half).toBeCloseTo((near! + far!) / 2, 10);
  expect(fxSurface('EURUSD', [month, { ...month, label: 'again' }], now)).toMatchObject({
    reason: 'surface-expiry-must-be-once',
  });
  expect(fxSurface('EURUSD', [lost], now)).toMatchObject({ reason: 'surface-must-have-slices' });
});

test('cap and swaption surfaces answer what a pricer takes, and a hole refuses what reads it', () => {
  const caps = certain(
    capSurface({
      name: 'EUR caps',
      times: [1, 5],
      strikes: [0.01, 0.03],
      volatilities: [
        [0.006, 0.007],
        [0.008, Number.NaN],
      ],
      quoted: { kind: 'bachelier' },
    }),
  );
  expect(certain(capletVolatility(caps, { time: 3, strike: 0.005 }))).toEqual({
    kind: 'bachelier',
    volatility: expect.closeTo(0.007, 12),
  });
  expect(certain(capletVolatility(caps, { time: 0.5, strike: 0.02 })).kind).toBe('bachelier');
  expect(capletVolatility(caps, { time: 3, strike: 0.02 })).toMatchObject({
    reason: 'volatility-must-be-quoted',
  });
  expect(capSurface({ ...caps, times: [5, 1] })).toMatchObject({ reason: 'volatility-matrix-must-be-whole' });
  const cube = certain(swaptionCube({ atm: { optionTimes: [1], swapLengths: [5], values: [[0.3]] } }));
  const swaptions = { kind: 'swaption', name: 'EUR', cube, quoted: { kind: 'black', shift: 0.01 } } as const;
  expect(certain(swaptionVolatility(swaptions, { optionTime: 1, swapLength: 5, strikeSpread: 0 }))).toEqual({
    kind: 'black',
    shift: 0.01,
    volatility: 0.3,
  });
});

const option = (more: Partial<BookOption> = {}): BookOption => ({
  right: 'call',
  exercise: 'european',
  strike: 105,
  expiry: at(0.7),
  underlying: 0,
  rate: 0,
  yield: 0,
  smile: 0,
  ...more,
});
const places = { underlying: 0, expiries: [{ expiry: at(0.7), rate: 0, yield: 0, smile: 0 }] };

test('rows of a live book have the prices of the same options one at a time, at every spot', () => {
  const book = certain(prepareBook([option(), option({ right: 'put', strike: 90 })], { origin: now }));
  for (const spot of [100, 93]) {
    const forwards = certain(forwardCurve({ ...share, spot, dividends: [{ ex: at(0.3), cash: 4 }] }));
    expect(setForwards(book, places, { forwards })).toEqual([]);
    expect(setSurface(book, places, { forwards, volatility: equity })).toEqual([]);
    repriceBook(book, now);
    for (const [row, right, strike] of [
      [0, 'call', 105],
      [1, 'put', 90],
    ] as const) {
      const model = certain(
        modelAt({ forwards, volatility: equity }, { expiry: at(0.7), strike, onPath: false }),
      );
      const product = { kind: 'vanilla-option', right, strike, time: 0.7, exercise: 'european' };
      const told = certain(standardRegistry.price(product, model, { valuationTime: now, snapshot: 's' }));
      expect(book.columns.price[row]).toBeCloseTo(told.value, 9);
    }
  }
});

test('rows that hang on their path are without a price and say why, until the yield is asked for', () => {
  const book = certain(prepareBook([option({ exercise: 'american', right: 'put' })], { origin: now }));
  const forwards = certain(forwardCurve({ ...share, dividends: [{ ex: at(0.3), cash: 4 }] }));
  setSurface(book, places, { forwards, volatility: equity });
  expect(setForwards(book, places, { forwards })).toMatchObject([{ reason: 'dividends-need-a-yield' }]);
  repriceBook(book, now);
  expect(reasonOf(book, 0)).toBe('yield-missing');
  expect(setForwards(book, places, { forwards, paths: 'as-yield' })).toEqual([]);
  repriceBook(book, now);
  expect(reasonOf(book, 0)).toBe('priced');
});
