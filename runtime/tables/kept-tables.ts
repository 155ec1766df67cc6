/** Tables as a store keeps them, from what epochs changed: what a run that goes through phases goes on with. */
import { ByteReader } from '../wire/bytes';
import type { SavedTable, TableChanges } from './table';

interface Kept {
  nextSlot: number;
  schema: string;
  readonly records: Map<number, Buffer>;
}

export class KeptTables {
  private readonly kept = new Map<string, Kept>();

  take(changes: readonly TableChanges[]): void {
    for (const { table, schema, slots, ends, bytes, nextSlot } of changes) {
      const kept = this.kept.get(table) ?? { nextSlot, schema, records: new Map() };
      this.kept.set(table, kept);
      kept.nextSlot = nextSlot;
      kept.schema = schema;
      for (let index = 0, start = 0; index < slots.length; index += 1) {
        const end = ends[index]!;
        if (end === start) kept.records.delete(slots[index]!);
        else kept.records.set(slots[index]!, Buffer.from(bytes.subarray(start, end)));
        start = end;
      }
    }
  }

  /** Empties all other tables. */
  keepOnly(names: ReadonlySet<string>): void {
    for (const name of [...this.kept.keys()]) if (!names.has(name)) this.kept.delete(name);
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

  held(name: string): number {
    return this.kept.get(name)?.records.size ?? 0;
  }
}
