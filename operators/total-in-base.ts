/**
 * Totals of each account in the base currency: what it made in every currency, at the rates of the marks. Emits each
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
import type { CurrencyPair, LatestMarkColumns } from '../schemas/tables';
import type { ChangedMarks } from './conflate';
import { LiveRates } from './risk/live-rates';
import { totalOf } from './risk/total-of';

interface Inputs {
  readonly instruments: Stream<InstrumentChanges>;
  /** Marks that changed, after they have been kept. */
  readonly marks: Stream<ChangedMarks>;
  readonly accounts: Stream<AccountPnlChanges>;
}

export interface TotalInBaseTables {
  readonly latest: ReadonlyNumbered<LatestMarkColumns>;
  readonly currencyPairs: Rows<CurrencyPair>;
  /** What each account made in each currency, kept by who sums it. */
  readonly totals: ReadonlyRows<AccountPnl>;
}

export function totalInBase(
  { instruments, marks, accounts }: Inputs,
  { latest, currencyPairs, totals }: TotalInBaseTables,
  { baseCurrency }: { readonly baseCurrency: string },
): Stream<AccountTotalChanges> {
  return operator('total-in-base', { instruments, marks, accounts }, ({ marker }) => {
    const rates = new LiveRates(baseCurrency, currencyPairs, latest);
    const partsOf = new Map<number, Map<string, AccountPnl>>();
    const changed = marker();
    const hold = (row: AccountPnl): void => {
      const parts = partsOf.get(row.account) ?? new Map<string, AccountPnl>();
      partsOf.set(row.account, parts.set(row.currency, row));
    };
    for (const row of totals.values()) hold(row);
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
      },
      emit({ now }) {
        if (rates.takeMoved())
          for (const [account, parts] of partsOf) if (needsRates(parts, baseCurrency)) changed.add(account);
        const rows: AccountTotal[] = Array.from(changed.keys(), (account) => ({
          account,
          currency: baseCurrency,
          // In order of currencies, whatever came first: sums of doubles depend on it.
          ...totalOf(
            [...partsOf.get(account)!.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1)),
            rates,
          ),
          knownAt: now,
        }));
        changed.clear();
        return changesOf(rows);
      },
    };
  });
}

const needsRates = (parts: ReadonlyMap<string, AccountPnl>, baseCurrency: string): boolean =>
  parts.size > 1 || !parts.has(baseCurrency);
