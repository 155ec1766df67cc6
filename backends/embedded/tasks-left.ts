/** Every task that the store knows, of jobs that are gone as well. */
import type { TaskLeft } from '../../runtime/ports/backend';
import { Kind, keyOf } from './keys';
import { phaseOf } from './phases';
import type { TaskRecord } from './records';
import { placesOf } from './restore';
import { unsealJson } from './seal';
import { prefixed, type View } from './store';

export function tasksLeft(view: View): readonly TaskLeft[] {
  view.refresh();
  return [...view.range(prefixed(keyOf(Kind.Task)))].map(({ key, value }) => {
    const record = unsealJson<TaskRecord>(key, value);
    const { job, partition, epoch, nextStep, now, progress, filled, tables } = record;
    return {
      task: { job, partition },
      epoch,
      nextStep,
      now,
      progress: placesOf(progress),
      phase: phaseOf(view, record),
      filled: placesOf(filled ?? []),
      held: (name) => tables.find((table) => table.name === name)?.live ?? 0,
    };
  });
}
