/** Curves, fixings and volatilities as rows hold them: the models of rates products. */
import { type Day, parseDay } from '../calendars/date.js';
import { failure, success } from '../contract.js';
import { curveTime, type DiscountCurve, discountCurve } from '../curves/discount-curve.js';
import { interpolationNames } from '../curves/interpolation.js';
import { type RatesMarket, valuationDay } from '../measures/rates-market.js';
import type { FieldOptions, RowReader } from './fields.js';
import type { ReadContext, RowSchema } from './schema.js';

function readDay(reader: RowReader, field: string, options: FieldOptions<string> = {}): Day {
  const text = reader.text(field, options);
  const day = parseDay(text);
  if (day === undefined && text !== '') {
    reader.fault(field, 'date-must-be-valid', `${field} "${text}" is no date: write 2026-03-20`);
  }
  return day ?? Number.NaN;
}

/** Nodes as {date, zero}: continuously compounded zero rates, ACT/365 from the valuation day. */
function readCurve(reader: RowReader, context: ReadContext): DiscountCurve | undefined {
  const name = reader.text('name');
  const interpolation = reader.oneOf('interpolation', interpolationNames, {
    otherwise: 'log-linear-discount',
  });
  const reference = valuationDay(context);
  const nodes = reader.list('nodes', (inner) => ({
    day: readDay(inner, 'date'),
    zero: inner.number('zero', { least: -1, most: 1 }),
  }));
  const rising = nodes.every(({ day }, i) => day > (nodes[i - 1]?.day ?? reference));
  if (nodes.length === 0 || !rising) {
    reader.fault(
      'nodes',
      'curve-nodes-must-rise',
      `curve "${name}" needs nodes after the valuation, in order of date`,
    );
  }
  if (reader.faults.length > 0) return undefined;
  return discountCurve({
    name,
    reference,
    times: Float64Array.from(nodes, ({ day }) => curveTime(reference, day)),
    zeros: Float64Array.from(nodes, ({ zero }) => zero),
    interpolation,
  });
}

const names = (reader: RowReader, field: string): Readonly<Record<string, string>> =>
  reader.within(
    field,
    (inner) => Object.fromEntries(Object.keys(inner.row).map((key) => [key, inner.text(key)])),
    {
      optional: true,
    },
  ) ?? {};

export function readRatesMarket(reader: RowReader, context: ReadContext): RatesMarket {
  const curves = reader.list('curves', (inner) => readCurve(inner, context));
  const fixings = new Map<string, Map<Day, number>>();
  const list = reader.list(
    'fixings',
    (inner) => ({ index: inner.text('index'), day: readDay(inner, 'date'), value: inner.number('value') }),
    { optional: true },
  );
  for (const { index, day, value } of list) {
    const known = fixings.get(index) ?? new Map<Day, number>();
    fixings.set(index, known.set(day, value));
  }
  const fx = reader.within(
    'fx',
    (inner) =>
      Object.fromEntries(
        Object.keys(inner.row).map((pair) => [pair, { rate: inner.number(pair, { above: 0 }) }]),
      ),
    { optional: true },
  );
  return {
    curves: new Map(curves.flatMap((curve) => (curve ? [[curve.name, curve] as const] : []))),
    discount: names(reader, 'discount'),
    forward: names(reader, 'forward'),
    fixings,
    ...(fx && { fx }),
  };
}

const marketFields = {
  curves: 'list of {name, nodes: [{date, zero}], interpolation}; zero rates continuously compounded, ACT/365',
  discount: 'object: curve name by currency',
  forward: 'object: curve name by rate index',
  fixings: 'list of {index, date, value} (optional)',
  fx: 'object: rate by pair, such as EURUSD (optional)',
};

const rateModel = (
  name: string,
  kind: string,
  about: string,
  fields: Readonly<Record<string, string>>,
  read: (reader: RowReader) => object,
): RowSchema => ({
  name,
  about,
  fields: { ...marketFields, ...fields },
  read: (reader, context) => {
    const own = read(reader);
    const market = readRatesMarket(reader, context);
    if (reader.faults.length > 0) return failure('row-must-be-readable', 'the row has faults');
    return success({ kind, market, ...own });
  },
});

const shift = 'added to forward and strike (optional)';

export const rateModels: readonly RowSchema[] = [
  rateModel('discounting', 'discounting', 'flows at their discounted expectations', {}, () => ({})),
  rateModel(
    'black-rates',
    'black',
    'caps, floors and swaptions at a lognormal volatility',
    { volatility: 'decimal, or one per caplet', shift },
    (reader) => ({
      volatility: reader.numberOrList('volatility'),
      ...reader.optional<{ readonly shift: number }>({ shift: (field) => reader.number(field) }),
    }),
  ),
  rateModel(
    'bachelier-rates',
    'bachelier',
    'caps, floors and swaptions at a normal volatility',
    { volatility: 'absolute, such as 0.0085, or one per caplet' },
    (reader) => ({ volatility: reader.numberOrList('volatility') }),
  ),
  rateModel(
    'sabr-rates',
    'sabr',
    "caps, floors and swaptions on Hagan's smile",
    {
      alpha: 'level',
      beta: '0 to 1',
      rho: '−1 to 1',
      nu: 'volatility of volatility',
      shift,
      quoted: 'lognormal (default) or normal',
    },
    (reader) => ({
      alpha: reader.number('alpha', { above: 0 }),
      beta: reader.number('beta', { least: 0, most: 1 }),
      rho: reader.number('rho', { least: -1, most: 1 }),
      nu: reader.number('nu', { least: 0 }),
      quoted: reader.oneOf('quoted', ['lognormal', 'normal'], { otherwise: 'lognormal' }),
      ...reader.optional<{ readonly shift: number }>({ shift: (field) => reader.number(field) }),
    }),
  ),
  rateModel(
    'hull-white',
    'hull-white',
    'one factor: caps, floors, swaptions, Bermudans',
    { reversion: 'per year', volatility: 'absolute, of the short rate, per year' },
    (reader) => ({
      reversion: reader.number('reversion', { least: -1, most: 10 }),
      volatility: reader.number('volatility', { above: 0, most: 1 }),
    }),
  ),
];
