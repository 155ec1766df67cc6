import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DERIBIT_CONVENTION, deribitMark } from '../../../pricing/measures/deribit-option';
import { quoteGreeks } from '../../../pricing/measures/greek-conventions';
import { blackSensitivities } from '../../../pricing/models/black-greeks';
import { deltaOfStrike } from '../../../pricing/models/fx-delta';
import { answered } from '../support/rows';

const data = resolve(process.env['BREAKWATER_DATA'] ?? '../shared/data');
const frames = join(data, 'frames', 'deribit_ws_part.txt.gz');
const recorded = existsSync(frames) ? describe : describe.skip;

interface Ticker {
  readonly instrument_name: string;
  readonly timestamp: number;
  readonly underlying_price: number;
  readonly mark_iv: number;
  readonly mark_price: number;
  readonly greeks: Readonly<Record<'delta' | 'gamma' | 'vega' | 'theta' | 'rho', number>>;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/** `ETH-30JUL21-2800-C` expires on that day at 08:00 UTC. */
const termsOf = (name: string) => {
  const [, day, month, year, strike, right] = /^\w+-(\d+)(\w{3})(\d\d)-(\d+)-([CP])$/.exec(name)!;
  return {
    expiry: Date.UTC(2000 + Number(year), MONTHS.indexOf(month!), Number(day), 8),
    strike: Number(strike),
    right: right === 'C' ? ('call' as const) : ('put' as const),
  };
};

const tickers = (): readonly Ticker[] =>
  gunzipSync(readFileSync(frames))
    .toString()
    .split('\n')
    .filter((line) => line.includes('"greeks"'))
    .map((line) => JSON.parse(line.slice(line.indexOf('{'))).params.data as Ticker);

recorded('tickers recorded from the venue (skipped unless BREAKWATER_DATA holds frames)', () => {
  test('the published Greeks and prices come out of the published inputs', () => {
    const all = tickers();
    expect(all.length).toBeGreaterThan(20);
    for (const ticker of all) {
      const mark = deribitMark({
        ...termsOf(ticker.instrument_name),
        underlyingPrice: ticker.underlying_price,
        markIvPercent: ticker.mark_iv,
        timestamp: ticker.timestamp,
      });
      if (!mark.ok) throw new Error(mark.message);
      const { greeks, priceCoin } = mark.value;
      const gap = (name: keyof Ticker['greeks']) => Math.abs(greeks[name].value - ticker.greeks[name]);
      expect(gap('delta')).toBeLessThan(1.5e-5);
      expect(gap('gamma')).toBeLessThan(5.1e-6);
      expect(gap('vega')).toBeLessThan(2e-3);
      expect(gap('rho')).toBeLessThan(3e-3);
      expect(gap('theta')).toBeLessThan(1e-5 + 2e-4 * Math.abs(ticker.greeks.theta));
      // The volatility is published to two digits of a percent.
      expect(Math.abs(priceCoin - ticker.mark_price)).toBeLessThan(2.2e-4);
    }
  });

  test('some of them lie under the theta cap', () => {
    const capped = tickers().filter((t) => termsOf(t.instrument_name).expiry - t.timestamp < 86_400_000);
    expect(capped.length).toBeGreaterThan(0);
  });
});

const table = join(data, 'options', 'deribit_option_tickers_20210722.csv.gz');
const tabled = existsSync(table) ? test : test.skip;

tabled(
  "every Greek of the venue's table lies within what rounding leaves open (skipped unless BREAKWATER_DATA holds options)",
  () => {
    const [header, ...lines] = gunzipSync(readFileSync(table)).toString().trim().split('\n');
    const names = header!.split(',');
    expect(lines.length).toBeGreaterThan(30);
    let capped = 0;
    for (const line of lines) {
      const row = Object.fromEntries(line.split(',').map((cell, i) => [names[i]!, cell]));
      const number = (name: string): number => Number(row[name]);
      const at = (volatilityOff: number, priceOff: number, millisOff = 0) => {
        const mark = deribitMark({
          right: row['right'] === 'C' ? 'call' : 'put',
          strike: number('strike'),
          underlyingPrice: number('underlying_price') + priceOff,
          markIvPercent: number('mark_iv_pct') + volatilityOff,
          timestamp: number('exchange_time_ms') + millisOff,
          expiry: number('expiry_ms'),
        });
        if (!mark.ok) throw new Error(mark.message);
        return mark.value;
      };
      // Volatility and underlying are published to a hundredth, the Greeks to five decimals, up to a second after they were made.
      const roundings = [-0.005, 0, 0.005];
      const ends = roundings.flatMap((volatility) =>
        roundings.flatMap((price) => [-1000, 0].map((millis) => at(volatility, price, millis))),
      );
      for (const name of ['delta', 'gamma', 'vega', 'theta', 'rho'] as const) {
        const open = 1e-5 + 2e-6 * Math.abs(number(name));
        const values = ends.map(({ greeks }) => greeks[name].value);
        expect(number(name)).toBeGreaterThan(Math.min(...values) - open);
        expect(number(name)).toBeLessThan(Math.max(...values) + open);
      }
      if (-number('theta') > 0.99 * at(0, 0).priceUsd) capped++;
    }
    // Some live less than a day, and lose no more than they are worth.
    expect(capped).toBeGreaterThan(0);
  },
);

const terms = { right: 'call' as const, strike: 2300, time: 0.3 / 365 };
const market = { spot: 2005, rate: 0, dividend: 0, volatility: 1.1 };
const raw = { ...blackSensitivities(terms, market), spot: 2005, time: terms.time, carried: 1 };

test('theta of an option that lives less than a day is of the part that is left, and at most its price', () => {
  const capped = quoteGreeks(raw, DERIBIT_CONVENTION).theta;
  // Far out of the money even the part is more than the price.
  expect((0.3 * raw.theta) / 365).toBeLessThan(-raw.value);
  expect(capped.value).toBe(-raw.value);
  expect(capped.convention).toContain('at most the price');
  const near = {
    ...blackSensitivities({ ...terms, strike: 2005 }, market),
    spot: 2005,
    time: terms.time,
    carried: 1,
  };
  expect((0.3 * near.theta) / 365).toBeGreaterThan(-near.value);
  expect(quoteGreeks(near, DERIBIT_CONVENTION).theta.value).toBeCloseTo((0.3 * near.theta) / 365, 12);
});

test("a coin option's theta is capped by its price in dollars, also where the row asks for the venue's units", () => {
  const models = { d: { model: 'deribit', underlyingPrice: 2005, volatility: 1.1, quoted: 'coin' } };
  const row = { product: 'forward-option', model: 'd', right: 'call', strike: 2100, time: 0.02 };
  const plain = answered('2026-03-02', models, row);
  const asked = answered('2026-03-02', models, { ...row, greeks: 'deribit' });
  expect(plain.value).toBeLessThan(1);
  expect(plain.greeks['theta']!.value).toBeLessThan(-1);
  expect(asked.greeks['theta']!.value).toBe(plain.greeks['theta']!.value);
});

test.each([
  ['per-year', 1],
  ['per-day-365', 365],
  ['per-day-365.25', 365.25],
  ['per-business-day-252', 252],
] as const)('theta %s divides by %d', (theta, days) => {
  const quoted = quoteGreeks(raw, { ...DERIBIT_CONVENTION, theta, thetaCap: false });
  expect(quoted.theta.value * days).toBeCloseTo(raw.theta, 9);
});

test.each([
  'spot',
  'forward',
  'spot-premium-adjusted',
  'forward-premium-adjusted',
] as const)("delta %s is the FX market's", (delta) => {
  const fx = { spot: 1.3, rate: 0.03, dividend: 0.01, volatility: 0.1 };
  const option = { right: 'put' as const, strike: 1.28, time: 0.5 };
  const [domesticDiscount, foreignDiscount] = [Math.exp(-0.015), Math.exp(-0.005)];
  const quoted = quoteGreeks(
    { ...blackSensitivities(option, fx), spot: 1.3, time: 0.5, carried: foreignDiscount },
    { ...DERIBIT_CONVENTION, delta },
  );
  const expected = deltaOfStrike(
    {
      right: 'put',
      convention: delta,
      spot: 1.3,
      domesticDiscount,
      foreignDiscount,
      stdDev: 0.1 * Math.SQRT1_2,
    },
    1.28,
  );
  expect(quoted.delta.value).toBeCloseTo(expected, 12);
});

test('what cannot be marked is refused', () => {
  const inputs = {
    right: 'call' as const,
    strike: 1,
    underlyingPrice: 1,
    markIvPercent: 50,
    timestamp: 0,
    expiry: 1,
  };
  expect(deribitMark({ ...inputs, markIvPercent: 0 })).toMatchObject({
    reason: 'markIvPercent-must-be-positive',
  });
  expect(deribitMark({ ...inputs, expiry: 0 })).toMatchObject({ reason: 'expired' });
});
