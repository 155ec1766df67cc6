/** Black–Scholes on a surface: SVI expiry by expiry, or one SSVI surface, fitted to the quotes of the request. */
import { calibrationError } from '../calibration/model-calibration';
import { failure, type Result, success } from '../contract';
import type { SsviModel, SviModel } from '../measures/smile-vanilla';
import { fitSsvi, type SsviSurface } from '../volatility/ssvi';
import {
  buildSviSurface,
  type SliceInput,
  type SviSurface,
  surfaceFaults,
  surfaceVolatility,
} from '../volatility/svi-surface';
import { accepted, fitFields, levelOf } from './calibrated';
import type { RowReader } from './fields';
import { marketFields, readMarket, readSlices, sliceFields } from './market-fields';
import type { ReadContext, RowSchema } from './schema';

const fields = { ...marketFields, slices: `${sliceFields}; five quotes an expiry or more`, ...fitFields };
const unread = failure('row-must-be-readable', 'see the faults of the fields');

/** The error of a fitted surface, quote by quote, and whether every search came to its end. */
function fitOf(
  slices: readonly SliceInput[],
  volatility: (slice: SliceInput, k: number) => number,
  converged: boolean,
) {
  const deviations = slices.flatMap((slice) =>
    slice.quotes.map(({ strike, volatility: quoted }) => ({
      name: `${slice.label} strike ${strike}`,
      deviation: volatility(slice, Math.log(strike / slice.forward)) - quoted,
    })),
  );
  return success({ parameters: {}, error: calibrationError(deviations), converged });
}

/** Arbitrage between the slices is told, not refused: an option's own price needs one strike alone. */
function noteFaults(reader: RowReader, surface: SviSurface): void {
  const found = surfaceFaults(surface);
  reader.note({ name: 'nodes with arbitrage', value: found.length });
  if (found[0]) reader.note({ name: 'first of them', value: found[0].message });
}

/**
 * Slices fitted to the quotes; the error, the worst quote and what arbitrage there is are told with every answer. `finish`
 * may change the surface before it is judged.
 */
export function readSvi(
  reader: RowReader,
  slices: readonly SliceInput[],
  finish: (surface: SviSurface) => SviSurface = (surface) => surface,
): Result<SviSurface> {
  const built = buildSviSurface(slices);
  const surface = built.ok ? success(finish(built.value)) : built;
  if (!surface.ok) {
    reader.fault('slices', surface.reason, surface.message);
    return surface;
  }
  const converged = surface.value.slices.every((slice) => slice.converged);
  const at = ({ expiry }: SliceInput, k: number): number => surfaceVolatility(surface.value, expiry, k);
  accepted(reader, 'slices', fitOf(slices, at, converged), levelOf(slices.flatMap(({ quotes }) => quotes)));
  noteFaults(reader, surface.value);
  return surface;
}

function readSsvi(reader: RowReader, slices: readonly SliceInput[]): Result<SsviSurface> {
  const expiries = new Set(slices.map(({ expiry }) => expiry));
  const strikes = ({ quotes }: SliceInput): number => new Set(quotes.map(({ strike }) => strike)).size;
  const count = slices.reduce((sum, slice) => sum + strikes(slice), 0);
  if (
    expiries.size < slices.length ||
    count < slices.length + 3 ||
    slices.some((s) => s.quotes.length === 0)
  ) {
    const reason = 'surface-slice-must-be-quoted';
    const message = `SSVI needs every expiry once with a quote, and three quotes more than expiries: there are ${count}`;
    reader.fault('slices', reason, message);
    return failure(reason, message);
  }
  const { surface, error, converged } = fitSsvi(
    slices.map(({ label, expiry, forward, quotes }) => ({
      label,
      expiry,
      quotes: quotes.map((quote) => ({ ...quote, k: Math.log(quote.strike / forward) })),
    })),
  );
  const worst = `log-moneyness ${error.maxAt}`;
  accepted(
    reader,
    'slices',
    success({ parameters: surface.parameters, error: { ...error, worst }, converged }),
    levelOf(slices.flatMap(({ quotes }) => quotes)),
  );
  return success(surface);
}

interface QuotedSurface {
  readonly market: ReturnType<typeof readMarket>;
  readonly slices: readonly SliceInput[];
}

/** The market and the quotes of a surface; a failure when a field of them is faulty. */
export function readQuotedSurface(reader: RowReader, context: ReadContext): Result<QuotedSurface> {
  const market = readMarket(reader);
  reader.ignore(...Object.keys(fitFields));
  const slices = readSlices(reader, context, market);
  return reader.faults.length > 0 ? unread : success({ market, slices });
}

export const svi: RowSchema<SviModel> = {
  name: 'svi',
  about: 'the volatility of a surface of SVI slices, fitted to the quotes given',
  fields,
  read: (reader, context) => {
    const quoted = readQuotedSurface(reader, context);
    if (!quoted.ok) return quoted;
    const { market, slices } = quoted.value;
    const surface = readSvi(reader, slices);
    return surface.ok ? success({ kind: 'svi', ...market, surface: surface.value }) : surface;
  },
};

export const ssvi: RowSchema<SsviModel> = {
  name: 'ssvi',
  about: 'the volatility of one SSVI surface without arbitrage, fitted to the quotes given',
  fields,
  read: (reader, context) => {
    const quoted = readQuotedSurface(reader, context);
    if (!quoted.ok) return quoted;
    const { market, slices } = quoted.value;
    const surface = readSsvi(reader, slices);
    return surface.ok ? success({ kind: 'ssvi', ...market, surface: surface.value }) : surface;
  },
};
