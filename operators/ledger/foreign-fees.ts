/** Fees in other currencies than the position's: summed by currency, they count in the P&L of the account. */
import type { Rows } from '../../runtime/rows';
import type { ForeignFee } from '../../schemas/ledger';
import { ExecutionState } from '../../schemas/tables';
import { foreignPart } from './coin-fees';
import type { Message } from './executions';
import type { LivePosition } from './live-position';

export class ForeignFees {
  private changed = new Set<string>();

  constructor(private readonly table: Rows<ForeignFee>) {}

  add(position: LivePosition, execution: Message): void {
    this.move(position, execution, 1n);
  }

  subtract(position: LivePosition, execution: Message): void {
    this.move(position, execution, -1n);
  }

  /** The sums that the step changed, in the order in which it first changed them. */
  takeChanged(): readonly ForeignFee[] {
    if (this.changed.size === 0) return [];
    const rows = Array.from(this.changed, (key) => this.table.get(key)!);
    this.changed = new Set();
    return rows;
  }

  private move(position: LivePosition, message: Message, sign: bigint): void {
    const { fee, feeCurrency, state, time } = message;
    if (fee === 0n || feeCurrency === position.currency || state !== ExecutionState.Booked) return;
    const amount = sign * foreignPart(message, position.terms);
    if (amount === 0n) return;
    const { account, instrument } = position;
    const key = `${account}/${instrument}/${feeCurrency}`;
    const fees = (this.table.get(key)?.fees ?? 0n) + amount;
    this.table.set({ account, instrument, currency: feeCurrency, fees, time });
    this.changed.add(key);
  }
}
