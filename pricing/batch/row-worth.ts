/** What a row is worth in the currency of its strike: an option on a coin is priced in coin, everything else in money already. */
import type { VanillaColumns } from './columns';

const COIN = 2;

export const rowWorth = (c: VanillaColumns, row: number): number => {
  const node = c.nodeOf[row]!;
  return c.styleOf[node] === COIN ? c.price[row]! * c.spots[c.spotOf[node]!]! : c.price[row]!;
};
