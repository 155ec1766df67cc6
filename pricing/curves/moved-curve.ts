/** A curve with one zero rate, or all of them, moved: what finite differences and scenarios look at. */
import { type DiscountCurve, discountCurve } from './discount-curve';

const withZeros = (curve: DiscountCurve, zeros: Float64Array): DiscountCurve =>
  discountCurve(
    {
      name: curve.name,
      reference: curve.reference,
      times: curve.times,
      zeros,
      interpolation: curve.interpolation,
      labels: curve.labels,
      ...(curve.gaps && { gaps: curve.gaps }),
    },
    curve.origin,
  );

export const nodeMoved = (curve: DiscountCurve, node: number, by: number): DiscountCurve =>
  withZeros(
    curve,
    curve.zeros.map((zero, place) => (place === node ? zero + by : zero)),
  );

export const parallelMoved = (curve: DiscountCurve, by: number): DiscountCurve =>
  withZeros(
    curve,
    curve.zeros.map((zero) => zero + by),
  );
