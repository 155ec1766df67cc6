/**
 * Sums cash by account and currency, exactly, and emits each balance that a step changed, once.
 *
 * Everything that moves cash moves a position's realised P&L, its cost, or what was transferred at cost, so its cash is
 *
 *   realised P&L − cost + cost of what was transferred in      where it is paid in full
 *   realised P&L                                               where it is settled by difference
 *
 * to the last digit, however it was restated; fees in other currencies are paid in those.
 *
 * State: what each position adds, fees in other currencies, how instruments are settled, and the balances as they were
 * last said. Sums are derived from the parts.
 */
import { changesOf } from '../runtime/stream/changes';
import { operator, type Stream } from '../runtime/stream/operator';
import type { Numbered } from '../runtime/tables/numbered';
import type { Rows } from '../runtime/tables/rows';
import type { Cash, CashChanges, ForeignFee, ForeignFeeChanges, PositionChanges } from '../schemas/ledger';
import type { InstrumentChanges } from '../schemas/reference';
import { type CashPartColumns, foreignFeeKey, type SettledInstrumentColumns } from '../schemas/tables';
import { Balances } from './cash/balances';
import { isByDifference } from './cash/settled';

interface Inputs {
  readonly instruments: Stream<InstrumentChanges>;
  readonly positions: Stream<PositionChanges>;
  readonly foreignFees: Stream<ForeignFeeChanges>;
}

export interface SumCashTables {
  readonly settled: Numbered<SettledInstrumentColumns>;
  readonly parts: Numbered<CashPartColumns>;
  readonly fees: Rows<ForeignFee>;
  readonly balances: Rows<Cash>;
}

export function sumCash(
  { instruments, positions, foreignFees }: Inputs,
  tables: SumCashTables,
): Stream<CashChanges> {
  return operator('sum-cash', { instruments, positions, foreignFees }, ({ marker }) => {
    const { settled, fees } = tables;
    const balances = new Balances(tables.parts, settled, tables.balances.values());
    for (const row of fees.values()) balances.pay(row, row.fees);
    const changed = marker();
    const pay = (row: ForeignFee): void => {
      const before = fees.get(foreignFeeKey(row))?.fees ?? 0n;
      fees.set(row);
      changed.add(balances.pay(row, row.fees - before));
    };
    return {
      on: {
        // What is withdrawn is settled as it was.
        instruments({ set }) {
          for (const row of set) {
            const { instrument } = row;
            settled.ensure(instrument);
            const byDifference = isByDifference(row) ? 1 : 0;
            if (settled.has(instrument) && settled.columns.byDifference[instrument] === byDifference)
              continue;
            for (const group of balances.settle(instrument, byDifference)) changed.add(group);
          }
        },
        positions({ set, removed }) {
          for (const position of set) changed.add(balances.take(position));
          for (const key of removed) {
            const group = balances.drop(key);
            if (group >= 0) changed.add(group);
          }
        },
        foreignFees({ set, removed }) {
          for (const row of set) pay(row);
          for (const key of removed) pay({ ...key, fees: 0n, time: 0, knownAt: 0 });
        },
      },
      emit({ now }) {
        const rows = Array.from(changed.keys(), (group) => balances.row(group, now));
        for (const row of rows) tables.balances.set(row);
        changed.clear();
        return changesOf(rows);
      },
    };
  });
}
