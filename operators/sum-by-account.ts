/**
 * Sums P&L by account and currency, and emits each sum that a step changed, once.
 *
 * Realised P&L is summed exactly. Unrealised P&L and market value are doubles, whose running sums would depend on the
 * order of updates: each is rounded to a multiple of 2⁻³² (2·10⁻¹⁰ of the currency) and those are summed exactly, so that
 * a sum is the same whatever came before and however large, and the same when worked out anew on restore. What is unpriced is counted, and left out of the sums: it is never zero.
 *
 * State: what each position adds, and the last sums. The sums are derived from the parts.
 */

import { changesOf } from '../runtime/changes';
import type { Numbered } from '../runtime/numbered';
import { operator, type Stream } from '../runtime/operator';
import type { Rows } from '../runtime/rows';
import type { PositionChanges } from '../schemas/ledger';
import type { AccountPnl, AccountPnlChanges, PositionPnlColumns } from '../schemas/risk';
import type { AccountPartColumns } from '../schemas/tables';
import { AccountSums } from './risk/account-sums';

interface Inputs {
  readonly positions: Stream<PositionChanges>;
  readonly pnl: Stream<PositionPnlColumns>;
}

export interface SumByAccountTables {
  readonly parts: Numbered<AccountPartColumns>;
  readonly totals: Rows<AccountPnl>;
}

export function sumByAccount(
  { positions, pnl }: Inputs,
  tables: SumByAccountTables,
): Stream<AccountPnlChanges> {
  return operator('sum-by-account', { positions, pnl }, ({ marker }) => {
    const sums = new AccountSums(tables.parts, tables.totals.values());
    const changed = marker();
    return {
      on: {
        positions({ set, removed }) {
          for (const position of set) changed.add(sums.takePosition(position));
          for (const key of removed) {
            const group = sums.dropPosition(key);
            if (group >= 0) changed.add(group);
          }
        },
        pnl(columns) {
          for (let index = 0; index < columns.length; index += 1) changed.add(sums.takePnl(columns, index));
        },
      },
      emit() {
        const rows = Array.from(changed.keys(), (group) => sums.row(group));
        for (const row of rows) tables.totals.set(row);
        changed.clear();
        return changesOf(rows);
      },
    };
  });
}
