/** Reads a task back as of its last epoch, verifying everything it hands out. */
import { CorruptionError, type RestoredTask } from '../../runtime/ports/backend';
import type { Progress } from '../../runtime/ports/epoch';
import { chainOf } from './epoch-entry';
import { epochKey, Kind, keyOf, tableKey } from './keys';
import { phaseOf } from './phases';
import { type TableRecord, type TaskRecord, taskName } from './records';
import { RestoredTable } from './saved-table';
import type { View } from './store';
import { missingEntry } from './table-checks';
import { openTableEntry } from './table-entry';

/** Entries read before other work of this thread has its turn. */
const ENTRIES_A_TURN = 256;

export async function restore(view: View, task: TaskRecord): Promise<RestoredTask> {
  view.refresh();
  checkChain(view, task);
  const tables = new Map<string, RestoredTable>();
  for (const [number, record] of task.tables.entries()) {
    for (const restored of restoreTable(view, task.number, number, record)) {
      if (restored) tables.set(record.name, restored);
      else await new Promise(setImmediate);
    }
  }
  return {
    epoch: task.epoch,
    nextStep: task.nextStep,
    now: task.now,
    progress: placesOf(task.progress),
    phase: phaseOf(view, task),
    filled: placesOf(task.filled ?? []),
    table: (name) => tables.get(name),
    held: (name) => task.tables.find((table) => table.name === name)?.live ?? 0,
  };
}

export const placesOf = (progress: TaskRecord['progress']): readonly Progress[] =>
  progress.map(([topic, partition, next]) => ({ topic, partition, next }));

function checkChain(view: View, task: TaskRecord): void {
  if (task.epoch === 0) return;
  const record = view.sealed(epochKey(task.number, task.epoch));
  if (!record || chainOf(record).toString('hex') !== task.chain)
    throw new CorruptionError(
      `task ${taskName(task)}: the record of epoch ${task.epoch} is ${record ? 'not the one its task was committed with' : 'missing'}. Restore the folder from a copy; "breakwater check" lists what is damaged.`,
    );
}

/** Reads one table, verified; yields nothing where the reader may give others their turn, the table at the end. */
export function* restoreTable(
  view: View,
  task: number,
  table: number,
  record: TableRecord,
): Generator<RestoredTable | undefined> {
  const restored = new RestoredTable(record);
  const schemas = new Map<number, string>();
  for (let sequence = record.first; sequence < record.next; sequence += 1) {
    const key = tableKey(task, table, sequence);
    const value = view.get(key);
    if (!value) throw missingEntry(record.name, sequence);
    const entry = openTableEntry(key, value);
    let schema = schemas.get(entry.schema);
    if (schema === undefined) {
      schema = view.sealed(keyOf(Kind.Text, entry.schema))?.toString();
      if (schema === undefined) throw new CorruptionError(`the schema of table "${record.name}" is missing.`);
      schemas.set(entry.schema, schema);
    }
    restored.add(entry, schema);
    if ((sequence - record.first) % ENTRIES_A_TURN === ENTRIES_A_TURN - 1) yield undefined;
  }
  yield restored.verify();
}
