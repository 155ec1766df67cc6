/** The market of rates products as rows hold it: curves, their roles, fixings and rates of exchange. */
import type { Day } from '../calendars/date.js';
import { curveTime, type DiscountCurve, discountCurve } from '../curves/discount-curve.js';
import { interpolationNames } from '../curves/interpolation.js';
import { type RatesMarket, valuationDay } from '../measures/rates-market.js';
import { readDay } from './day-fields.js';
import type { RowReader } from './fields.js';
import type { ReadContext } from './schema.js';

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

export const marketFields = {
  curves: 'list of {name, nodes: [{date, zero}], interpolation}; zero rates continuously compounded, ACT/365',
  discount: 'object: curve name by currency',
  forward: 'object: curve name by rate index',
  fixings: 'list of {index, date, value} (optional)',
  fx: 'object: rate by pair, such as EURUSD (optional)',
};
