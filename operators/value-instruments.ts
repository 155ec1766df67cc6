/**
 * Values each option by its model, once for all who hold it. Emits what a step moved, once an option: what the marks of its
 * expiry and of its underlying moved, and each minute all of them, since time passes.
 *
 * A quoted option is worth its mark, and has the volatility that its mark implies; one without quotes is worth what the
 * volatilities of its expiry make it, and says so. What cannot be valued says why, and is never worth nothing.
 *
 * State: options as reference data tells of them, marks, and the minute of valuation. The live book is derived from them.
 */
import { operator, type Stream } from '../runtime/stream/operator';
import type { Numbered, ReadonlyNumbered } from '../runtime/tables/numbered';
import type { Rows } from '../runtime/tables/rows';
import type { Timers } from '../runtime/tables/timers';
import type { Growing } from '../schemas/frames/room';
import type { Instrument, InstrumentChanges } from '../schemas/reference';
import type { LatestMarkColumns } from '../schemas/tables';
import {
  type SaidValueColumns,
  type UnitValueColumns,
  unitValueCodec,
  ValueReason,
} from '../schemas/valuation';
import type { ChangedMarks } from './conflate';
import { OutColumns } from './out-columns';
import { OptionBook, type OptionBookSettings } from './valuation/option-book';
import { isOption, optionTermsOf } from './valuation/option-terms';

interface Inputs {
  readonly instruments: Stream<InstrumentChanges>;
  /** Marks that changed, after they have been kept. */
  readonly marks: Stream<ChangedMarks>;
}

export interface ValueInstrumentsTables {
  readonly latest: ReadonlyNumbered<LatestMarkColumns>;
  /** Options, and what they are on. */
  readonly instruments: Rows<Instrument>;
  readonly clock: Timers;
  readonly said: Numbered<SaidValueColumns>;
}

const MINUTE = 60_000_000;
const CLOCK = 0;
const NOTHING = -1;

export function valueInstruments(
  { instruments, marks }: Inputs,
  tables: ValueInstrumentsTables,
  settings: OptionBookSettings,
): Stream<UnitValueColumns> {
  const { latest, instruments: table, clock, said } = tables;
  return operator('value-instruments', { fired: clock.fired, instruments, marks }, ({ marker }) => {
    const options = new OptionBook(latest, settings);
    const changed = marker();
    const out = new OutColumns(unitValueCodec);
    const optionsOn = new Map<number, Set<number>>();
    const know = (instrument: Instrument): void => {
      if (!isOption(instrument)) return;
      const beside = optionsOn.get(instrument.underlying ?? NOTHING) ?? new Set<number>();
      optionsOn.set(instrument.underlying ?? NOTHING, beside.add(instrument.instrument));
      const underlying =
        instrument.underlying === undefined ? undefined : table.get(String(instrument.underlying));
      options.list(instrument.instrument, optionTermsOf(instrument, underlying));
    };
    const due = clock.dueOf(CLOCK);
    if (due !== undefined) options.takeTime(due - MINUTE);
    for (const row of table.values()) know(row);
    options.reprice();
    return {
      on: {
        fired({ length }, { now }) {
          if (length > 0) startMinute(options, clock, now);
        },
        instruments({ set, removed }, { now }) {
          for (const row of set) table.set(row);
          for (const row of set) {
            know(row);
            if (isOption(row)) changed.add(row.instrument);
            // What an option is on says how it is carried.
            for (const one of optionsOn.get(row.instrument) ?? []) know(table.get(String(one)) ?? row);
          }
          for (const { instrument } of removed) {
            table.delete(String(instrument));
            options.delist(instrument);
            changed.add(instrument);
          }
          if (set.some(isOption) && !clock.isSet(CLOCK)) startMinute(options, clock, now);
        },
        marks({ length, instrument }) {
          for (let index = 0; index < length; index += 1) options.takeMark(instrument[index]!);
        },
      },
      emit({ now }) {
        for (const instrument of options.reprice()) changed.add(instrument);
        const moved = changed.keys();
        out.clear(moved.length);
        for (let index = 0; index < moved.length; index += 1) {
          said.ensure(moved[index]!);
          said.columns.knownAt[moved[index]!] = now;
          said.touch(moved[index]!);
          write(out.columns, moved[index]!, { ...tables, options });
        }
        changed.clear();
        return out.columns;
      },
      snapshot: {
        slots: () => said.length,
        slice(from, to) {
          out.clear(to - from);
          for (let at = said.next(from); at >= 0 && at < to; at = said.next(at + 1))
            write(out.columns, at, { ...tables, options });
          return out.columns;
        },
      },
    };
  });
}

function startMinute(options: OptionBook, clock: Timers, now: number): void {
  const minute = Math.floor(now / MINUTE) * MINUTE;
  options.takeTime(minute);
  clock.set(CLOCK, minute + MINUTE);
}

function write(
  out: Growing<UnitValueColumns>,
  instrument: number,
  from: ValueInstrumentsTables & { readonly options: OptionBook },
): void {
  const { options, latest, said, instruments } = from;
  const { row, expiry, quality, reason } = options.valueOf(instrument);
  const { columns } = options.book;
  const of = (column: Float64Array): number => (row === undefined ? Number.NaN : column[row]!);
  const at = out.length;
  out.instrument[at] = instrument;
  out.value[at] = of(columns.price);
  out.delta[at] = of(columns.delta);
  out.gamma[at] = of(columns.gamma);
  out.vega[at] = of(columns.vega);
  out.theta[at] = of(columns.theta);
  out.rho[at] = of(columns.rho);
  out.volatility[at] = of(columns.volatilities);
  out.forward[at] = expiry?.slice?.forward ?? Number.NaN;
  out.spot[at] =
    row === undefined || !expiry ? Number.NaN : (latest.columns.price[expiry.underlying] ?? Number.NaN);
  out.years[at] = options.yearsOf(instrument);
  out.quality[at] = quality;
  out.reason[at] = instruments.get(String(instrument)) ? reason : ValueReason.Unlisted;
  const times = [instrument, ...(expiry ? [expiry.underlying] : [])].map(
    (one) => latest.columns.time[one] ?? 0,
  );
  out.time[at] = Math.max(0, ...times);
  out.knownAt[at] = said.columns.knownAt[instrument]!;
  out.length = at + 1;
}
