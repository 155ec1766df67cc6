/**
 * A kernel is what a task does in memory, without log and codecs: run by itself, the best of several rounds, in CPU
 * seconds, which others on the machine disturb less than the clock.
 */

import { fuse } from '../../runtime/graph/job';
import type { AnyPipeline } from '../../runtime/graph/pipeline';
import { type StepData, Task } from '../../runtime/task/task';
import { ByteWriter } from '../../runtime/wire/bytes';

export interface Kernel {
  readonly name: string;
  readonly pipelines: readonly AnyPipeline[];
  /** What goes before, outside the time. */
  readonly first: StepData;
  /** Records of a round, and what each of its steps brings. */
  readonly records: number;
  readonly steps: number;
  readonly bring: (step: number, round: number) => StepData;
  readonly now: (step: number) => number;
  readonly unit: string;
}

const ROUNDS = 5;
/** Steps of an epoch: table changes are taken as often, or they would pile up as they never do. */
const EPOCH_STEPS = 64;

/** Of all threads: what the collector does beside the work belongs to it. */
function cpuSecondsOf(work: () => unknown): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

export function runKernel(kernel: Kernel): void {
  const task = new Task(fuse({ name: kernel.name, pipelines: kernel.pipelines }));
  const scratch = new ByteWriter(1 << 20);
  let number = 0;
  task.run({ number: 0, now: kernel.now(0) }, kernel.first);
  let best = Number.POSITIVE_INFINITY;
  let saving = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    let [seconds, saved] = [0, 0];
    for (let step = 0; step < kernel.steps; step += 1) {
      const data = kernel.bring(step, round);
      number += 1;
      seconds += cpuSecondsOf(() => task.run({ number, now: kernel.now(number) }, data));
      if (number % EPOCH_STEPS === 0) saved += cpuSecondsOf(() => task.takeChanges(scratch));
    }
    if (seconds >= best) continue;
    best = seconds;
    saving = saved;
  }
  const rate = kernel.records / best;
  const each = (best / kernel.records) * 1e9;
  const save = (saving / kernel.records) * 1e9;
  console.log(
    `${kernel.name}: ${(rate / 1e6).toFixed(2)} M ${kernel.unit}/s, ${each.toFixed(0)} ns each, and ${save.toFixed(0)} ns to encode what its tables changed`,
  );
}
