/** Real chains to arbitrage-checked surfaces: SPX (European), GOOG (American, no dividend), AAPL (American, dividends). */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { blackPrice, type Right } from '../../../pricing/models/black';
import { butterflyFaults, calendarFaults, evenNodes } from '../../../pricing/volatility/arbitrage';
import { repairCalendar } from '../../../pricing/volatility/calendar-repair';
import { impliedForward } from '../../../pricing/volatility/implied-forward';
import { type ChainQuote, type ChainSettings, chainSlices } from '../../../pricing/volatility/option-chain';
import { fitSsvi, ssviPoint } from '../../../pricing/volatility/ssvi';
import { buildSviSurface, surfaceFaults } from '../../../pricing/volatility/svi-surface';
import { inLongRuns } from '../../support/long-runs';

const folder = join(resolve(process.env['BREAKWATER_DATA'] ?? '../shared/data'), 'options');
const withData = existsSync(folder) ? test : test.skip;

const lines = (file: string): readonly (readonly string[])[] =>
  gunzipSync(readFileSync(join(folder, file)))
    .toString('utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
const rightOf = (letter: string | undefined): Right => (letter === 'C' ? 'call' : 'put');
const years = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000 / 365;
const dashed = (day: string): string => `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}`;

/** Every third expiry of the 27: the whole chain is fitted in bench/pricing/surfaces.ts. */
const spx = (): readonly ChainQuote[] => {
  const all = allSpx();
  const labels = [...new Set(all.map(({ label }) => label))];
  return all.filter(({ label }) => labels.indexOf(label) % 3 === 0);
};
const allSpx = (): readonly ChainQuote[] =>
  lines('spx_20250210_option_prices_half_expiries.csv.gz')
    .map(([label, strike, right, price]) => ({
      label: label!,
      expiry: years('2025-02-10', label!),
      strike: Number(strike),
      right: rightOf(right),
      price: Number(price),
    }))
    .filter(({ expiry }) => expiry > 0);

/** End-of-day chains: the first row is the underlying; only options that traded or were quoted that day. */
function endOfDay(file: string): { readonly spot: number; readonly quotes: readonly ChainQuote[] } {
  const [underlying, ...rows] = lines(file);
  const today = dashed(underlying![0]!);
  const quotes = rows
    .map(([, expiry, strike, right, , , , close]) => ({
      label: dashed(expiry!),
      expiry: years(today, dashed(expiry!)),
      strike: Number(strike),
      right: rightOf(right),
      price: Number(close),
    }))
    .filter(({ expiry, price }) => expiry > 5 / 365 && price > 0);
  return { spot: Number(underlying![7]), quotes };
}

/** A surface with what a desk would ask of it: error by slice in volatility points, faults by name. */
function surfaceOf(quotes: readonly ChainQuote[], settings: ChainSettings) {
  const chain = chainSlices(quotes, settings);
  const built = buildSviSurface(chain.slices);
  if (!built.ok) throw new Error(built.message);
  const { slices } = built.value;
  const total = slices.reduce((sum, s) => sum + s.error.quotes, 0);
  const rmse = Math.sqrt(slices.reduce((sum, s) => sum + s.error.rmse ** 2 * s.error.quotes, 0) / total);
  return { chain, surface: built.value, rmse, quotes: total, faults: surfaceFaults(built.value) };
}

const kinds = (faults: readonly { readonly kind: string }[]): ReadonlySet<string> =>
  new Set(faults.map(({ kind }) => kind));

withData(
  'SPX: nine expiries within half a volatility point, no butterfly, every calendar fault at a named node',
  () => {
    const { chain, surface, rmse, quotes, faults } = surfaceOf(spx(), { style: 'european', priceMin: 0.1 });
    expect(surface.slices).toHaveLength(9);
    expect(quotes).toBeGreaterThan(1200);
    expect(rmse).toBeLessThan(0.008);
    // Slices from a month out, where the publisher's disturbance of prices weighs less on the volatility.
    for (const { expiry, error } of surface.slices)
      if (expiry > 1 / 12) expect(error.rmse).toBeLessThan(0.005);
    expect(kinds(faults)).not.toContain('butterfly');
    for (const fault of faults) {
      expect(surface.slices.map(({ label }) => label)).toContain(fault.expiry);
      expect(fault.message).toContain(fault.expiry);
      expect(fault.amount).toBeLessThan(2e-3);
    }
    // The forwards of the data's own README: 6,063 for the next day's expiry, up to two points of scatter in the far ones.
    expect(chain.forwards[0]!.forward).toBeGreaterThan(6060);
    expect(chain.forwards[0]!.forward).toBeLessThan(6068);
    for (const { scatter } of chain.forwards) expect(scatter).toBeLessThan(2);
  },
);

withData('SPX: all 27 expiries, pulled apart where they cross, for a tenth of a point of fit at most', () => {
  const { surface, faults } = surfaceOf(allSpx(), { style: 'european', priceMin: 0.1 });
  expect(kinds(faults)).toEqual(new Set(['calendar']));
  const repaired = repairCalendar(surface);
  expect(repaired.slices).toHaveLength(27);
  expect(surfaceFaults(repaired)).toEqual([]);
  for (const [i, { error }] of repaired.slices.entries()) {
    expect(error.rmse - surface.slices[i]!.error.rmse).toBeLessThan(0.001);
  }
});

withData(
  'SPX: whatever expiries and strikes are quoted, every slice settles and no repair leaves a fault',
  () => {
    const { slices } = chainSlices(allSpx(), { style: 'european', priceMin: 0.1 });
    // A reproducible scatter of quotes: a multiplicative generator's bits.
    let state = 20_250_210;
    const drawn = (): number => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647;
    };
    for (const noise of [0.002, 0, 0.005].slice(0, inLongRuns(3, 1))) {
      const some = slices
        .filter(() => drawn() < 0.6)
        .map((slice) => ({
          ...slice,
          quotes: slice.quotes
            .filter(() => drawn() < 0.6)
            .map((q) => ({ ...q, volatility: q.volatility + noise * (2 * drawn() - 1) })),
        }));
      const built = buildSviSurface(some);
      if (!built.ok) throw new Error(built.message);
      expect(built.value.slices.filter(({ converged }) => !converged)).toEqual([]);
      expect(kinds(surfaceFaults(built.value))).not.toContain('butterfly');
      expect(surfaceFaults(repairCalendar(built.value))).toEqual([]);
    }
  },
);

withData('SPX as one SSVI surface: no arbitrage at all, for less fit', () => {
  const { slices } = chainSlices(spx(), { style: 'european', priceMin: 0.1 });
  const fit = fitSsvi(
    slices
      .filter(({ expiry }) => expiry > 1 / 12)
      .map(({ label, expiry, forward, quotes }) => ({
        label,
        expiry,
        quotes: quotes.map((q) => ({ k: Math.log(q.strike / forward), volatility: q.volatility })),
      })),
  );
  const { parameters, slices: thetas } = fit.surface;
  const sections = thetas.map((s) => ({
    ...s,
    forward: 1,
    point: (k: number) => ssviPoint(parameters, s.theta, k),
  }));
  const nodes = evenNodes(2, 81);
  expect(sections.flatMap((section) => butterflyFaults(section, { nodes }))).toEqual([]);
  expect(calendarFaults(sections, { nodes })).toEqual([]);
  expect(fit.error.rmse).toBeLessThan(0.02);
  expect(fit.error.rmse).toBeGreaterThan(0.002);
});

/** A week, a quarter and two years out. */
const goog = new Set(['2015-12-31', '2016-03-18', '2018-01-19']);

/** The last quotes of each contract at 11:00 New York, mid of bid and ask. */
function googAtEleven(): readonly ChainQuote[] {
  const last = new Map<string, ChainQuote>();
  for (const [ms, expiry, strike, right, bid, , ask] of lines('goog_20151224_option_quotes_1m.csv.gz')) {
    if (Number(ms) > 39_600_000 || !(Number(bid) > 0) || !(Number(ask) > 0)) continue;
    const label = dashed(expiry!);
    const time = years('2015-12-24', label);
    if (!goog.has(label)) continue;
    const price = (Number(bid) + Number(ask)) / 2;
    last.set(`${expiry} ${strike} ${right}`, {
      label,
      expiry: time,
      strike: Number(strike),
      right: rightOf(right),
      price,
    });
  }
  return [...last.values()];
}

withData(
  'GOOG: American quotes without dividend imply the forward of spot and rate, and a surface within a point',
  () => {
    const rate = 0.005;
    const spot = 749;
    const { chain, surface, rmse, faults } = surfaceOf(googAtEleven(), {
      style: 'american',
      priceMin: 0.3,
      spot,
      rate,
    });
    expect(surface.slices).toHaveLength(3);
    expect(rmse).toBeLessThan(0.005);
    expect(faults).toEqual([]);
    // Without dividends parity gives spot carried at the rate; the quotes are wide in the far expiries.
    for (const { label, forward, discount } of chain.forwards) {
      const carried = spot * Math.exp(rate * years('2015-12-24', label));
      expect(Math.abs(forward - carried)).toBeLessThan(0.003 * spot);
      expect(discount).toBeCloseTo(Math.exp(-rate * years('2015-12-24', label)), 12);
    }
  },
);

withData('AAPL: the dividends come out of parity, and no butterfly is left in any slice', () => {
  const { spot, quotes: whole } = endOfDay('aapl_20140610_eod_chain.csv.gz');
  const all = whole.filter(({ label }) => ['2014-07-19', '2015-01-17', '2016-01-15'].includes(label));
  const { chain, surface, rmse, faults } = surfaceOf(all, {
    style: 'american',
    priceMin: 0.2,
    spot,
    rate: 0.002,
  });
  expect(surface.slices).toHaveLength(3);
  expect(rmse).toBeLessThan(0.008);
  expect(kinds(faults)).not.toContain('butterfly');
  // Dividends of 0.47 a quarter: the forward of January 2016 lies six or seven of them below spot.
  const last = chain.forwards.find(({ label }) => label === '2016-01-15')!;
  expect(spot - last.forward).toBeGreaterThan(1.5);
  expect(spot - last.forward).toBeLessThan(4);
});

test('parity gives forward and discount back, also when some pairs are stale', () => {
  const pairs = Array.from({ length: 21 }, (_, i) => {
    const strike = 80 + 2 * i;
    return {
      strike,
      call: Math.max(0.95 * (101 - strike), 0) + 3,
      put: Math.max(0.95 * (strike - 101), 0) + 3,
    };
  });
  const stale = pairs.map((p, i) => (i % 9 === 4 ? { ...p, call: p.call + 2 } : p));
  for (const list of [pairs, stale]) {
    const implied = impliedForward(list)!;
    expect(implied.forward).toBeCloseTo(101, 8);
    expect(implied.discount).toBeCloseTo(0.95, 10);
  }
  expect(impliedForward(stale)!.pairs).toBeLessThan(21);
  expect(impliedForward(pairs.slice(0, 2))).toBeUndefined();
});

test('quotes that cannot be used are named with their reason', () => {
  const quote = (strike: number, right: Right, volatility: number): ChainQuote => ({
    label: 'Q1',
    expiry: 0.5,
    strike,
    right,
    price: blackPrice({ right, strike, forward: 100, stdDev: volatility * Math.sqrt(0.5), discount: 0.99 }),
  });
  const strikes = [80, 85, 90, 95, 100, 105, 110, 115, 120];
  const quotes = strikes.flatMap((k) => [quote(k, 'call', 0.2), quote(k, 'put', 0.2)]);
  const broken = quotes
    .map((q) => (q.strike === 120 && q.right === 'call' ? { ...q, price: 99.5 } : q))
    .concat([quote(60, 'put', 0.2)]);
  const chain = chainSlices(broken, { style: 'european', priceMin: 0.2 });
  expect(chain.forwards[0]!.forward).toBeCloseTo(100, 6);
  expect(chain.skipped).toContainEqual({
    label: 'Q1',
    strike: 120,
    right: 'call',
    reason: 'price-rises-outward',
  });
  expect(chain.skipped).toContainEqual({
    label: 'Q1',
    strike: 60,
    right: 'put',
    reason: 'price-below-minimum',
  });
  for (const { volatility } of chain.slices[0]!.quotes) expect(volatility).toBeCloseTo(0.2, 6);
});
