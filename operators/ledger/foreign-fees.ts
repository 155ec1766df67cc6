/** Fees in other currencies than the position's: no part of its P&L, and summed by currency. */
import type { Rows } from '../../runtime/rows';
import type { ForeignFee } from '../../schemas/ledger';
import { ExecutionState } from '../../schemas/tables';
import type { Message } from './executions';
import type { LivePosition } from './live-position';

export class ForeignFees {
  private changed = new Set<string>();

  constructor(private readonly table: Rows<ForeignFee>) {}

  add(position: LivePosition, execution: Message): void {
    this.move(position, execution, execution.fee);
  }

  subtract(position: LivePosition, execution: Message): void {
    this.move(position, execution, -execution.fee);
  }

  /** The sums that the step changed, in the order in which it first changed them. */
  takeChanged(): readonly ForeignFee[] {
    if (this.changed.size === 0) return [];
    const rows = Array.from(this.changed, (key) => this.table.get(key)!);
    this.changed = new Set();
    return rows;
  }

  private move(position: LivePosition, { fee, feeCurrency, state, time }: Message, amount: bigint): void {
    if (fee === 0n || feeCurrency === position.currency || state !== ExecutionState.Booked) return;
    const { account, instrument } = position;
    const key = `${account}/${instrument}/${feeCurrency}`;
    const fees = (this.table.get(key)?.fees ?? 0n) + amount;
    this.table.set({ account, instrument, currency: feeCurrency, fees, time });
    this.changed.add(key);
  }
}
