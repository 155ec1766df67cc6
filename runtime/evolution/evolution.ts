/**
 * What has changed between the shape that a task was left with and the job that opens it. New pipelines are filled;
 * limits may rise; whatever else would read state that is not its own is refused by name, until a person says what
 * shall become of it.
 */
import type { PipelineShape, ReadShape, Shape } from '../graph/shape';

export interface Evolution {
  /** Pipelines that the task has never run. */
  readonly added: readonly PipelineShape[];
  /** What may not go on as it is, a sentence each. */
  readonly refused: readonly string[];
  /** Pipelines whose state cannot be gone on with, and can be made anew from topics. */
  readonly toRebuild: readonly string[];
  /** Whether the shape is to be recorded anew though nothing is filled. */
  readonly changed: boolean;
}

export interface Compared {
  readonly job: string;
  readonly before: Shape;
  readonly now: Shape;
  /** Live records of a table as it was left, 0 where there is none. */
  readonly held: (table: string) => number;
  /** Topics of which only the last record of a key counts. */
  readonly states: ReadonlySet<string>;
}

export function compareShapes(compared: Compared): Evolution {
  const { job, before, now, held } = compared;
  const refused: string[] = [];
  if (before.tasks !== now.tasks)
    refused.push(
      `job "${job}" ran as ${before.tasks} tasks, and would now run as ${now.tasks}. The partitions of a topic are fixed when it is created: set the counts back, or begin in a new folder.`,
    );
  if (before.known) refused.push(...unknownTo(before.known, compared));
  const added = before.known ? [] : now.pipelines.filter(({ name }) => !named(before, name));
  for (const old of before.pipelines) {
    const next = named(now, old.name);
    if (next) refused.push(...changesOf(old, next, compared));
    else
      refused.push(
        `pipeline "${old.name}" ran in job "${job}" and is not in this program. If it was renamed or removed for good, say "breakwater retire ${old.name}": its tables go, its topics stay as they are.`,
      );
  }
  for (const { name, limit } of now.pipelines.flatMap(({ tables }) => tables)) {
    if (held(name) > limit)
      refused.push(
        `table "${name}" holds ${held(name)} records, more than its limit of ${limit}. Raise the limit where the table is declared.`,
      );
  }
  return {
    added,
    refused,
    toRebuild: before.pipelines
      .filter((old) => isToRebuild(old, named(now, old.name), compared.states))
      .map(({ name }) => name),
    changed: before.known !== undefined || JSON.stringify(bare(before)) !== JSON.stringify(bare(now)),
  };
}

/** How far pipelines were once filled stays with them, and what topics hold of those that are gone. */
export function withHistory(now: Shape, before: Shape): Shape {
  return {
    ...now,
    ...(before.told && { told: before.told }),
    pipelines: now.pipelines.map((one) => {
      const filled = named(before, one.name)?.filled;
      return filled ? { ...one, filled } : one;
    }),
  };
}

export const named = ({ pipelines }: Shape, name: string): PipelineShape | undefined =>
  pipelines.find((one) => one.name === name);

/** Without what is no part of what a pipeline is. */
const bare = ({ tasks, pipelines }: Pick<Shape, 'tasks' | 'pipelines'>): Shape => ({
  tasks,
  pipelines: [...pipelines]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, reads, tables, writes }) => ({ name, reads, tables, writes })),
});

export const samePipeline = (one: PipelineShape, other: PipelineShape): boolean =>
  JSON.stringify(bare({ tasks: 0, pipelines: [one] })) ===
  JSON.stringify(bare({ tasks: 0, pipelines: [other] }));

function unknownTo({ inputs, tables }: NonNullable<Shape['known']>, { now }: Compared): string[] {
  const declared = new Set(now.pipelines.flatMap((one) => one.tables.map(({ name }) => name)));
  const read = new Set(now.pipelines.flatMap((one) => one.reads.map(({ topic }) => topic)));
  return [
    ...tables
      .filter((name) => !declared.has(name))
      .map(
        (name) =>
          `table "${name}" is in the folder and no pipeline declares it. If it was renamed or removed for good, say "breakwater retire ${name}".`,
      ),
    ...inputs
      .filter((name) => !read.has(name))
      .map(
        (name) =>
          `topic "${name}" was read and no pipeline reads it any more. If that is so for good, say "breakwater retire ${name}".`,
      ),
  ];
}

/** Where only something is gone a person may as well let go of it. */
function isToRebuild(
  old: PipelineShape,
  next: PipelineShape | undefined,
  states: ReadonlySet<string>,
): boolean {
  if (!next) return false;
  const before = new Map(old.tables.map(({ name, record }) => [name, record]));
  return (
    next.tables.some(({ name, record }) => before.get(name) !== record) ||
    next.writes.some((topic) => states.has(topic) && !old.writes.includes(topic)) ||
    readChanges(old.reads, next.reads).length > 0
  );
}

function changesOf(old: PipelineShape, next: PipelineShape, compared: Compared): string[] {
  return [
    ...tableChanges(old, next),
    ...readChanges(old.reads, next.reads).map(
      (change) =>
        `pipeline "${old.name}" ${change}. To make its state anew from what is kept, say "breakwater rebuild ${old.name}".`,
    ),
    ...writeChanges(old, next, compared.states),
  ];
}

function tableChanges({ name, tables }: PipelineShape, next: PipelineShape): string[] {
  const gone = tables.filter((one) => !next.tables.some((other) => other.name === one.name));
  const fresh = next.tables.filter((one) => !tables.some((other) => other.name === one.name));
  const other = next.tables.filter((one) =>
    tables.some((before) => before.name === one.name && before.record !== one.record),
  );
  const rebuild = `To make the pipeline's state anew from its topics, say "breakwater rebuild ${name}"`;
  const refused = other.map(
    (one) => `table "${one.name}" of pipeline "${name}" holds records of another kind. ${rebuild}.`,
  );
  if (fresh.length > 0) {
    const instead = gone.length > 0 ? `, and ${list(gone)} ${are(gone)} no longer declared` : '';
    refused.push(
      `${list(fresh)} of pipeline "${name}" ${are(fresh)} new and would begin empty${instead}. ${rebuild}.`,
    );
  } else if (gone.length > 0)
    refused.push(
      `${list(gone)} of pipeline "${name}" ${are(gone)} no longer declared. If nothing needs ${gone.length > 1 ? 'them' : 'it'}, say "breakwater retire ${gone[0]!.name}". ${rebuild}.`,
    );
  return refused;
}

const list = (tables: readonly { readonly name: string }[]): string =>
  `table${tables.length > 1 ? 's' : ''} ${tables.map(({ name }) => `"${name}"`).join(', ')}`;
const are = (many: readonly unknown[]): string => (many.length > 1 ? 'are' : 'is');

function readChanges(old: readonly ReadShape[], next: readonly ReadShape[]): string[] {
  const changes: string[] = [];
  for (const before of old) {
    const now = next.find(({ topic }) => topic === before.topic);
    if (!now) changes.push(`read topic "${before.topic}" and no longer does`);
    else if (now.distribution !== before.distribution)
      changes.push(
        `read topic "${before.topic}" ${before.distribution}, and would now read it ${now.distribution}`,
      );
    else if (now.through !== before.through)
      changes.push(
        `read topic "${before.topic}" ${throughOf(before)}, and would now read it ${throughOf(now)}`,
      );
  }
  for (const { topic } of next)
    if (!old.some((before) => before.topic === topic)) changes.push(`would now read topic "${topic}", too`);
  return changes;
}

const throughOf = ({ through }: ReadShape): string =>
  through === 'log' ? 'from the log' : 'from the pipeline that writes it';

function writeChanges(old: PipelineShape, next: PipelineShape, states: ReadonlySet<string>): string[] {
  const gone = old.writes.filter((topic) => !next.writes.includes(topic));
  const fresh = next.writes.filter((topic) => !old.writes.includes(topic) && states.has(topic));
  return [
    ...gone.map(
      (topic) =>
        `topic "${topic}" was written by pipeline "${old.name}" and no longer is. If that is so for good, say "breakwater retire ${topic}": what it holds stays.`,
    ),
    ...fresh.map(
      (topic) =>
        `pipeline "${old.name}" would now write state topic "${topic}", which would lack every key that does not change. Say "breakwater rebuild ${old.name}".`,
    ),
  ];
}

/** A task was left by code of another shape, and nobody has said what shall become of what it left. */
export class EvolutionError extends Error {
  override readonly name = 'EvolutionError';
  constructor(
    job: string,
    readonly refused: readonly string[],
    toRebuild: readonly string[] = [],
  ) {
    const all =
      toRebuild.length > 1 ? '\nAll that is to be made anew is so in one go: say "breakwater upgrade".' : '';
    super(
      `job "${job}" is not the one that left its state here:\n${refused.map((one) => `  ${one}`).join('\n')}${all}`,
    );
  }
}
