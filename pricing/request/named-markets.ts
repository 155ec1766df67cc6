/** The markets of a request, by name: each is read and its curves are built once, for all models that name it. */
import { type PricingContext, success } from '../contract';
import { type PlainRow, RowReader } from './fields';
import { guarded } from './guarded';
import { readMarketRow } from './rates-market';
import type { NamedMarket, ReadContext } from './schema';

export function marketsOf(markets: Readonly<Record<string, PlainRow>>, context: PricingContext): ReadContext {
  const byName = new Map<string, NamedMarket>();
  const market = (name: string): NamedMarket | undefined => {
    const known = byName.get(name);
    if (known || !Object.hasOwn(markets, name)) return known;
    const reader = new RowReader(markets[name]!);
    const read = guarded(() => success(readMarketRow(reader, context)));
    if (read.ok) reader.finish();
    else reader.fault('', read.reason, read.message);
    const sound = read.ok && reader.faults.length === 0;
    const made = { market: sound ? read.value : undefined, faults: reader.faults };
    byName.set(name, made);
    return made;
  };
  return { ...context, market };
}
