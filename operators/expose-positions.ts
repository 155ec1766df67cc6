/**
 * What each position exposes its account to in the base currency, and what each account adds to the exposures above it.
 * Emits the positions that a step changed, and the accounts, each once.
 *
 * A position without a price, or in a currency without a rate, is unknown: it is counted, never read as zero. The price
 * that moves costs the holders of its instrument, and a rate the positions in its currency.
 *
 * State: each position as it was last valued, the currencies, the pairs that give their rates, the parts as last said.
 * Sums and indexes are derived.
 */
import { changesOf, NO_CHANGES } from '../runtime/stream/changes';
import { operator, type Stream } from '../runtime/stream/operator';
import type { Numbered, ReadonlyNumbered } from '../runtime/tables/numbered';
import type { Rows } from '../runtime/tables/rows';
import {
  type ExposedPositionColumns,
  type ExposureCurrency,
  type ExposurePart,
  type ExposurePartChanges,
  type PositionExposureColumns,
  positionExposureCodec,
} from '../schemas/exposures';
import type { Growing } from '../schemas/frames/room';
import type { PositionChanges } from '../schemas/ledger';
import type { InstrumentChanges } from '../schemas/reference';
import type { PositionPnlColumns } from '../schemas/risk';
import type { CurrencyPair, LatestMarkColumns } from '../schemas/tables';
import type { ChangedMarks } from './conflate';
import { OutColumns } from './out-columns';
import { AccountExposures } from './risk/account-exposures';
import { LiveRates } from './risk/live-rates';
import { PositionExposures } from './risk/position-exposures';

interface Inputs {
  readonly instruments: Stream<InstrumentChanges>;
  /** Marks that changed, after they have been kept. */
  readonly marks: Stream<ChangedMarks>;
  readonly positions: Stream<PositionChanges>;
  readonly pnl: Stream<PositionPnlColumns>;
}

export interface ExposePositionsTables {
  readonly latest: ReadonlyNumbered<LatestMarkColumns>;
  readonly currencyPairs: Rows<CurrencyPair>;
  readonly currencies: Rows<ExposureCurrency>;
  readonly exposed: Numbered<ExposedPositionColumns>;
  readonly parts: Rows<ExposurePart>;
}

export interface ExposedPositions {
  readonly positions: PositionExposureColumns;
  readonly parts: ExposurePartChanges;
}

export function exposePositions(
  { instruments, marks, positions, pnl }: Inputs,
  tables: ExposePositionsTables,
  { baseCurrency }: { readonly baseCurrency: string },
): Stream<ExposedPositions> {
  return operator('expose-positions', { instruments, marks, positions, pnl }, ({ marker }) => {
    const rates = new LiveRates(baseCurrency, tables.currencyPairs, tables.latest);
    const accounts = new AccountExposures(tables.exposed, tables.parts, baseCurrency);
    const exposures = new PositionExposures(tables.exposed, tables.currencies, { accounts, rates });
    const changed = marker();
    const changedAccounts = marker();
    const out = new OutColumns(positionExposureCodec);
    return {
      on: {
        instruments: (changes) => rates.takeInstruments(changes),
        marks: (marked) => rates.takeMarks(marked),
        positions({ set }) {
          if (rates.takeMoved()) exposures.followRates(changed);
          // What is gone is flat, and its P&L says so.
          for (const position of set) changed.add(exposures.takePosition(position));
        },
        pnl(columns) {
          for (let index = 0; index < columns.length; index += 1)
            changed.add(exposures.takePnl(columns, index));
        },
      },
      emit({ now }) {
        const slots = changed.keys();
        out.clear(slots.length);
        for (let index = 0; index < slots.length; index += 1) {
          tables.exposed.columns.knownAt[slots[index]!] = now;
          changedAccounts.add(tables.exposed.columns.account[slots[index]!]!);
          write(out.columns, slots[index]!, tables.exposed.columns);
        }
        const rows = Array.from(changedAccounts.keys(), (account) => accounts.row(account, now));
        for (const row of rows) tables.parts.set(row);
        changed.clear();
        changedAccounts.clear();
        return { positions: out.columns, parts: changesOf(rows) };
      },
      snapshot: {
        slots: () => tables.exposed.length,
        slice(from, to) {
          out.clear(to - from);
          for (let slot = from; slot < to; slot += 1) write(out.columns, slot, tables.exposed.columns);
          return { positions: out.columns, parts: NO_CHANGES };
        },
      },
    };
  });
}

function write(out: Growing<PositionExposureColumns>, slot: number, from: ExposedPositionColumns): void {
  const at = out.length;
  out.account[at] = from.account[slot]!;
  out.instrument[at] = from.instrument[slot]!;
  out.contract[at] = from.contract[slot]!;
  out.quantity[at] = from.quantity[slot]!;
  out.unitWorth[at] = from.unitWorth[slot]!;
  out.rate[at] = from.rate[slot]!;
  out.value[at] = from.value[slot]!;
  out.status[at] = from.status[slot]!;
  out.reason[at] = from.reason[slot]!;
  out.time[at] = from.time[slot]!;
  out.knownAt[at] = from.knownAt[slot]!;
  out.length = at + 1;
}
