/** What venues list, as terms of instruments. Rows that are not understood are left out: others are listed rightly. */
import { DecimalTextError, parseDecimal } from '../../schemas/decimals';
import { InstrumentKind } from '../../schemas/reference';
import { instrumentUntold } from '../../schemas/untold';
import type { ListedInstrument } from '../live/venue-api';
import { type Native, NativeError, object } from './native';

export type Terms = ListedInstrument['terms'];

export function listed(
  rows: readonly unknown[],
  read: (row: Native) => ListedInstrument | undefined,
): readonly ListedInstrument[] {
  return rows.flatMap((row) => {
    try {
      const one = read(object(row, 'row'));
      return one ? [one] : [];
    } catch (error) {
      if (error instanceof NativeError || error instanceof DecimalTextError) return [];
      throw error;
    }
  });
}

const { underlying: _, ...untold } = instrumentUntold;

export const spotTerms = (venue: string, base: string, currency: string): Terms => ({
  ...untold,
  venue,
  base,
  currency,
  multiplier: parseDecimal('1', 9),
  inverse: false,
  kind: InstrumentKind.Crypto,
});

export function contractTerms(
  said: Pick<Terms, 'venue' | 'kind' | 'currency' | 'inverse'> &
    Partial<Terms> & { readonly contractSize: string },
): Terms {
  const { contractSize, ...terms } = said;
  return { ...untold, ...terms, multiplier: parseDecimal(contractSize, 9) };
}
