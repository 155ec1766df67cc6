/** What becomes of a task on a person's word, and the phases of its life, within a transaction. */
import { BackendError, type Reshape } from '../../runtime/ports/backend';
import type { TaskId } from '../../runtime/ports/epoch';
import { Kind, keyOf, textKey } from './keys';
import { phasesOf, shapeKey } from './phases';
import { type PhaseRecord, type ShapeRecord, type TaskRecord, taskName } from './records';
import { prefixed } from './store';
import type { Transaction } from './transaction';

/** Another phase begins. Of those whose epochs are no longer recorded only the latest is kept. */
export function beginPhase(tx: Transaction, task: TaskRecord, begun: PhaseRecord): void {
  const before = phasesOf(tx, task).filter(({ from }) => from < begun.from);
  const oldest = before.findLastIndex(({ from }) => from <= task.firstEpoch);
  const phases = [...before.slice(Math.max(oldest, 0)), begun];
  tx.putJson(shapeKey(task), { phases } satisfies ShapeRecord);
}

/** Empties tables, lets go of topics, and writes what the task is from its next epoch on. */
export function reshape(tx: Transaction, id: TaskId, { phase, emptied, unread }: Reshape): void {
  const task = leftTask(tx, id);
  const tables = task.tables.map((table, number) => {
    if (!emptied.includes(table.name)) return table;
    removeAll(tx, keyOf(Kind.Table, task.number, number));
    return { ...table, live: 0, hash: 0, nextSlot: 0, first: table.next };
  });
  tx.putJson(textKey(Kind.Task, taskName(id)), {
    ...task,
    generation: task.generation + 1,
    tables,
    progress: task.progress.filter(([topic]) => !unread.includes(topic)),
    filled: [],
  } satisfies TaskRecord);
  beginPhase(tx, task, { from: task.epoch + 1, phase });
}

/** Lets go of a task whole. */
export function retire(tx: Transaction, id: TaskId): void {
  const task = leftTask(tx, id);
  removeAll(tx, keyOf(Kind.Table, task.number));
  removeAll(tx, keyOf(Kind.Epoch, task.number));
  removeAll(tx, textKey(Kind.Skip, `${taskName(id)}\0`));
  if (tx.get(shapeKey(id))) tx.remove(shapeKey(id));
  tx.remove(textKey(Kind.Task, taskName(id)));
}

function leftTask(tx: Transaction, id: TaskId): TaskRecord {
  const task = tx.json<TaskRecord>(textKey(Kind.Task, taskName(id)));
  if (!task) throw new BackendError(`there is no task ${taskName(id)} in this folder.`);
  return task;
}

function removeAll(tx: Transaction, prefix: Buffer): void {
  for (const { key } of [...tx.range(prefixed(prefix))]) tx.remove(key);
}
