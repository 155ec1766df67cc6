/** A curve as its nodes: continuously compounded zero rates, ACT/365 from the valuation day. */
import type { Day } from '../calendars/date';
import { curveTime, type DiscountCurve, discountCurve } from '../curves/discount-curve';
import { interpolationNames } from '../curves/interpolation';
import { readDay } from './day-fields';
import type { RowReader } from './fields';

/** Undefined when the curve has faults. */
export function readGivenCurve(reader: RowReader, reference: Day): DiscountCurve | undefined {
  const name = reader.text('name');
  const interpolation = reader.oneOf('interpolation', interpolationNames, {
    otherwise: 'log-linear-discount',
  });
  const nodes = reader.list('nodes', (inner) => ({
    day: readDay(inner, 'date'),
    label: inner.text('date'),
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
    labels: nodes.map(({ label }) => label),
  });
}
