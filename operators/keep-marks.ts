/**
 * Keeps the mark of each instrument: its last good best bid and ask. Emits each mark that a step changed, once.
 *
 * Good is what has both sides, uncrossed (locked is good), and above zero unless the product may trade at or below it.
 * What is not good never becomes a mark: the last good one stands, until it is stale. A mark is stale when the latest
 * good quote is `staleAfterMicros` old by its own time; one that claims to come from the future is taken to be of now. An
 * instrument that has quoted, but never well, is missing. The state is judged at the end of the step.
 *
 * State: one mark an instrument, and a timer for each that is priced. The timer is not moved by a quote: when it fires
 * it looks whether the mark is stale, and is set anew if not.
 */
import { Marker } from '../runtime/marker';
import type { Numbered } from '../runtime/numbered';
import { operator, type Stream } from '../runtime/operator';
import type { Timers } from '../runtime/timers';
import type { Growing } from '../schemas/frames/room';
import { type MarkColumns, MarkState, markCodec } from '../schemas/market';
import { type InstrumentChanges, InstrumentKind } from '../schemas/reference';
import type { KeptMarkColumns } from '../schemas/tables';
import type { BestQuoteColumns } from './consolidate-quotes';
import { OutColumns } from './out-columns';

interface Inputs {
  readonly instruments: Stream<InstrumentChanges>;
  readonly best: Stream<BestQuoteColumns>;
}

export interface KeepMarksTables {
  readonly marks: Numbered<KeptMarkColumns>;
  readonly timers: Timers;
}

export interface KeepMarksOptions {
  readonly staleAfterMicros: number;
}

/** Products whose price may be zero or less: futures have been, spreads often are. */
const SIGNED: readonly number[] = [InstrumentKind.Future, InstrumentKind.Other];

export function keepMarks(
  { instruments, best }: Inputs,
  { marks, timers }: KeepMarksTables,
  { staleAfterMicros }: KeepMarksOptions,
): Stream<MarkColumns> {
  return operator('keep-marks', { instruments, fired: timers.fired, best }, ({ marker }) => {
    /** Instruments with a good quote or a timer in this step, or quoted for the first time. */
    const seen = marker();
    /** Those of them whose bid or ask is another. */
    const moved = new Marker();
    const out = new OutColumns(markCodec);
    return {
      on: {
        instruments({ set, removed }) {
          for (const { instrument, kind } of set) {
            marks.ensure(instrument);
            marks.columns.signed[instrument] = SIGNED.includes(kind) ? 1 : 0;
            marks.touch(instrument);
          }
          for (const { instrument } of removed) {
            if (!marks.has(instrument)) continue;
            marks.columns.signed[instrument] = 0;
            marks.touch(instrument);
          }
        },
        fired({ length, key }) {
          for (let index = 0; index < length; index += 1) seen.add(key[index]!);
        },
        best: (columns, { now }) => keepGood(columns, { marks, seen, moved, now }),
      },
      emit({ now }) {
        const keys = seen.keys();
        out.clear(keys.length);
        for (let index = 0; index < keys.length; index += 1) {
          const key = keys[index]!;
          const { affirmed, state } = marks.columns;
          const due = affirmed[key]! + staleAfterMicros;
          const judged =
            affirmed[key]! < 0 ? MarkState.Missing : due <= now ? MarkState.Stale : MarkState.Priced;
          if (judged === MarkState.Priced && !timers.isSet(key)) timers.set(key, due);
          marks.touch(key);
          if (judged === state[key] && !moved.has(key)) continue;
          state[key] = judged;
          write(out.columns, key, marks.columns);
        }
        seen.clear();
        moved.clear();
        return out.columns;
      },
      snapshot() {
        out.clear(marks.size);
        for (let key = 0; key < marks.length; key += 1)
          if (marks.has(key) && marks.columns.changed[key]! >= 0) write(out.columns, key, marks.columns);
        return out.columns;
      },
    };
  });
}

interface Kept {
  readonly marks: Numbered<KeptMarkColumns>;
  readonly seen: Marker;
  readonly moved: Marker;
  readonly now: number;
}

// Stand-alone over typed arrays: the hot loop is easy to profile by name.
function keepGood(best: BestQuoteColumns, kept: Kept): void {
  const { length, instrument, bid, ask, time } = best;
  if (length > 0) kept.marks.ensure(highest(instrument, length));
  const { seen, moved, now } = kept;
  const marks = kept.marks.columns;
  for (let index = 0; index < length; index += 1) {
    const key = instrument[index]!;
    const bidPrice = bid[index]!;
    const askPrice = ask[index]!;
    // False for NaN on either side, too.
    const isGood = bidPrice <= askPrice && (bidPrice > 0 || marks.signed[key] === 1);
    if (isGood) {
      const told = time[index]! < now ? time[index]! : now;
      if (told > marks.affirmed[key]!) marks.affirmed[key] = told;
      if (bidPrice !== marks.bid[key] || askPrice !== marks.ask[key]) {
        marks.bid[key] = bidPrice;
        marks.ask[key] = askPrice;
        marks.changed[key] = time[index]!;
        moved.add(key);
      }
      seen.add(key);
    } else if (marks.changed[key]! < 0) {
      marks.changed[key] = time[index]!;
      moved.add(key);
      seen.add(key);
    }
  }
}

function highest(keys: Int32Array, length: number): number {
  let most = 0;
  for (let index = 0; index < length; index += 1) if (keys[index]! > most) most = keys[index]!;
  return most;
}

function write(out: Growing<MarkColumns>, key: number, marks: KeptMarkColumns): void {
  const at = out.length;
  out.instrument[at] = key;
  out.bid[at] = marks.bid[key]!;
  out.ask[at] = marks.ask[key]!;
  out.price[at] = (marks.bid[key]! + marks.ask[key]!) / 2;
  out.state[at] = marks.state[key]!;
  out.time[at] = marks.changed[key]!;
  out.length = at + 1;
}
