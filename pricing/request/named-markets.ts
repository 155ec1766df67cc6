/** The markets of a request, by name: each is read and its curves are built once, for all models that name it. */
import type { PricingContext } from '../contract.js';
import { type PlainRow, RowReader } from './fields.js';
import { readMarketRow } from './rates-market.js';
import type { NamedMarket, ReadContext } from './schema.js';

export function marketsOf(markets: Readonly<Record<string, PlainRow>>, context: PricingContext): ReadContext {
  const byName = new Map<string, NamedMarket>();
  const market = (name: string): NamedMarket | undefined => {
    const known = byName.get(name);
    if (known || !Object.hasOwn(markets, name)) return known;
    const reader = new RowReader(markets[name]!);
    const read = readMarketRow(reader, context);
    reader.finish();
    const made = { market: reader.faults.length > 0 ? undefined : read, faults: reader.faults };
    byName.set(name, made);
    return made;
  };
  return { ...context, market };
}
