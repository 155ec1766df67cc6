/** Fees in other currencies than the position's: summed by currency, they count in the P&L of the account. */
import type { Rows } from '../../runtime/tables/rows';
import type { ForeignFee } from '../../schemas/ledger';
import { ExecutionState, foreignFeeKey } from '../../schemas/tables';
import { foreignPart } from './coin-fees';
import type { Message } from './executions';
import type { LivePosition } from './live-position';
import { isDecimal } from './range';

/** What an execution was charged. */
export type ChargedFee = Pick<Message, 'kind' | 'fee' | 'feeCurrency' | 'state' | 'time'>;

/** Whether there is anything of a fee in another currency than the position's. */
export const paysElsewhere = (
  { fee, feeCurrency }: Pick<Message, 'fee' | 'feeCurrency'>,
  { currency }: Pick<LivePosition, 'currency'>,
): boolean => fee !== 0n && feeCurrency !== currency;

export class ForeignFees {
  private changed = new Set<string>();

  constructor(private readonly table: Rows<ForeignFee>) {}

  add(position: LivePosition, execution: ChargedFee): void {
    this.move(position, execution, 1n);
  }

  subtract(position: LivePosition, execution: ChargedFee): void {
    this.move(position, execution, -1n);
  }

  /** Whether the sum has room in the ledger's types, after an execution that is new or stands for another. */
  hasRoomFor(position: LivePosition, execution: ChargedFee, instead?: ChargedFee): boolean {
    if (!paysElsewhere(execution, position)) return true;
    const { feeCurrency } = execution;
    const of = (message: ChargedFee | undefined): bigint =>
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

  private move(position: LivePosition, message: ChargedFee, sign: bigint): void {
    const { feeCurrency, state, time } = message;
    if (!paysElsewhere(message, position) || state !== ExecutionState.Booked) return;
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
