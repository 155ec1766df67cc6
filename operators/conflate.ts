/**
 * Keeps the latest mark of each instrument, and passes on which of them changed: at the end of every step, or every
 * `everyMicros` of the task's clock, each once. Publishing is the dearest step, so what depends on marks is worked out
 * once for many.
 *
 * State: the latest mark of each instrument and whether its change is still to be passed on; one timer. Changes that
 * were kept back are passed on in order of instruments, which a restore does not change.
 */
import { Marker } from '../runtime/stream/marker';
import { operator, type Stream } from '../runtime/stream/operator';
import type { Columns } from '../runtime/stream/step';
import type { Numbered } from '../runtime/tables/numbered';
import type { Timers } from '../runtime/tables/timers';
import type { MarkColumns } from '../schemas/market';
import type { LatestMarkColumns } from '../schemas/tables';

/** Instruments whose mark is to be looked up again. */
export interface ChangedMarks extends Columns {
  readonly instrument: Int32Array;
}

export interface ConflateTables {
  readonly latest: Numbered<LatestMarkColumns>;
  readonly timers: Timers;
}

const TIMER = 0;

export function conflate(
  marks: Stream<MarkColumns>,
  { latest, timers }: ConflateTables,
  { everyMicros }: { readonly everyMicros: number },
): Stream<ChangedMarks> {
  return operator('conflate', { fired: timers.fired, marks }, () => {
    const pending = new Marker();
    let isDue = false;
    for (let key = 0; key < latest.length; key += 1) if (latest.columns.pending[key] === 1) pending.add(key);
    return {
      on: {
        fired({ length }) {
          isDue = length > 0;
        },
        marks(columns, { now }) {
          keepAll(columns, latest, pending);
          if (everyMicros > 0 && pending.size > 0 && !timers.isSet(TIMER))
            timers.set(TIMER, (Math.floor(now / everyMicros) + 1) * everyMicros);
        },
      },
      emit() {
        if (everyMicros > 0 && !isDue) return NOTHING;
        isDue = false;
        timers.cancel(TIMER);
        const instrument = pending.keys().slice();
        if (everyMicros > 0) instrument.sort();
        pending.clear();
        for (let index = 0; index < instrument.length; index += 1) {
          latest.columns.pending[instrument[index]!] = 0;
          latest.touch(instrument[index]!);
        }
        return { length: instrument.length, instrument };
      },
    };
  });
}

const NOTHING: ChangedMarks = { length: 0, instrument: new Int32Array(0) };

// Stand-alone over typed arrays: the hot loop is easy to profile by name.
function keepAll(marks: MarkColumns, latest: Numbered<LatestMarkColumns>, pending: Marker): void {
  for (let index = 0; index < marks.length; index += 1) {
    const key = marks.instrument[index]!;
    latest.ensure(key);
    const { columns } = latest;
    columns.bid[key] = marks.bid[index]!;
    columns.ask[key] = marks.ask[index]!;
    columns.price[key] = marks.price[index]!;
    columns.state[key] = marks.state[index]!;
    columns.quality[key] = marks.quality[index]!;
    columns.reason[key] = marks.reason[index]!;
    columns.time[key] = marks.time[index]!;
    columns.pending[key] = 1;
    latest.touch(key);
    pending.add(key);
  }
}
