/** The latest ids of trades, by venue and instrument, so that a trade that is sent twice counts once. */
import type { Numbered } from '../../runtime/tables/numbered';
import type { SeenTradeColumns } from '../../schemas/tables';
import { HashedRing } from '../hashed-ring';

export class SeenTrades {
  private readonly ring: HashedRing;

  constructor(
    private readonly table: Numbered<SeenTradeColumns>,
    limit: number,
  ) {
    this.ring = new HashedRing(limit, (slot) => {
      const { instrument, venue, tradeId } = table.columns;
      return hashed(instrument[slot]!, venue[slot]!, tradeId[slot]!);
    });
    for (let slot = 0; slot < table.length; slot += 1)
      if (table.columns.place[slot]! >= 0) this.ring.restore(slot, table.columns.place[slot]!);
  }

  /** Whether the trade came before; if not, it is remembered. */
  cameBefore(instrument: number, venue: number, tradeId: number): boolean {
    const known = this.table.columns;
    const found = this.ring.find(
      hashed(instrument, venue, tradeId),
      (slot) =>
        known.tradeId[slot] === tradeId &&
        known.instrument[slot] === instrument &&
        known.venue[slot] === venue,
    );
    if (found >= 0) return true;
    const { slot, place } = this.ring.slotForNext();
    this.table.ensure(slot);
    const { columns } = this.table;
    columns.instrument[slot] = instrument;
    columns.venue[slot] = venue;
    columns.tradeId[slot] = tradeId;
    columns.place[slot] = place;
    this.table.touch(slot);
    this.ring.add(slot);
    return false;
  }
}

/** The id is a whole number below 2⁵²: both its halves count. */
function hashed(instrument: number, venue: number, tradeId: number): number {
  let hash = Math.imul(instrument, 0x9e3779b1) ^ Math.imul(venue, 0x85ebca77);
  hash = Math.imul(hash ^ (tradeId | 0), 0xc2b2ae3d) ^ Math.imul(Math.floor(tradeId / 2 ** 32), 0x27d4eb2f);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) | 0;
}
