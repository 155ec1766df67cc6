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
import { type Instrument, type InstrumentChanges, InstrumentKind } from '../schemas/reference';
import type { AccountPnl, AccountPnlChanges, AccountTotal, AccountTotalChanges } from '../schemas/risk';
import type { CurrencyPair, LatestMarkColumns } from '../schemas/tables';
import type { ChangedMarks } from './conflate';
import { baseOf } from './ledger/base-of';
import { Rates } from './risk/rates';
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
    const rates = new Rates(baseCurrency, currencyPairs, latest);
    const partsOf = new Map<number, Map<string, AccountPnl>>();
    const changed = marker();
    const hold = (row: AccountPnl): void => {
      const parts = partsOf.get(row.account) ?? new Map<string, AccountPnl>();
      partsOf.set(row.account, parts.set(row.currency, row));
    };
    for (const row of totals.values()) hold(row);
    let isMoved = false;
    return {
      on: {
        instruments({ set, removed }) {
          for (const instrument of set) {
            const base = isPair(instrument) ? baseOf(instrument) : undefined;
            const isNew =
              base === undefined ? rates.forget(instrument.instrument) : rates.know({ ...instrument, base });
            isMoved = isNew || isMoved;
          }
          for (const { instrument } of removed) isMoved = rates.forget(instrument) || isMoved;
        },
        marks({ length, instrument }) {
          for (let index = 0; index < length && !isMoved; index += 1)
            isMoved = rates.isPair(instrument[index]!);
        },
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
        if (isMoved) {
          rates.clear();
          for (const [account, parts] of partsOf) if (needsRates(parts, baseCurrency)) changed.add(account);
        }
        isMoved = false;
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

/** The price of an option, or of what is quoted the other way round, is no rate, whatever its base is said to be. */
const isPair = ({ kind, inverse }: Instrument): boolean =>
  !inverse && (kind === InstrumentKind.Crypto || kind === InstrumentKind.Fx);

const needsRates = (parts: ReadonlyMap<string, AccountPnl>, baseCurrency: string): boolean =>
  parts.size > 1 || !parts.has(baseCurrency);
