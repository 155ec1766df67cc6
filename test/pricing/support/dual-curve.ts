/** A euro market of thirty nodes, overnight discounting and six-month projection, for tests and benches. */
import { calendarOf } from '../../../pricing/calendars/calendar-registry';
import { type Day, parseDay } from '../../../pricing/calendars/date';
import { tenorOf } from '../../../pricing/calendars/tenor';
import { deposit, fixing, parSwap, type SwapConvention } from '../../../pricing/calibration/rate-instruments';
import type { Result } from '../../../pricing/contract';
import type { CurveGroupDefinition } from '../../../pricing/curves/curve-group';
import type { InterpolationName } from '../../../pricing/curves/interpolation';
import { rateIndexOf } from '../../../pricing/products/rate-index';

export const certain = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`${result.reason}: ${result.message}`);
  return result.value;
};

export const trade: Day = parseDay('2025-02-10')!;
const target = calendarOf('TARGET');

export const estr: SwapConvention = {
  spotLag: 2,
  calendar: target,
  fixedTenor: tenorOf('1Y'),
  fixedDayCount: 'ACT/360',
  convention: 'ModifiedFollowing',
  index: rateIndexOf('EUR-ESTR'),
  paymentLag: 1,
};

export const euribor6m: SwapConvention = {
  spotLag: 2,
  calendar: target,
  fixedTenor: tenorOf('1Y'),
  fixedDayCount: '30/360',
  convention: 'ModifiedFollowing',
  index: rateIndexOf('EUR-EURIBOR-6M'),
};

const oisTenors = [
  '1W',
  '1M',
  '3M',
  '6M',
  '9M',
  '1Y',
  '2Y',
  '3Y',
  '4Y',
  '5Y',
  '7Y',
  '10Y',
  '15Y',
  '20Y',
  '30Y',
];
const swapTenors = ['1Y', '2Y', '3Y', '4Y', '5Y', '6Y', '7Y', '8Y', '10Y', '12Y', '15Y', '20Y', '25Y', '30Y'];

export const dualCurve = (
  interpolation: InterpolationName = 'log-linear-discount',
): CurveGroupDefinition => ({
  reference: trade,
  curves: [
    {
      name: 'EUR-6M',
      interpolation,
      instruments: [
        fixing({ quote: 'F-6M', label: '6M', curve: 'EUR-6M', trade, index: rateIndexOf('EUR-EURIBOR-6M') }),
        ...swapTenors.map((tenor) =>
          certain(
            parSwap({
              quote: `S-${tenor}`,
              label: tenor,
              trade,
              tenor: tenorOf(tenor),
              convention: euribor6m,
              discount: 'EUR-OIS',
              forward: 'EUR-6M',
            }),
          ),
        ),
      ],
    },
    {
      name: 'EUR-OIS',
      interpolation,
      instruments: [
        deposit({
          quote: 'D-ON',
          label: 'ON',
          curve: 'EUR-OIS',
          trade,
          spotLag: 0,
          tenor: tenorOf('1D'),
          dayCount: 'ACT/360',
          calendar: target,
          convention: 'Following',
        }),
        ...oisTenors.map((tenor) =>
          certain(
            parSwap({
              quote: `O-${tenor}`,
              label: tenor,
              trade,
              tenor: tenorOf(tenor),
              convention: estr,
              discount: 'EUR-OIS',
              forward: 'EUR-OIS',
            }),
          ),
        ),
      ],
    },
  ],
});

/** A smooth upward market; the projection lies over the discounting by a basis. */
export const dualQuotes: Readonly<Record<string, number>> = {
  'D-ON': 0.0266,
  'F-6M': 0.0252,
  ...Object.fromEntries(
    oisTenors.map((tenor, index) => [`O-${tenor}`, 0.0264 - 0.0006 * index + 0.00004 * index ** 2]),
  ),
  ...Object.fromEntries(
    swapTenors.map((tenor, index) => [`S-${tenor}`, 0.0239 - 0.0002 * index + 0.00003 * index ** 2]),
  ),
};
