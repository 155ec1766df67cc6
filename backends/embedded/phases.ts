/** What a task was left as, read back. */
import type { Phase } from '../../runtime/graph/shape';
import { Kind, textKey } from './keys';
import { type PhaseRecord, type ShapeRecord, type TaskRecord, taskName } from './records';
import type { View } from './store';

export const shapeKey = (task: { readonly job: string; readonly partition: number }): Buffer =>
  textKey(Kind.Shape, taskName(task));

export const phasesOf = (view: Pick<View, 'json'>, task: TaskRecord): readonly PhaseRecord[] =>
  view.json<ShapeRecord>(shapeKey(task))?.phases ?? [];

export const phaseOf = (view: Pick<View, 'json'>, task: TaskRecord): Phase | undefined =>
  phasesOf(view, task).at(-1)?.phase;
