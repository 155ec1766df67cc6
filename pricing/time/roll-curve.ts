/**
 * A curve moved to a later day by a stated rule. The curve is a function of dates, so that the day that passes must say what
 * it does: forwards come true, or rates by tenor stand where they are.
 */
import { type Day, formatDay } from '../calendars/date';
import { failure, type Result, success } from '../contract';
import { type DiscountCurve, discountCurve } from '../curves/discount-curve';

/**
 * `forwards-realise`: P'(T) = P(T)/P(day), what is discounted today stays so but for the day; nodes keep their dates, and
 * those that are passed go. Exact at the nodes, and everywhere under log-linear discount factors.
 * `rates-stand`: the zero rate of each tenor stays, and every node moves on by the days that pass.
 */
export type CurveRoll = 'forwards-realise' | 'rates-stand';

const onlyForward = (name: string, from: Day, to: Day) =>
  failure(
    'roll-must-go-forward',
    `cannot roll ${name} from ${formatDay(from)} to ${formatDay(to)}. Time goes on; build it for that day.`,
  );

/** Failures: `roll-must-go-forward`; `curve-must-reach-the-day` where the last node is passed. */
export function rollCurve(curve: DiscountCurve, to: Day, rule: CurveRoll): Result<DiscountCurve> {
  const { name, reference, times, zeros, interpolation, labels, origin, gaps } = curve;
  if (!(Number.isInteger(to) && to >= reference)) return onlyForward(`curve "${name}"`, reference, to);
  if (to === reference) return success(curve);
  const terms = { name, reference: to, interpolation };
  if (rule === 'rates-stand')
    return success(discountCurve({ ...terms, times, zeros, labels, ...(gaps && { gaps }) }, origin));
  const passed = curve.timeOf(to);
  const first = times.findIndex((time) => time > passed);
  if (first < 0)
    return failure(
      'curve-must-reach-the-day',
      `curve "${name}" has no node after ${formatDay(to)}. Build it for that day.`,
    );
  const before = curve.interpolant.integral(passed);
  const ahead = times.slice(first).map((time) => time - passed);
  const rolled = ahead.map(
    (time, node) => (curve.interpolant.integral(times[first + node]!) - before) / time,
  );
  const left = gaps
    ?.filter((gap) => gap.to > passed)
    .map((gap) => ({ ...gap, from: Math.max(gap.from - passed, 0), to: gap.to - passed }));
  return success(
    discountCurve(
      { ...terms, times: ahead, zeros: rolled, labels: labels.slice(first), ...(left && { gaps: left }) },
      origin,
    ),
  );
}
