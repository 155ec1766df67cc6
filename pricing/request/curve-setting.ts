/** What the instruments of a quoted curve read besides their own fields: the curve, the roles of all curves, FX rates. */
import type { Day } from '../calendars/date';
import type { CalibrationInstrument } from '../curves/term';
import type { Fixings } from '../measures/overnight-accrual';
import type { FxRate } from '../measures/rates-market';
import type { RateIndex } from '../products/rate-index';
import type { RowReader } from './fields';

export interface CurveSetting {
  /** The curve whose node the instrument makes. */
  readonly curve: string;
  /** Trade date of the quotes. */
  readonly trade: Day;
  /** Curve names by currency, and by index. */
  readonly discount: Readonly<Record<string, string>>;
  readonly forward: Readonly<Record<string, string>>;
  readonly fx: Readonly<Record<string, FxRate>>;
  /** The valuation date, from which the curves run. */
  readonly reference: Day;
  readonly fixings: Fixings;
}

/** A market quote read from a row: the instrument, and the value of its quote. */
export interface QuotedInstrument {
  readonly instrument: CalibrationInstrument;
  readonly value: number;
  /** Rates of exchange that the instrument reads as quotes, by pair. */
  readonly pairs?: readonly string[];
}

export type ReadInstrument = (reader: RowReader, setting: CurveSetting) => QuotedInstrument | undefined;

/** The name of a quote: its own, or the curve's with the label. */
export const quoteName = (reader: RowReader, { curve }: CurveSetting, label: string) => ({
  label,
  quote: reader.text('name', { otherwise: `${curve} ${label}` }),
});

/** The curve that discounts a currency; a fault at the field that asked for it. */
export function discountRole(
  reader: RowReader,
  field: string,
  { currency, setting }: { readonly currency: string; readonly setting: CurveSetting },
): string | undefined {
  const name = setting.discount[currency];
  if (name === undefined) {
    reader.fault(
      field,
      'discount-curve-must-be-assigned',
      `no curve of the market discounts ${currency}: say which in "discount"`,
    );
  }
  return name;
}

export function forwardRole(
  reader: RowReader,
  field: string,
  { index, setting }: { readonly index: RateIndex; readonly setting: CurveSetting },
): string | undefined {
  const name = setting.forward[index.name];
  if (name === undefined) {
    reader.fault(
      field,
      'forward-curve-must-be-assigned',
      `no curve of the market forecasts ${index.name}: say which in "forward"`,
    );
  }
  return name;
}
