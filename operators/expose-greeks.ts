/**
 * How the worth of each position moves in the base currency, and what each account adds to the scopes above it. Emits the
 * positions that a step changed, and the parts of accounts, each once.
 *
 * What is no option moves as its price does. An option moves as its model says; where it has no price, its model values it,
 * which it says. What cannot be valued is unknown: it is counted, never read as zero. A value costs the holders of its
 * instrument.
 *
 * State: each position as it was last worked out, the latest value of each option, instruments, currencies, and the parts
 * as last said. Sums and indexes are derived.
 */
import { changesOf, NO_CHANGES } from '../runtime/stream/changes';
import { operator, type Stream } from '../runtime/stream/operator';
import type { Numbered } from '../runtime/tables/numbered';
import type { Rows } from '../runtime/tables/rows';
import type { PositionExposureColumns } from '../schemas/exposures';
import type { Growing } from '../schemas/frames/room';
import {
  type GreekCurrency,
  type GreekPart,
  type GreekPartChanges,
  type GreekPartKey,
  type GreekPositionColumns,
  type GreekValueColumns,
  greekPartKey,
  type PositionGreeksColumns,
  positionGreeksCodec,
} from '../schemas/greeks';
import type { PositionChanges } from '../schemas/ledger';
import type { Instrument, InstrumentChanges } from '../schemas/reference';
import type { UnitValueColumns } from '../schemas/valuation';
import { AccountGreeks } from './greeks/account-greeks';
import { GreekTerms } from './greeks/greek-terms';
import { PositionGreeks } from './greeks/position-greeks';
import { OutColumns } from './out-columns';

interface Inputs {
  readonly instruments: Stream<InstrumentChanges>;
  readonly values: Stream<UnitValueColumns>;
  readonly positions: Stream<PositionChanges>;
  readonly exposures: Stream<PositionExposureColumns>;
}

export interface ExposeGreeksTables {
  readonly instruments: Rows<Instrument>;
  readonly values: Numbered<GreekValueColumns>;
  readonly currencies: Rows<GreekCurrency>;
  readonly positions: Numbered<GreekPositionColumns>;
  readonly parts: Rows<GreekPart>;
}

export interface ExposedGreeks {
  readonly positions: PositionGreeksColumns;
  readonly parts: GreekPartChanges;
}

export function exposeGreeks(
  inputs: Inputs,
  tables: ExposeGreeksTables,
  { baseCurrency }: { readonly baseCurrency: string },
): Stream<ExposedGreeks> {
  return operator('expose-greeks', inputs, ({ marker }) => {
    const terms = new GreekTerms(tables.instruments);
    const accounts = new AccountGreeks(tables.parts, baseCurrency);
    const greeks = new PositionGreeks(tables, { accounts, terms, baseCurrency });
    const changed = marker();
    const out = new OutColumns(positionGreeksCodec);
    const writeAll = (slots: ArrayLike<number>): PositionGreeksColumns => {
      out.clear(slots.length);
      for (let index = 0; index < slots.length; index += 1)
        write(out.columns, slots[index]!, tables.positions.columns);
      return out.columns;
    };
    return {
      on: {
        instruments(changes) {
          for (const instrument of terms.take(changes)) greeks.rework(instrument, changed);
        },
        values(columns) {
          for (let index = 0; index < columns.length; index += 1) greeks.takeValue(columns, index, changed);
        },
        positions({ set }) {
          for (const position of set) greeks.takePosition(position, changed);
        },
        exposures(columns) {
          for (let index = 0; index < columns.length; index += 1)
            greeks.takeExposure(columns, index, changed);
        },
      },
      emit({ now }) {
        const slots = changed.keys();
        for (let index = 0; index < slots.length; index += 1)
          tables.positions.columns.knownAt[slots[index]!] = now;
        const positions = writeAll(slots);
        const parts = partsOf(greeks.takeMoved(), { accounts, parts: tables.parts, now });
        changed.clear();
        return { positions, parts };
      },
      snapshot: {
        slots: () => tables.positions.length,
        slice: (from, to) => ({
          positions: writeAll(Array.from({ length: to - from }, (_, index) => from + index)),
          parts: NO_CHANGES,
        }),
      },
    };
  });
}

/** Parts of which nothing is held any more are gone, but for that of the account itself. */
function partsOf(
  groups: readonly number[],
  from: { readonly accounts: AccountGreeks; readonly parts: Rows<GreekPart>; readonly now: number },
): GreekPartChanges {
  const set: GreekPart[] = [];
  const removed: GreekPartKey[] = [];
  for (const group of groups) {
    const row = from.accounts.row(group, from.now);
    const { account, dimension, member } = row;
    if (row.positions > 0 || dimension === 'account') set.push(row);
    else if (from.parts.get(greekPartKey(row))) removed.push({ account, dimension, member });
  }
  for (const row of set) from.parts.set(row);
  for (const key of removed) from.parts.delete(greekPartKey(key));
  return changesOf(set, removed);
}

function write(out: Growing<PositionGreeksColumns>, slot: number, from: GreekPositionColumns): void {
  const at = out.length;
  out.account[at] = from.account[slot]!;
  out.instrument[at] = from.instrument[slot]!;
  out.contract[at] = from.contract[slot]!;
  out.quantity[at] = from.quantity[slot]!;
  out.value[at] = from.value[slot]!;
  out.delta[at] = from.delta[slot]!;
  out.gamma[at] = from.gamma[slot]!;
  out.vega[at] = from.vega[slot]!;
  out.theta[at] = from.theta[slot]!;
  out.years[at] = from.years[slot]!;
  out.status[at] = from.status[slot]!;
  out.stale[at] = from.stale[slot]!;
  out.reason[at] = from.reason[slot]!;
  out.valueReason[at] = from.valueReason[slot]!;
  out.time[at] = from.time[slot]!;
  out.knownAt[at] = from.knownAt[slot]!;
  out.length = at + 1;
}
