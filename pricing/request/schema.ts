/** How a kind of product or model is read from a row: a plug-in beside its pricer. */
import type { PricingContext, Result } from '../contract.js';
import type { Kinded } from '../registry.js';
import type { RowReader } from './fields.js';

/** What a reader may use besides its row. */
export interface ReadContext extends PricingContext {}

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
