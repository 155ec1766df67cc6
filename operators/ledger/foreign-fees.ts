/** Fees in other currencies than the position's: summed by currency, they count in the P&L of the account. */
import type { Rows } from '../../runtime/tables/rows';
import type { ForeignFee } from '../../schemas/ledger';
import { ExecutionState, foreignFeeKey } from '../../schemas/tables';
import { foreignPart } from './coin-fees';
import type { Message } from './executions';
import type { LivePosition } from './live-position';
import { isDecimal } from './range';

export class ForeignFees {
  private changed = new Set<string>();

  constructor(private readonly table: Rows<ForeignFee>) {}

  add(position: LivePosition, execution: Message): void {
    this.move(position, execution, 1n);
  }

  subtract(position: LivePosition, execution: Message): void {
    this.move(position, execution, -1n);
  }

  /** Whether the sum has room in the ledger's types, after an execution that is new or stands for another. */
  hasRoomFor(position: LivePosition, execution: Message, instead?: Message): boolean {
    const { fee, feeCurrency } = execution;
    if (fee === 0n || feeCurrency === position.currency) return true;
    const of = (message: Message | undefined): bigint =>
      message?.feeCurrency === feeCurrency && message.state === ExecutionState.Booked
        ? foreignPart(message, position.terms)
        : 0n;
    return isDecimal(this.sumOf(position, feeCurrency) - of(instead) + of(execution));
  }

  /** The sums that the step changed, in the order in which it first changed them. */
  takeChanged(knownAt: number): readonly ForeignFee[] {
    if (this.changed.size === 0) return [];
    const rows = Array.from(this.changed, (key) => ({ ...this.table.get(key)!, knownAt }));
    for (const row of rows) this.table.set(row);
    this.changed = new Set();
    return rows;
  }

  private move(position: LivePosition, message: Message, sign: bigint): void {
    const { fee, feeCurrency, state, time } = message;
    if (fee === 0n || feeCurrency === position.currency || state !== ExecutionState.Booked) return;
    const amount = sign * foreignPart(message, position.terms);
    if (amount === 0n) return;
    const { account, instrument } = position;
    const fees = this.sumOf(position, feeCurrency) + amount;
    this.table.set({ account, instrument, currency: feeCurrency, fees, time, knownAt: 0 });
    this.changed.add(foreignFeeKey({ account, instrument, currency: feeCurrency }));
  }

  private sumOf({ account, instrument }: LivePosition, currency: string): bigint {
    return this.table.get(foreignFeeKey({ account, instrument, currency }))?.fees ?? 0n;
  }
}
