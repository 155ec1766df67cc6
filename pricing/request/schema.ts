/** How a kind of product or model is read from a row: a plug-in beside its pricer. */
import type { PricingContext, Result } from '../contract';
import type { RatesMarket } from '../measures/rates-market';
import type { Kinded } from '../registry';
import type { FieldFault, RowReader } from './fields';

/** A market of the request by its name: read once, and shared by the models that name it. */
export interface NamedMarket {
  readonly market: RatesMarket | undefined;
  readonly faults: readonly FieldFault[];
}

/** What a reader may use besides its row. */
export interface ReadContext extends PricingContext {
  /** Undefined for a name that the request has not. */
  readonly market?: (name: string) => NamedMarket | undefined;
}

export interface RowSchema<T extends Kinded = Kinded> {
  /** The word in the row's `product` or `model` field. */
  readonly name: string;
  /** One line for `--help` and the documentation. */
  readonly about: string;
  /** Fields as the documentation lists them: name, then what it means with its unit. */
  readonly fields: Readonly<Record<string, string>>;
  /** Reads the row; faults gathered by the reader count before the result does. */
  readonly read: (reader: RowReader, context: ReadContext) => Result<T>;
}

export interface RequestSchemas {
  readonly products: readonly RowSchema[];
  readonly models: readonly RowSchema[];
}
