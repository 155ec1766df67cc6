/** Stub periods: their rate is that of another tenor, or two of them interpolated in days (ISDA 2006, section 8.3). */
import { formatDay } from '../calendars/date';
import { failure, type Result, success } from '../contract';
import type { Flow } from './flow';
import { type AccrualPeriod, type FloatingCoupon, floatingCoupons } from './leg';
import { maturityOf, rateIndexNamed } from './rate-index';

export interface StubRate {
  readonly index: string;
  /** The longer index of an interpolation. */
  readonly to?: string;
}

/** A coupon on two rates is two coupons whose gearings share the one. */
export function stubCoupon(
  period: AccrualPeriod,
  coupon: FloatingCoupon,
  { index, to }: StubRate,
): Result<readonly Flow[]> {
  const shorter = rateIndexNamed(index);
  if (!shorter.ok) return shorter;
  const own = (share: number): FloatingCoupon => ({
    ...coupon,
    forwardOver: 'index-period',
    gearing: (coupon.gearing ?? 1) * share,
  });
  if (to === undefined) return success(floatingCoupons([period], { ...own(1), index: shorter.value }));
  const longer = rateIndexNamed(to);
  if (!longer.ok) return longer;
  const [near, far] = [maturityOf(shorter.value, period.start), maturityOf(longer.value, period.start)];
  if (
    shorter.value.overnight ||
    longer.value.overnight ||
    !(near <= period.end && period.end <= far && near < far)
  ) {
    return failure(
      'stub-must-lie-between-its-tenors',
      `the stub ends ${formatDay(period.end)}, not between ${index} (${formatDay(near)}) and ${to} (${formatDay(far)}).`,
    );
  }
  const share = (far - period.end) / (far - near);
  return success([
    ...floatingCoupons([period], { ...own(share), index: shorter.value }),
    ...floatingCoupons([period], { ...own(1 - share), index: longer.value, spread: 0 }),
  ]);
}
