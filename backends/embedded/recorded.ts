/** Recorded epochs of a task, each held against the hash that the next one names. */
import { CorruptionError } from '../../runtime/ports/backend';
import type { RecordedEpoch, TaskId } from '../../runtime/ports/epoch';
import { chainOf, decodeRecord } from './epoch-entry';
import { epochKey, Kind, textKey } from './keys';
import { phasesOf } from './phases';
import { type TaskRecord, taskName } from './records';
import type { View } from './store';

export function* recorded(view: View, id: TaskId, fromEpoch: number): Generator<RecordedEpoch> {
  view.refresh();
  const task = view.json<TaskRecord>(textKey(Kind.Task, taskName(id)));
  if (!task) return;
  const phases = new Map(phasesOf(view, task).map(({ from, phase }) => [from, phase]));
  let expected: Buffer | undefined;
  for (let epoch = Math.max(fromEpoch, task.firstEpoch); epoch <= task.epoch; epoch += 1) {
    const record = view.sealed(epochKey(task.number, epoch));
    if (!record) throw brokenChain(task, epoch, 'is missing');
    const { previous, ...decoded } = decodeRecord(id, record);
    if (expected && !expected.equals(previous))
      throw brokenChain(task, epoch, 'does not follow the one before');
    expected = chainOf(record);
    if (epoch === task.epoch && expected.toString('hex') !== task.chain)
      throw brokenChain(task, epoch, 'is not the one the task was committed with');
    yield { ...decoded, phase: phases.get(epoch) };
  }
}

const brokenChain = (task: TaskRecord, epoch: number, what: string): CorruptionError =>
  new CorruptionError(
    `task ${taskName(task)}: the record of epoch ${epoch} ${what}. Restore the folder from a copy; "breakwater check" lists what is damaged.`,
  );
