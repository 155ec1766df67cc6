/** Daily dollar curves of a historical simulation: published zero rates, and a bootstrap from the quotes they imply. */
import { calendarOf } from '../../../pricing/calendars/calendar-registry';
import { type Day, parseDay } from '../../../pricing/calendars/date';
import { yearFraction } from '../../../pricing/calendars/day-count';
import { tenorOf } from '../../../pricing/calendars/tenor';
import { deposit, fixing, parSwap } from '../../../pricing/calibration/rate-instruments';
import { swapConventionNamed } from '../../../pricing/calibration/swap-conventions';
import type { CurveGroupDefinition } from '../../../pricing/curves/curve-group';
import { curveTime, type DiscountCurve, discountCurve } from '../../../pricing/curves/discount-curve';
import { rateIndexOf } from '../../../pricing/products/rate-index';
import { type CurveSetCase, impliedQuote, repriced } from './curve-set';
import { dataRows } from './data-folder';
import { certain } from './dual-curve';

const path = ['curves', 'historical-scenarios'] as const;

export interface ScenarioDay {
  readonly day: Day;
  readonly curves: ReadonlyMap<string, DiscountCurve>;
}

/** Zero rates count ACT/ACT ISDA years there, ACT/365F years here: the discount factors at the nodes are the same. */
export function scenarioDays(): readonly ScenarioDay[] {
  const days = new Map<Day, Map<string, { readonly times: number[]; readonly zeros: number[] }>>();
  for (const [date, name, node, value] of dataRows(...path, 'curves', 'all-curves.csv').slice(1)) {
    const [day, end] = [parseDay(date!)!, parseDay(node!)!];
    const curves = days.get(day) ?? new Map<string, { readonly times: number[]; readonly zeros: number[] }>();
    days.set(day, curves);
    const nodes = curves.get(name!) ?? { times: [], zeros: [] };
    curves.set(name!, nodes);
    const time = curveTime(day, end);
    nodes.times.push(time);
    nodes.zeros.push((Number(value) * yearFraction('ACT/ACT ISDA', day, end)) / time);
  }
  return [...days].map(([day, curves]) => ({
    day,
    curves: new Map(
      [...curves].map(([name, { times, zeros }]) => [
        name,
        discountCurve({
          name,
          reference: day,
          times: Float64Array.from(times),
          zeros: Float64Array.from(zeros),
          interpolation: 'linear-zero',
        }),
      ]),
    ),
  }));
}

/** Deposits, fixings and swaps at the tenors of the published nodes. */
export function scenarioGroup(day: Day): CurveGroupDefinition {
  const swaps = (name: string, forward: string, tenors: readonly string[]) =>
    tenors.map((tenor) =>
      certain(
        parSwap({
          quote: `${forward} ${tenor}`,
          trade: day,
          tenor: tenorOf(tenor),
          convention: certain(swapConventionNamed(name)),
          discount: 'USD-Disc',
          forward,
        }),
      ),
    );
  const libor = (tenor: string, curve: string) =>
    fixing({ quote: curve, curve, trade: day, index: rateIndexOf(`USD-LIBOR-${tenor}`) });
  const overnight = deposit({
    quote: 'USD-Disc 1D',
    curve: 'USD-Disc',
    trade: day,
    spotLag: 0,
    tenor: tenorOf('1D'),
    dayCount: 'ACT/360',
    calendar: calendarOf('USD'),
    convention: 'Following',
  });
  const instruments = {
    'USD-Disc': [
      overnight,
      ...swaps('USD-FIXED-1Y-FED-FUND-OIS', 'USD-Disc', ['1M', '6M', '1Y', '2Y', '5Y', '10Y']),
    ],
    'USD-3ML': [
      libor('3M', 'USD-3ML'),
      ...swaps('USD-FIXED-6M-LIBOR-3M', 'USD-3ML', ['1Y', '2Y', '5Y', '10Y']),
    ],
    'USD-6ML': [
      libor('6M', 'USD-6ML'),
      ...swaps('USD-FIXED-6M-LIBOR-6M', 'USD-6ML', ['1Y', '2Y', '5Y', '10Y']),
    ],
  };
  return {
    reference: day,
    curves: Object.entries(instruments).map(([name, list]) => ({
      name,
      interpolation: 'linear-zero',
      instruments: list,
    })),
  };
}

export const scenarioCase: CurveSetCase = {
  name: 'historical-scenarios: daily dollar curves, quotes implied and bootstrapped again',
  path,
  measure: () => {
    let [curves, instruments, worst] = [0, 0, 0];
    for (const { day, curves: published } of scenarioDays()) {
      const definition = scenarioGroup(day);
      const quotes = Object.fromEntries(
        definition.curves
          .flatMap((curve) => curve.instruments)
          .map((instrument) => [instrument.quote, impliedQuote(instrument, (name) => published.get(name)!)]),
      );
      const made = repriced(definition, quotes);
      curves += definition.curves.length;
      instruments += made.count;
      worst = Math.max(worst, made.worst);
    }
    return {
      curves,
      instruments,
      worst,
      left: ['historical-fixings: placeholders of the publisher, one row each'],
    };
  },
};
