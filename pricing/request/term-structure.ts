/** Options on term structures: a spot, the curves that finance it, its dividends one by one, and a volatility or a surface. */
import { failure, type Result, success } from '../contract';
import type { DiscountCurve } from '../curves/discount-curve';
import { type ForwardCurve, forwardCurve, forwardPoint } from '../markets/forward-curve';
import { valuationDay } from '../measures/rates-market';
import type { TermStructureModel } from '../measures/term-structure-vanilla';
import { fitFields } from './calibrated';
import { readExpiry, yearsTo } from './expiry';
import type { RowReader } from './fields';
import { readGivenCurve } from './given-curve';
import { readSlices, readVolatility, sliceFields } from './market-fields';
import type { ReadContext, RowSchema } from './schema';
import { readSvi } from './smile-models';

const MICROS_PER_YEAR = 365 * 86_400e6;
const unread = failure('row-must-be-readable', 'see the faults of the fields');
const curve = '{name, interpolation, nodes: [{date, zero}]}';

/** A date or an instant as an instant on the clock that expiries are counted on. */
function readMoment(reader: RowReader, field: string, context: ReadContext): number {
  const text = reader.text(field);
  const years = text === '' ? undefined : yearsTo(text, context);
  if (text !== '' && years === undefined)
    reader.fault(
      field,
      'date-must-be-valid',
      `${field} is "${text}": write 2026-03-20 or 2026-03-20T08:00:00Z`,
    );
  return context.valuationTime + (years ?? Number.NaN) * MICROS_PER_YEAR;
}

const readDividends = (reader: RowReader, context: ReadContext) =>
  reader.list(
    'dividends',
    (inner) => ({
      ex: readMoment(inner, 'ex', context),
      ...inner.optional<{ readonly pays: number; readonly cash: number; readonly share: number }>({
        pays: (field) => readMoment(inner, field, context),
        cash: (field) => inner.number(field, { above: 0 }),
        share: (field) => inner.number(field, { above: 0, most: 0.99 }),
      }),
    }),
    { optional: true },
  );

function readForwards(reader: RowReader, context: ReadContext): Result<ForwardCurve> {
  const day = valuationDay(context);
  const curveIn = (field: string): DiscountCurve | undefined =>
    reader.within(field, (inner) => readGivenCurve(inner, day), { optional: field !== 'discount' });
  const [discount, repo, borrow] = [curveIn('discount'), curveIn('repo'), curveIn('borrow')];
  const spot = reader.number('spot', { above: 0 });
  const dividends = readDividends(reader, context);
  if (!discount || reader.faults.length > 0) return unread;
  const made = forwardCurve({
    name: reader.text('name', { otherwise: 'the asset' }),
    now: context.valuationTime,
    spot,
    discount,
    ...(repo && { repo }),
    ...(borrow && { borrow }),
    dividends,
  });
  if (!made.ok) reader.fault('dividends', made.reason, made.message);
  return made;
}

/** Volatilities by date; a total variance that falls between two of them is told, not refused. */
function readByDate(reader: RowReader, context: ReadContext): Result<TermStructureModel['smile']> {
  const nodes = reader
    .list('volatility', (inner) => ({ time: readExpiry(inner, context), volatility: readVolatility(inner) }))
    .toSorted((a, b) => a.time - b.time);
  const twice = nodes.find(({ time }, node) => time === nodes[node - 1]?.time);
  if (nodes.length === 0 || twice)
    reader.fault('volatility', 'volatilities-must-rise', 'give one volatility a date, and each date once');
  if (reader.faults.length > 0) return unread;
  const falls = nodes.find(
    ({ time, volatility }, node) =>
      node > 0 && volatility ** 2 * time < nodes[node - 1]!.volatility ** 2 * nodes[node - 1]!.time,
  );
  if (falls)
    reader.note({ name: 'total variance falls', value: `towards ${falls.time} years: calendar arbitrage` });
  return success({
    times: nodes.map(({ time }) => time),
    volatilities: nodes.map(({ volatility }) => volatility),
  });
}

/** One volatility, or slices whose forwards are the curve's own where none is given. */
function readSmile(
  reader: RowReader,
  context: ReadContext,
  forwards: ForwardCurve,
): Result<TermStructureModel['smile']> {
  if (!reader.has('slices')) {
    reader.ignore('slices', ...Object.keys(fitFields));
    return Array.isArray(reader.row['volatility'])
      ? readByDate(reader, context)
      : success(readVolatility(reader));
  }
  reader.ignore(...Object.keys(fitFields));
  const slices = readSlices(reader, context, (time) => {
    const point = forwardPoint(forwards, forwards.now + time * MICROS_PER_YEAR);
    return point.ok ? point.value.forward : undefined;
  });
  return reader.faults.length > 0 ? unread : readSvi(reader, slices);
}

export const termStructure: RowSchema<TermStructureModel> = {
  name: 'term-structure',
  about:
    'Black–Scholes on term structures: the forward from curves and discrete dividends, a volatility or a surface',
  fields: {
    name: 'of the asset, for messages (optional)',
    spot: 'price of the underlying, without what has gone ex by the valuation',
    discount: `curve that discounts: ${curve}`,
    repo: 'curve that finances the asset (the discount curve when absent)',
    borrow: 'curve whose rate is what lending the asset earns, or a foreign rate (optional)',
    dividends:
      'list of {ex, pays, cash, share}: dates or instants, cash a unit or a share of the price (optional)',
    paths: 'refuse (default) or as-yield: what early exercise makes of discrete dividends',
    volatility: 'lognormal, per year, decimal, or a list of {expiry, volatility} by date; or else:',
    slices: `${sliceFields}; five quotes an expiry or more`,
    ...fitFields,
  },
  read: (reader, context) => {
    const paths = reader.oneOf('paths', ['refuse', 'as-yield'] as const, { otherwise: 'refuse' });
    const forwards = readForwards(reader, context);
    if (!forwards.ok) {
      reader.ignore('name', 'volatility', 'slices', ...Object.keys(fitFields));
      return forwards;
    }
    const smile = readSmile(reader, context, forwards.value);
    if (!smile.ok || reader.faults.length > 0) return unread;
    return success({ kind: 'term-structure', forwards: forwards.value, smile: smile.value, paths });
  },
};
