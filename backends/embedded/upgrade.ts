/**
 * Makes a folder of an earlier format one of this version's. What it holds stays as it is, byte for byte; what later
 * formats keep besides is added, in one transaction, and the file FORMAT is written last: an upgrade that was cut short
 * is begun anew.
 */

import type { Shape } from '../../runtime/graph/shape';
import { BackendError } from '../../runtime/ports/backend';
import { createdFormat, FORMAT, writeFormat } from './folder';
import { Kind, keyOf } from './keys';
import { OwnedStore } from './owned-store';
import { shapeKey } from './phases';
import type { ShapeRecord, TaskRecord } from './records';
import { unsealJson } from './seal';
import { prefixed } from './store';
import type { Transaction } from './transaction';

export interface UpgradeOptions {
  readonly dir: string;
  /** What jobs were when the format did not keep it yet; undefined where that is not known. */
  readonly shapeOf: (job: string, format: number) => Shape | undefined;
}

export interface Upgraded {
  readonly from: number;
  readonly to: number;
  readonly tasks: number;
  /** Jobs of which only tables and inputs are known: a pipeline that they did not have yet begins empty. */
  readonly unknown: readonly string[];
}

const MAP_BYTES = 2 ** 36;

/** Throws BackendError where the folder is held, new, or of a later format, CorruptionError where it is damaged. */
export async function upgradeFolder({ dir, shapeOf }: UpgradeOptions): Promise<Upgraded> {
  const from = createdFormat(dir, false);
  if (from > FORMAT)
    throw new BackendError(`${dir} is of format ${from}, and this version reads up to ${FORMAT}.`);
  if (from === FORMAT) return { from, to: FORMAT, tasks: 0, unknown: [] };
  const store = new OwnedStore(dir, MAP_BYTES, () => undefined);
  const unknown = new Set<string>();
  let tasks = 0;
  try {
    store.transact((tx) => {
      const all = [...tx.range(prefixed(keyOf(Kind.Task)))].map(({ key, value }) =>
        unsealJson<TaskRecord>(key, value),
      );
      for (const task of all) {
        const shape = shapeOf(task.job, from);
        if (!shape) unknown.add(task.job);
        writeShape(tx, task, shape ?? knownOf(task, all.filter(({ job }) => job === task.job).length));
      }
      tasks = all.length;
    });
  } finally {
    await store.close();
  }
  writeFormat(dir);
  return { from, to: FORMAT, tasks, unknown: [...unknown] };
}

function writeShape(tx: Transaction, task: TaskRecord, shape: Shape): void {
  // A task that committed nothing was nothing yet.
  if (task.epoch === 0) return;
  tx.putJson(shapeKey(task), { phases: [{ from: task.firstEpoch, phase: { shape } }] } satisfies ShapeRecord);
}

/** What its records tell of a job. */
const knownOf = ({ tables, progress }: TaskRecord, tasks: number): Shape => ({
  tasks,
  pipelines: [],
  known: {
    inputs: [...new Set(progress.map(([topic]) => topic))],
    tables: tables.map(({ name }) => name),
  },
});
