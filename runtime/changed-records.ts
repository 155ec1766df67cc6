/** Writes what an epoch changed in a table: each changed slot's record, in order of first change. */
import type { ByteWriter } from './bytes';
import type { Marker } from './marker';
import type { TableChanges, TableDefinition } from './table';

export interface ChangedSlots {
  readonly definition: Pick<TableDefinition, 'name' | 'schema'>;
  /** Cleared once they are written. */
  readonly changed: Marker;
  /** The first slot never used yet. */
  readonly nextSlot: number;
  /** Writes the record of a slot; nothing where it was deleted. */
  readonly encode: (slot: number, to: ByteWriter) => void;
}

/** Answers undefined if nothing changed. */
export function changedRecords(
  { definition: { name, schema }, changed, nextSlot, encode }: ChangedSlots,
  scratch: ByteWriter,
): TableChanges | undefined {
  if (changed.size === 0) return undefined;
  const slots = Uint32Array.from(changed.keys());
  const ends = new Uint32Array(slots.length);
  scratch.at = 0;
  for (let index = 0; index < slots.length; index += 1) {
    encode(slots[index]!, scratch);
    ends[index] = scratch.at;
  }
  changed.clear();
  return { table: name, schema, slots, ends, bytes: scratch.take(), nextSlot };
}
