import { operator, type Stream } from '../runtime/operator';
import type { Rows } from '../runtime/rows';
import type { Instrument } from '../schemas/reference';

/**
 * Keeps what reference data says of each instrument, and passes on what a step changed.
 *
 * State: the table, one row an instrument.
 */
export function keepInstruments(
  instruments: Stream<readonly Instrument[]>,
  table: Rows<Instrument>,
): Stream<readonly Instrument[]> {
  return operator('keep-instruments', { instruments }, () => {
    let changed: readonly Instrument[] = [];
    return {
      on: {
        instruments(rows) {
          for (const row of rows) table.set(row);
          changed = rows;
        },
      },
      emit: () => changed,
    };
  });
}
