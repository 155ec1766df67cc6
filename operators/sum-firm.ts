/**
 * Totals of the firm: of what all accounts have in each currency, and over all currencies in each base currency of their
 * books. Emits each that a step changed, once. Where an account's total is unknown the firm's is, with what is known beside it.
 *
 * State: what accounts said last, and the totals as last said. Sums are derived, and the same in whatever order.
 */
import { changesOf } from '../runtime/stream/changes';
import { operator, type Stream } from '../runtime/stream/operator';
import type { Rows } from '../runtime/tables/rows';
import { moneyToNumber } from '../schemas/borders';
import type {
  AccountPnl,
  AccountPnlChanges,
  AccountTotal,
  AccountTotalChanges,
  FirmTotal,
  FirmTotalChanges,
} from '../schemas/risk';
import { accountTotalKey, firmTotalKey } from '../schemas/tables';
import { type FirmPart, FirmSums } from './risk/firm-sums';

interface Inputs {
  readonly currencies: Stream<AccountPnlChanges>;
  readonly totals: Stream<AccountTotalChanges>;
}

export interface SumFirmTables {
  readonly currencyParts: Rows<AccountPnl>;
  readonly parts: Rows<AccountTotal>;
  readonly totals: Rows<FirmTotal>;
}

const ofCurrency = (row: AccountPnl): FirmPart => ({
  ...row,
  isOverAll: false,
  realisedPnl: moneyToNumber(row.realisedPnl),
  withoutRate: 0,
  referenceVersion: 0,
});
const overAll = (row: AccountTotal): FirmPart => ({ ...row, isOverAll: true });

type AccountKey = Pick<AccountPnl, 'account' | 'currency'>;

export function sumFirm({ currencies, totals }: Inputs, tables: SumFirmTables): Stream<FirmTotalChanges> {
  return operator('sum-firm', { currencies, totals }, ({ marker }) => {
    const sums = new FirmSums();
    for (const row of tables.currencyParts.values()) sums.add(ofCurrency(row));
    for (const row of tables.parts.values()) sums.add(overAll(row));
    const changed = marker();
    const replace = <Row extends AccountKey>(
      table: Rows<Row>,
      partOf: (row: Row) => FirmPart,
      { set, removed }: { readonly set: readonly Row[]; readonly removed: readonly AccountKey[] },
    ): void => {
      for (const row of set) {
        const before = table.get(accountTotalKey(row));
        changed.add(before ? sums.replace(partOf(before), partOf(row)) : sums.add(partOf(row)));
        table.set(row);
      }
      for (const key of removed) {
        const before = table.get(accountTotalKey(key));
        if (before) changed.add(sums.subtract(partOf(before)));
        table.delete(accountTotalKey(key));
      }
    };
    return {
      on: {
        currencies: (changes) => replace(tables.currencyParts, ofCurrency, changes),
        totals: (changes) => replace(tables.parts, overAll, changes),
      },
      emit({ now }) {
        const rows: FirmTotal[] = [];
        const gone: Pick<FirmTotal, 'currency' | 'isOverAll'>[] = [];
        for (const group of changed.keys()) {
          const key = sums.keyOf(group);
          const row = sums.row(group, tables.totals.get(firmTotalKey(key)), now);
          if (row.accounts > 0) {
            tables.totals.set(row);
            rows.push(row);
          } else if (tables.totals.get(firmTotalKey(key))) {
            tables.totals.delete(firmTotalKey(key));
            gone.push(key);
          }
        }
        changed.clear();
        return changesOf(rows, gone);
      },
    };
  });
}
