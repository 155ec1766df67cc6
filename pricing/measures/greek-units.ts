/**
 * Greeks of any pricer in the units that a desk reads: vega per point, theta per day, rho per 1 % or basis point, delta
 * forward or premium-adjusted. The pricers' own units stand in their conventions (`per 1.00 of …`, `per year, …`), and are
 * what is converted from; a Greek in another unit stays as it is, and says so.
 */
import type { Greek } from '../contract.js';
import { cappedTheta, type GreekConvention } from './greek-conventions.js';

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

/** A Greek per 1.00 of its input, for a smaller share of it. */
const scaled = ({ value, convention }: Greek, share: number): Greek =>
  share === 1
    ? { value, convention }
    : { value: value * share, convention: convention.replace('per 1.00 of', `per ${share} of`) };

const isPerUnit = ({ convention }: Greek): boolean => convention.startsWith('per 1.00 of');
const isVolatility = (greek: Greek): boolean => isPerUnit(greek) && /volatility/.test(greek.convention);
const isRate = (greek: Greek): boolean =>
  isPerUnit(greek) && !isVolatility(greek) && /\b(rate|yield)\b/.test(greek.convention);

function thetaIn(
  greek: Greek,
  { value, time }: { readonly value: number; readonly time: number | undefined },
  { theta, thetaCap = false }: GreekUnits,
): Greek {
  const from = greek.convention.startsWith(PERIODS['per-year']) ? 'per-year' : 'per-day-365';
  if (!greek.convention.startsWith(PERIODS[from])) return greek;
  const to = theta ?? from;
  const plain = (greek.value * DAYS[from]) / DAYS[to];
  const convention = greek.convention.replace(PERIODS[from], PERIODS[to]);
  // A theta that is capped already is: its price may be in another currency than this value, as coin options have it.
  if (!thetaCap || convention.includes('at most the price')) return { value: plain, convention };
  return {
    value: cappedTheta(plain, { price: value, periods: (time ?? Number.POSITIVE_INFINITY) * DAYS[to] }),
    convention: `${convention}, or what is left of one; of at most the price`,
  };
}

function deltaIn(greek: Greek, value: number, units: GreekUnits, setting: DeltaSetting | undefined): Greek {
  const { delta } = units;
  if (delta === undefined || !setting || !greek.convention.startsWith('spot delta, per unit')) return greek;
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
    if (isVolatility(greek)) return scaled(greek, units.vega === 'per-point' ? 0.01 : 1);
    if (isRate(greek)) return scaled(greek, RATES[units.rho ?? 'per-unit']);
    return greek;
  };
  return Object.fromEntries(Object.entries(greeks).map(([name, greek]) => [name, inUnits(name, greek)]));
}
