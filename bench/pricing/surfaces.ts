/**
 * Real chains to surfaces: fit error and arbitrage by expiry, and the time to build all slices and to rebuild one.
 * Run: BREAKWATER_DATA=… node dist/bench/pricing/surfaces.js
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { repairCalendar } from '../../pricing/volatility/calendar-repair';
import { type ChainQuote, type ChainSettings, chainSlices } from '../../pricing/volatility/option-chain';
import { buildSviSurface, moveQuote, surfaceFaults } from '../../pricing/volatility/svi-surface';
import { fastest } from './option-cases';

const folder = join(resolve(process.env['BREAKWATER_DATA'] ?? '../shared/data'), 'options');
const lines = (file: string): readonly (readonly string[])[] =>
  gunzipSync(readFileSync(join(folder, file)))
    .toString('utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
const years = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000 / 365;
const dashed = (day: string): string => `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}`;

const spx = (): readonly ChainQuote[] =>
  lines('spx_20250210_option_prices_half_expiries.csv.gz')
    .map(([label, strike, right, price]) => ({
      label: label!,
      expiry: years('2025-02-10', label!),
      strike: Number(strike),
      right: right === 'C' ? ('call' as const) : ('put' as const),
      price: Number(price),
    }))
    .filter(({ expiry }) => expiry > 0);

function goog(): readonly ChainQuote[] {
  const last = new Map<string, ChainQuote>();
  for (const [ms, expiry, strike, right, bid, , ask] of lines('goog_20151224_option_quotes_1m.csv.gz')) {
    const label = dashed(expiry!);
    if (Number(ms) > 39_600_000 || !(Number(bid) > 0) || !(Number(ask) > 0)) continue;
    if (years('2015-12-24', label) <= 5 / 365) continue;
    last.set(`${expiry} ${strike} ${right}`, {
      label,
      expiry: years('2015-12-24', label),
      strike: Number(strike),
      right: right === 'C' ? 'call' : 'put',
      price: (Number(bid) + Number(ask)) / 2,
    });
  }
  return [...last.values()];
}

function endOfDay(file: string): { readonly spot: number; readonly quotes: readonly ChainQuote[] } {
  const [underlying, ...rows] = lines(file);
  const today = dashed(underlying![0]!);
  const quotes = rows
    .map(([, expiry, strike, right, , , , close]) => ({
      label: dashed(expiry!),
      expiry: years(today, dashed(expiry!)),
      strike: Number(strike),
      right: right === 'C' ? ('call' as const) : ('put' as const),
      price: Number(close),
    }))
    .filter(({ expiry, price }) => expiry > 5 / 365 && price > 0);
  return { spot: Number(underlying![7]), quotes };
}

function report(name: string, quotes: readonly ChainQuote[], settings: ChainSettings): void {
  const start = performance.now();
  const chain = chainSlices(quotes, settings);
  const inverted = performance.now();
  const built = buildSviSurface(chain.slices);
  const fitted = performance.now();
  if (!built.ok) throw new Error(built.message);
  const surface = built.value;
  const faults = surfaceFaults(surface);
  const total = surface.slices.reduce((sum, s) => sum + s.error.quotes, 0);
  const square = surface.slices.reduce((sum, s) => sum + s.error.rmse ** 2 * s.error.quotes, 0);
  const slice = surface.slices[surface.slices.length >> 1]!;
  const quote = slice.quotes[slice.quotes.length >> 1]!;
  const again = 1000 * fastest(5, () => buildSviSurface(chain.slices));
  const move = (i: number) =>
    moveQuote(surface, { label: slice.label, strike: quote.strike, volatility: quote.volatility + 1e-4 * i });
  let moves = 0;
  const moved = 1000 * fastest(20, () => move(++moves));
  console.log(
    `${name}: ${surface.slices.length} slices, ${total} quotes, error ${((100 * Math.sqrt(square)) / Math.sqrt(total)).toFixed(3)} volatility points, ` +
      `${faults.filter((f) => f.kind === 'butterfly').length} butterfly and ${faults.filter((f) => f.kind === 'calendar').length} calendar faults, ` +
      `${chain.skipped.length} quotes left out; inversion ${(inverted - start).toFixed(0)} ms, fit ${(fitted - inverted).toFixed(0)} ms, again ${again.toFixed(0)} ms, ` +
      `one moved quote of ${slice.quotes.length} ${moved.toFixed(2)} ms`,
  );
  for (const s of surface.slices) {
    console.log(
      `  ${s.label}  ${String(s.error.quotes).padStart(4)} quotes  rmse ${(100 * s.error.rmse).toFixed(3)}  max ${(100 * s.error.max).toFixed(2)} at k = ${s.error.maxAt.toFixed(3)}${s.converged ? '' : '  (iterations ran out)'}`,
    );
  }
  const started = performance.now();
  const repaired = repairCalendar(surface);
  const took = performance.now() - started;
  const [least, most] = repaired.slices
    .map(({ error }, i) => 100 * (error.rmse - surface.slices[i]!.error.rmse))
    .reduce(([low, high], x) => [Math.min(low!, x), Math.max(high!, x)], [0, 0]);
  console.log(
    `  after the repair of calendars: ${surfaceFaults(repaired).length} faults, ${repaired.slices.filter((s, i) => s !== surface.slices[i]).length} slices new, ` +
      `their errors ${least!.toFixed(3)} to +${most!.toFixed(3)} points, ${took.toFixed(0)} ms`,
  );
  const places = new Set(faults.map((f) => `${f.kind} ${f.expiry}`));
  if (places.size > 0) console.log(`  faults: ${[...places].join(', ')}; the first: ${faults[0]!.message}`);
}

if (!existsSync(folder)) throw new Error(`no data in ${folder}: set BREAKWATER_DATA`);
report('SPX 2025-02-10', spx(), { style: 'european', priceMin: 0.1 });
report('GOOG 2015-12-24 11:00', goog(), { style: 'american', priceMin: 0.3, spot: 749, rate: 0.005 });
const aapl = endOfDay('aapl_20140610_eod_chain.csv.gz');
report('AAPL 2014-06-10', aapl.quotes, { style: 'american', priceMin: 0.2, spot: aapl.spot, rate: 0.002 });
