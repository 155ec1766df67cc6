/**
 * Sums P&L by account and currency, and emits each sum that a step changed, once.
 *
 * Realised P&L is summed exactly. Unrealised P&L and market value are doubles, whose running sums would depend on the
 * order of updates: each is rounded to a multiple of 2⁻³² (2·10⁻¹⁰ of the currency) and those are summed exactly, so that
 * a sum is the same whatever came before and however large, and the same when worked out anew on restore. What is unpriced is counted, and left out of the sums: it is never zero.
 *
 * State: what each position adds, and the last sums. The sums are derived from the parts.
 */

import { changesOf } from '../runtime/stream/changes';
import { operator, type Stream } from '../runtime/stream/operator';
import type { Numbered } from '../runtime/tables/numbered';
import type { Rows } from '../runtime/tables/rows';
import type { ForeignFee, ForeignFeeChanges, PositionChanges } from '../schemas/ledger';
import type { AccountPnl, AccountPnlChanges, PositionPnlColumns } from '../schemas/risk';
import { type AccountPartColumns, foreignFeeKey } from '../schemas/tables';
import { AccountSums } from './risk/account-sums';

interface Inputs {
  readonly positions: Stream<PositionChanges>;
  readonly foreignFees: Stream<ForeignFeeChanges>;
  readonly pnl: Stream<PositionPnlColumns>;
}

export interface SumByAccountTables {
  readonly parts: Numbered<AccountPartColumns>;
  readonly totals: Rows<AccountPnl>;
  readonly countedFees: Rows<ForeignFee>;
}

export function sumByAccount(
  { positions, foreignFees, pnl }: Inputs,
  tables: SumByAccountTables,
): Stream<AccountPnlChanges> {
  return operator('sum-by-account', { positions, foreignFees, pnl }, ({ marker }) => {
    const sums = new AccountSums(tables.parts, tables.totals.values());
    for (const row of tables.countedFees.values()) sums.takeForeignFees(row, row.fees);
    const changed = marker();
    const count = (row: ForeignFee): void => {
      const before = tables.countedFees.get(foreignFeeKey(row))?.fees ?? 0n;
      tables.countedFees.set(row);
      changed.add(sums.takeForeignFees(row, row.fees - before));
    };
    return {
      on: {
        positions({ set, removed }) {
          for (const position of set) changed.add(sums.takePosition(position));
          for (const key of removed) {
            const group = sums.dropPosition(key);
            if (group >= 0) changed.add(group);
          }
        },
        foreignFees({ set, removed }) {
          for (const row of set) count(row);
          for (const key of removed) count({ ...key, fees: 0n, time: 0, knownAt: 0 });
        },
        pnl(columns) {
          for (let index = 0; index < columns.length; index += 1) changed.add(sums.takePnl(columns, index));
        },
      },
      emit({ now }) {
        const rows = Array.from(changed.keys(), (group) => sums.row(group, now));
        for (const row of rows) tables.totals.set(row);
        changed.clear();
        return changesOf(rows);
      },
    };
  });
}
