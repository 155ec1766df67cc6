/** The units of Greeks that a request or a row asks for: a set by its name, or an object of choices. */
import { DERIBIT_CONVENTION } from '../measures/deribit-option';
import type { DeltaSetting, GreekUnits } from '../measures/greek-units';
import type { Kinded } from '../registry';
import type { RowReader } from './fields';

const named: Readonly<Record<string, GreekUnits>> = {
  library: {},
  desk: { vega: 'per-point', theta: 'per-day-365', rho: 'per-percent' },
  deribit: DERIBIT_CONVENTION,
};

export const greekUnitFields = {
  delta: 'spot, forward, spot-premium-adjusted, forward-premium-adjusted (of options on one spot)',
  vega: 'per-unit, per-point',
  theta: 'per-year, per-day-365, per-day-365.25, per-business-day-252',
  rho: 'per-unit, per-percent, per-basis-point',
  thetaCap: 'true: a theta of at most the price',
};

export const greekUnitNames = Object.keys(named);

const readUnits = (reader: RowReader): GreekUnits =>
  reader.optional<Required<GreekUnits>>({
    delta: (field) =>
      reader.oneOf(field, ['spot', 'forward', 'spot-premium-adjusted', 'forward-premium-adjusted'] as const),
    vega: (field) => reader.oneOf(field, ['per-unit', 'per-point'] as const),
    theta: (field) =>
      reader.oneOf(field, ['per-year', 'per-day-365', 'per-day-365.25', 'per-business-day-252'] as const),
    rho: (field) => reader.oneOf(field, ['per-unit', 'per-percent', 'per-basis-point'] as const),
    thetaCap: (field) => reader.flag(field),
  });

/** Undefined where the row does not ask. */
export function readGreekUnits(reader: RowReader): GreekUnits | undefined {
  if (!reader.has('greeks')) {
    reader.ignore('greeks');
    return undefined;
  }
  const value = reader.row['greeks'];
  if (typeof value === 'string' && !value.trim().startsWith('{'))
    return named[reader.oneOf('greeks', greekUnitNames)];
  return reader.within('greeks', readUnits);
}

/** Years to the one expiry of a product, where it has one. */
export function yearsOf(product: Kinded): number | undefined {
  const { time } = product as { readonly time?: unknown };
  return typeof time === 'number' ? time : undefined;
}

/** What a delta convention needs, where the product has one expiry and the model one spot. */
export function deltaSetting(product: Kinded, model: Kinded): DeltaSetting | undefined {
  const { time } = product as { readonly time?: unknown };
  const { spot, dividend, foreignRate } = model as {
    readonly spot?: unknown;
    readonly dividend?: unknown;
    readonly foreignRate?: unknown;
  };
  const carry = dividend ?? foreignRate;
  if (typeof time !== 'number' || typeof spot !== 'number' || typeof carry !== 'number') return undefined;
  return { spot, carried: Math.exp(-carry * time) };
}
