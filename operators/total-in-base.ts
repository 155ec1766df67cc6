/**
 * Totals of each account in the base currency of its book, or else of the house: what it made in every currency, at the rates of the marks. Emits each
 * account whose total a step changed, once.
 *
 * Currencies are never summed as they are. A rate is that of a pair, its inverse, or a cross over one third currency;
 * where there is none, or where something has no price, the total is unknown, and what is known of it stands beside it.
 *
 * State: the pairs of currencies. Rates are derived from their marks, and what each account made from the table of sums.
 */
import { changesOf } from '../runtime/stream/changes';
import { operator, type Stream } from '../runtime/stream/operator';
import type { ReadonlyNumbered } from '../runtime/tables/numbered';
import type { ReadonlyRows, Rows } from '../runtime/tables/rows';
import type { InstrumentChanges } from '../schemas/reference';
import type { AccountPnl, AccountPnlChanges, AccountTotal, AccountTotalChanges } from '../schemas/risk';
import type { BookSettings, CurrencyPair, LatestMarkColumns } from '../schemas/tables';
import type { ChangedMarks } from './conflate';
import type { BookSettingsChanges } from './risk/book-settings';
import { LiveRates } from './risk/live-rates';
import { totalOf } from './risk/total-of';

interface Inputs {
  readonly instruments: Stream<InstrumentChanges>;
  /** Marks that changed, after they have been kept. */
  readonly marks: Stream<ChangedMarks>;
  readonly accounts: Stream<AccountPnlChanges>;
  /** Accounts whose book says otherwise than before what their totals are in. */
  readonly books: Stream<BookSettingsChanges>;
}

export interface TotalInBaseTables {
  readonly latest: ReadonlyNumbered<LatestMarkColumns>;
  readonly currencyPairs: Rows<CurrencyPair>;
  /** What each account made in each currency, kept by who sums it. */
  readonly totals: ReadonlyRows<AccountPnl>;
  readonly bookSettings: ReadonlyRows<BookSettings>;
}

export function totalInBase(
  { instruments, marks, accounts, books }: Inputs,
  { latest, currencyPairs, totals, bookSettings }: TotalInBaseTables,
  { baseCurrency }: { readonly baseCurrency: string },
): Stream<AccountTotalChanges> {
  return operator('total-in-base', { instruments, marks, accounts, books }, ({ marker }) => {
    const rates = new LiveRates(baseCurrency, currencyPairs, latest);
    const intoOf = (account: number): string =>
      bookSettings.get(String(account))?.baseCurrency ?? baseCurrency;
    /** What the total of each account was told in last. */
    const told = new Map<number, string>();
    const partsOf = new Map<number, Map<string, AccountPnl>>();
    const changed = marker();
    const hold = (row: AccountPnl): void => {
      const parts = partsOf.get(row.account) ?? new Map<string, AccountPnl>();
      partsOf.set(row.account, parts.set(row.currency, row));
    };
    for (const row of totals.values()) hold(row);
    // Totals and settings are of one epoch: what was told last is in what holds now.
    for (const account of partsOf.keys()) told.set(account, intoOf(account));
    return {
      on: {
        instruments: (changes) => rates.takeInstruments(changes),
        marks: (marked) => rates.takeMarks(marked),
        accounts({ set, removed }) {
          for (const row of set) {
            hold(row);
            changed.add(row.account);
          }
          for (const { account, currency } of removed) {
            partsOf.get(account)?.delete(currency);
            changed.add(account);
          }
        },
        books({ set, removed }) {
          for (const { account } of [...set, ...removed]) if (partsOf.has(account)) changed.add(account);
        },
      },
      emit({ now }) {
        if (rates.takeMoved())
          for (const [account, parts] of partsOf)
            if (needsRates(parts, intoOf(account))) changed.add(account);
        const rows: AccountTotal[] = [];
        const gone: Pick<AccountTotal, 'account' | 'currency'>[] = [];
        for (const account of changed.keys()) {
          const currency = intoOf(account);
          // In order of currencies, whatever came first: sums of doubles depend on it.
          const parts = [...partsOf.get(account)!.values()].sort((a, b) =>
            a.currency < b.currency ? -1 : 1,
          );
          const total = totalOf(parts, { of: (one) => rates.of(one, currency) });
          const referenceVersion = bookSettings.get(String(account))?.version ?? 0;
          rows.push({ account, currency, ...total, knownAt: now, referenceVersion });
          const before = told.get(account);
          if (before !== undefined && before !== currency) gone.push({ account, currency: before });
          told.set(account, currency);
        }
        changed.clear();
        return changesOf(rows, gone);
      },
    };
  });
}

const needsRates = (parts: ReadonlyMap<string, AccountPnl>, baseCurrency: string): boolean =>
  parts.size > 1 || !parts.has(baseCurrency);
