/**
 * The queue of fills that came too late to be booked where they belong: the whole of each, until a person settles it.
 * What waits for the execution it refers to is told here, too, once its patience ends, and goes on waiting. Where the queue
 * is full a fill is refused all the same, and found among the refused ones alone.
 */
import type { Rows } from '../../runtime/tables/rows';
import type { Fill, LateFill } from '../../schemas/ledger';
import { LateFillStatus } from '../../schemas/ledger';
import { type Identified, identityText } from './identity';

export class LateFills {
  private changed = new Map<string, LateFill>();
  /** Execution ids of fills in the queue: nearly all others are none of them, and need no text to be known for that. */
  private readonly ids = new Set<string>();

  constructor(private readonly table: Rows<LateFill>) {
    for (const { executionId } of table.values()) this.ids.add(executionId);
  }

  get(fill: Identified): LateFill | undefined {
    // A text that has just been read has no hash yet: it is not asked for where there is nothing to find.
    return this.ids.size > 0 && this.ids.has(fill.executionId)
      ? this.table.get(identityText(fill))
      : undefined;
  }

  /** A fill that is settled: whenever it comes again, that stands. */
  settled(fill: Identified): LateFill | undefined {
    const row = this.get(fill);
    return row && isSettled(row) ? row : undefined;
  }

  /** Says whether the queue has it. */
  tell(fill: Fill, { status, detail }: Pick<LateFill, 'status' | 'detail'>): boolean {
    const row = { ...lateFill(fill), status, detail };
    const key = row.identity;
    // A person's word stands, however often the fill comes again.
    const known = this.table.get(key);
    if (known && isSettled(known)) return true;
    const hasRoom = known !== undefined || !this.table.isFull;
    if (hasRoom) this.put(key, row);
    return hasRoom;
  }

  /** What became of one that is in the queue. */
  settle(fill: Identified, { status, detail }: Pick<LateFill, 'status' | 'detail'>): void {
    const key = identityText(fill);
    const known = this.table.get(key);
    if (known) this.put(key, { ...known, status, detail });
  }

  isTold(fill: Fill): boolean {
    return this.table.get(identityText(fill)) !== undefined;
  }

  takeChanged(now: number): readonly LateFill[] {
    if (this.changed.size === 0) return [];
    const rows = Array.from(this.changed.values(), (row) => ({ ...row, knownAt: now }));
    for (const row of rows) this.table.set(row);
    this.changed = new Map();
    return rows;
  }

  private put(key: string, row: LateFill): void {
    this.changed.set(key, row);
    this.ids.add(row.executionId);
    this.table.set(row);
  }
}

const isSettled = ({ status }: LateFill): boolean =>
  status === LateFillStatus.Booked || status === LateFillStatus.Discarded;

/** No more than a fill has: a message of the ledger's own table has other fields, too. */
const lateFill = (fill: Fill): Omit<LateFill, 'status' | 'detail'> => ({
  identity: identityText(fill),
  executionId: fill.executionId,
  kind: fill.kind,
  refersTo: fill.refersTo,
  account: fill.account,
  instrument: fill.instrument,
  quantity: fill.quantity,
  price: fill.price,
  fee: fill.fee,
  feeCurrency: fill.feeCurrency,
  venue: fill.venue,
  broker: fill.broker,
  tradingDay: fill.tradingDay,
  refersToDay: fill.refersToDay,
  version: fill.version,
  time: fill.time,
  knownAt: 0,
});
