/** Curves from market quotes: each instrument makes a node, and all quoted curves of a market are built as one group. */
import { type Day, formatDay } from '../calendars/date';
import { failure, type Result, success } from '../contract';
import { buildCurves, type CurveSet, compileCurveGroup } from '../curves/curve-group';
import type { DiscountCurve } from '../curves/discount-curve';
import { type InterpolationName, interpolationNames } from '../curves/interpolation';
import type { CalibrationInstrument } from '../curves/term';
import type { FxRate } from '../measures/rates-market';
import type { CurveSetting, QuotedInstrument } from './curve-setting';
import type { RowReader } from './fields';
import { guarded } from './guarded';
import { moneyInstruments } from './money-instruments';
import { swapInstruments } from './swap-instruments';

const instruments = { ...moneyInstruments, ...swapInstruments };
type InstrumentType = keyof typeof instruments;
export const instrumentTypes = Object.keys(instruments) as readonly InstrumentType[];

export interface QuotedCurve {
  readonly name: string;
  readonly interpolation: InterpolationName;
  readonly quoted: readonly QuotedInstrument[];
}

/** Why an instrument makes no node beside those before it. */
function nodeFault(
  { label, pillar, terms }: CalibrationInstrument,
  before: readonly QuotedInstrument[],
  reference: Day,
): readonly [reason: string, message: string] | undefined {
  if (pillar <= reference)
    return ['curve-pillars-must-rise', `"${label}" ends ${formatDay(pillar)}, not after the valuation`];
  const same = before.find(({ instrument }) => instrument.pillar === pillar);
  if (same) {
    const other = same.instrument.label;
    return [
      'curve-pillars-must-rise',
      `"${label}" ends ${formatDay(pillar)} as "${other}" does: leave one out`,
    ];
  }
  const early = terms.some(
    ({ growth, discount }) =>
      Math.min(growth?.start ?? reference, growth?.end ?? reference, discount?.day ?? reference) < reference,
  );
  if (!early) return undefined;
  return ['instrument-must-start-ahead', `"${label}" starts before the valuation: leave it out`];
}

const unread = failure('row-must-be-readable', 'see the faults of the fields');

const readInstrument = (
  type: InstrumentType,
  reader: RowReader,
  setting: CurveSetting,
): Result<QuotedInstrument | undefined> => guarded(() => success(instruments[type](reader, setting)));

/** One curve's instruments; faults name the instrument by its place. */
export function readQuotedCurve(
  reader: RowReader,
  setting: Omit<CurveSetting, 'curve'>,
): QuotedCurve | undefined {
  const name = reader.text('name');
  const interpolation = reader.oneOf('interpolation', interpolationNames, {
    otherwise: 'log-linear-discount',
  });
  const quoted: QuotedInstrument[] = [];
  reader.list('instruments', (inner) => {
    const type = inner.oneOf('type', instrumentTypes);
    const read = inner.faults.length > 0 ? unread : readInstrument(type, inner, { ...setting, curve: name });
    // What is left means nothing under an unknown type, or after a calendar that ran out.
    if (!read.ok) inner.ignore(...Object.keys(inner.row));
    if (!read.ok && read !== unread) inner.fault('', read.reason, read.message);
    const made = read.ok ? read.value : undefined;
    if (!made || inner.faults.length > 0) return;
    const fault = nodeFault(made.instrument, quoted, setting.reference);
    if (fault) inner.fault('', fault[0], `curve "${name}": ${fault[1]}`);
    else quoted.push(made);
  });
  if (reader.faults.length > 0) return undefined;
  if (quoted.length > 0) return { name, interpolation, quoted };
  reader.fault('instruments', 'curve-must-have-instruments', `curve "${name}" needs one instrument at least`);
  return undefined;
}

export interface QuotedMarket {
  readonly reference: Day;
  readonly given: readonly DiscountCurve[];
  readonly quoted: readonly QuotedCurve[];
  readonly fx: Readonly<Record<string, FxRate>>;
}

/** All quotes by name; a name that two instruments share is a fault, because one of the two values would be lost. */
function quotesOf(reader: RowReader, { quoted, fx }: QuotedMarket): Readonly<Record<string, number>> {
  const quotes: Record<string, number> = {};
  for (const { instrument, value, pairs = [] } of quoted.flatMap((curve) => curve.quoted)) {
    if (instrument.quote in quotes) {
      const message = `two instruments have the quote "${instrument.quote}": give one of them another "name"`;
      reader.fault('curves', 'quote-must-be-given-once', message);
    }
    quotes[instrument.quote] = value;
    for (const pair of pairs) quotes[pair] = fx[pair]!.rate;
  }
  return quotes;
}

/** Undefined with a fault that names curve and instrument where the group cannot be solved. */
export function buildQuotedCurves(reader: RowReader, market: QuotedMarket): CurveSet | undefined {
  const { reference, given, quoted } = market;
  const quotes = quotesOf(reader, market);
  if (reader.faults.length > 0) return undefined;
  const group = compileCurveGroup({
    reference,
    given,
    curves: quoted.map((curve) => ({
      name: curve.name,
      interpolation: curve.interpolation,
      instruments: curve.quoted.map(({ instrument }) => instrument),
    })),
  });
  const set = group.ok ? buildCurves(group.value, quotes) : group;
  if (set.ok) {
    for (const { curve, label, wants } of set.value.refused)
      reader.note({ name: `node ${curve} ${label}`, value: `left out: ${wants} is missing` });
    return set.value;
  }
  reader.fault('curves', set.reason, set.message);
  return undefined;
}
