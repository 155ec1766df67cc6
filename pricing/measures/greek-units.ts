/**
 * Greeks of any pricer in the units that a desk reads: vega per point, theta per day, rho per 1 % or basis point, delta
 * forward or premium-adjusted. What a Greek is per stands in its `unit`; one without stays as it is.
 */
import type { Greek } from '../contract';
import { cappedTheta, type GreekConvention } from './greek-conventions';

export interface GreekUnits extends Partial<Omit<GreekConvention, 'rho'>> {
  readonly rho?: GreekConvention['rho'] | 'per-basis-point';
}

/** What delta conventions need: the price of the asset, and e^(−qT). */
export interface DeltaSetting {
  readonly spot: number;
  readonly carried: number;
}

const DAYS = { 'per-year': 1, 'per-day-365': 365, 'per-day-365.25': 365.25, 'per-business-day-252': 252 };
const PERIODS = {
  'per-year': 'per year',
  'per-day-365': 'per calendar day (ACT/365)',
  'per-day-365.25': 'per calendar day (ACT/365.25)',
  'per-business-day-252': 'per business day (252 a year)',
};
const RATES = { 'per-unit': 1, 'per-percent': 0.01, 'per-basis-point': 1e-4 };

/** A Greek for a smaller share of its input; one that is of a share already stays. */
const scaled = ({ value, convention, unit }: Greek, share: number): Greek =>
  share === 1 || unit?.per !== 1
    ? { value, convention, ...(unit && { unit }) }
    : {
        value: value * share,
        convention: convention.replace('per 1.00 of', `per ${share} of`),
        unit: { ...unit, per: share },
      };

function thetaIn(
  greek: Greek,
  { value, time }: { readonly value: number; readonly time: number | undefined },
  { theta, thetaCap = false }: GreekUnits,
): Greek {
  const { unit } = greek;
  if (unit?.of !== 'time') return greek;
  const from = unit.per === 1 ? 'per-year' : 'per-day-365';
  const to = theta ?? from;
  const plain = greek.value / unit.per / DAYS[to];
  const convention = greek.convention.replace(PERIODS[from], PERIODS[to]);
  const inUnit = { ...unit, per: 1 / DAYS[to] };
  // A theta that is capped already is: its price may be in another currency than this value, as coin options have it.
  if (!thetaCap || unit.capped) return { value: plain, convention, unit: inUnit };
  return {
    value: cappedTheta(plain, { price: value, periods: (time ?? Number.POSITIVE_INFINITY) * DAYS[to] }),
    convention: `${convention}, or what is left of one; of at most the price`,
    unit: { ...inUnit, capped: true },
  };
}

function deltaIn(greek: Greek, value: number, units: GreekUnits, setting: DeltaSetting | undefined): Greek {
  const { delta } = units;
  if (delta === undefined || delta === 'spot' || !setting || greek.unit?.of !== 'spot-delta') return greek;
  const adjusted = delta.endsWith('premium-adjusted') ? greek.value - value / setting.spot : greek.value;
  const word = `${delta.replaceAll('-', ' ')} delta`;
  return {
    value: delta.startsWith('forward') ? adjusted / setting.carried : adjusted,
    convention: greek.convention.replace('spot delta', word),
  };
}

/** All Greeks of a valuation in the wanted units; delta conventions only where their setting is known. */
export function greeksIn(
  greeks: Readonly<Record<string, Greek>>,
  units: GreekUnits,
  {
    value,
    setting,
    time,
  }: {
    readonly value: number;
    readonly setting: DeltaSetting | undefined;
    /** Years to expiry, for a theta of at most what is left. */
    readonly time?: number | undefined;
  },
): Readonly<Record<string, Greek>> {
  const inUnits = (name: string, greek: Greek): Greek => {
    if (name === 'theta') return thetaIn(greek, { value, time }, units);
    if (name === 'delta') return deltaIn(greek, value, units, setting);
    if (greek.unit?.of === 'volatility') return scaled(greek, units.vega === 'per-point' ? 0.01 : 1);
    if (greek.unit?.of === 'rate') return scaled(greek, RATES[units.rho ?? 'per-unit']);
    return greek;
  };
  return Object.fromEntries(Object.entries(greeks).map(([name, greek]) => [name, inUnits(name, greek)]));
}
