/**
 * A task's recorded epochs run again, one by one, through the phases of its life: with the pipelines that there were,
 * and where some were filled, with those alone.
 */

import { restricted } from '../evolution/evolve';
import { jobToFill } from '../evolution/fill';
import { vanished } from '../evolution/vanished';
import type { Filling, Phase, Shape } from '../graph/shape';
import type { RestoredTask } from '../ports/backend';
import type { Epoch, Output, Progress, RecordedEpoch } from '../ports/epoch';
import { KeptTables } from '../tables/kept-tables';
import { type RunnerOptions, TaskRunner } from '../task/runner';

export class Rerun {
  private readonly tables = new KeptTables();
  private readonly progress = new Map<string, Progress>();
  private readonly filled = new Map<string, Progress>();
  private filling: Filling | undefined;
  private runner: TaskRunner | undefined;
  private now = 0;

  constructor(private readonly options: Omit<RunnerOptions, 'restored' | 'phase'>) {}

  /** What an epoch writes when it is run again. */
  async run(recorded: RecordedEpoch): Promise<Epoch> {
    if (recorded.phase || !this.runner) this.begin(recorded);
    const runner = this.runner!;
    for (const step of recorded.steps) {
      await runner.prepare(step.read);
      runner.stepAgain(step);
      for (const place of step.read) advance(this.filling ? this.filled : this.progress, place);
      this.now = step.now;
    }
    const epoch = runner.takeEpoch();
    this.tables.take(epoch.tables);
    return this.filling ? { ...epoch, outputs: this.filledOutputs(epoch, recorded, this.filling) } : epoch;
  }

  close(): void {
    this.runner?.close();
  }

  private begin({ number, firstStep, phase }: RecordedEpoch): void {
    this.runner?.close();
    const { job } = this.options;
    this.filling = phase?.filling;
    if (phase?.filling) this.tables.keepOnly(new Set(tablesOf(phase.shape)));
    else this.filled.clear();
    for (const place of phase?.adopts ?? []) advance(this.progress, place);
    const all = phase && !phase.shape.known ? restricted(job, pipelinesOf(phase)) : job;
    this.runner = new TaskRunner({
      ...this.options,
      job: phase?.filling ? jobToFill(all, phase.filling.pipelines) : all,
      restored: this.restored({ number, firstStep, phase }),
    });
  }

  private restored({
    number,
    firstStep,
    phase,
  }: Pick<RecordedEpoch, 'number' | 'firstStep' | 'phase'>): RestoredTask {
    return {
      epoch: number - 1,
      nextStep: firstStep,
      now: this.now,
      progress: [...(this.filling ? this.filled : this.progress).values()],
      phase,
      filled: [],
      table: (name) => this.tables.table(name),
      held: (name) => this.tables.held(name),
    };
  }

  private filledOutputs(epoch: Epoch, recorded: RecordedEpoch, { muted, replaced }: Filling): Output[] {
    const letters = this.options.deadLetters.name;
    // Dead letters are muted whole, but for those of what a person set aside for the fill's sake.
    const toldLetters = recorded.outputs.some(({ topic }) => topic === letters);
    const outputs = epoch.outputs.filter(
      ({ topic }) => !muted.includes(topic) || (topic === letters && toldLetters),
    );
    if (recorded.steps.length > 0) return outputs;
    // Keys that were gone: as the log was when the epoch was committed.
    return recorded.outputs.flatMap(({ topic, partition, first }) =>
      vanished(
        replaced.filter((place) => place.topic === topic && place.partition === partition),
        { ...this.options, now: this.now },
        first,
      ),
    );
  }
}

const advance = (places: Map<string, Progress>, place: Progress): void => {
  places.set(`${place.topic}/${place.partition}`, place);
};

const tablesOf = ({ pipelines }: Shape): string[] =>
  pipelines.flatMap(({ tables }) => tables.map(({ name }) => name));

/** Throws where the program has a pipeline no longer. */
const pipelinesOf = ({ shape, filling }: Phase): ReadonlySet<string> =>
  new Set([...shape.pipelines, ...(filling?.pipelines ?? [])].map(({ name }) => name));
