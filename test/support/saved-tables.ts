/** Tables as a backend keeps them: the bytes of each slot's record. What a restore starts from. */

import type { SavedTable, TableChanges } from '../../runtime/tables/table';
import { ByteReader } from '../../runtime/wire/bytes';

interface Kept {
  readonly nextSlot: number;
  readonly schema: string;
  readonly records: ReadonlyMap<number, Buffer>;
}

export class SavedTables {
  private readonly kept = new Map<string, Kept>();

  /** Takes what an epoch changed. */
  save(changes: readonly TableChanges[]): void {
    for (const { table, schema, slots, ends, bytes, nextSlot } of changes) {
      const records = new Map(this.kept.get(table)?.records);
      slots.forEach((slot, index) => {
        const start = index === 0 ? 0 : ends[index - 1]!;
        // No bytes: the record was deleted.
        if (ends[index]! === start) records.delete(slot);
        else records.set(slot, Buffer.from(bytes.subarray(start, ends[index]!)));
      });
      this.kept.set(table, { nextSlot, schema, records });
    }
  }

  table(name: string): SavedTable | undefined {
    const kept = this.kept.get(name);
    if (!kept) return undefined;
    const { nextSlot, schema, records } = kept;
    return {
      nextSlot,
      forEach(visit) {
        const reader = new ByteReader();
        for (const slot of [...records.keys()].sort((a, b) => a - b))
          visit(slot, reader.over(records.get(slot)!), schema);
      },
    };
  }

  /** All records, to be compared. */
  contents(): Readonly<Record<string, readonly (readonly [slot: number, hex: string])[]>> {
    const tables = [...this.kept].map(([name, { records }]) => {
      const slots = [...records].sort(([a], [b]) => a - b);
      return [name, slots.map(([slot, bytes]) => [slot, bytes.toString('hex')] as const)] as const;
    });
    return Object.fromEntries(tables);
  }
}
