import { NO_CHANGES } from '../runtime/stream/changes';
import { operator, type Stream } from '../runtime/stream/operator';
import type { Rows } from '../runtime/tables/rows';
import type { Instrument, InstrumentChanges } from '../schemas/reference';
import { instrumentVersionKey } from '../schemas/tables';

/**
 * Keeps what reference data says of each instrument, and passes on what a step changed.
 *
 * State: the table, one row a version of an instrument.
 */
export function keepInstruments(
  instruments: Stream<InstrumentChanges>,
  table: Rows<Instrument>,
): Stream<InstrumentChanges> {
  return operator('keep-instruments', { instruments }, () => {
    let changed: InstrumentChanges = NO_CHANGES;
    return {
      on: {
        instruments(changes) {
          for (const row of changes.set) table.set(row);
          for (const key of changes.removed) table.delete(instrumentVersionKey(key));
          changed = changes;
        },
      },
      emit: () => changed,
    };
  });
}
