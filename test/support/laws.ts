/**
 * What every pipeline of operators promises, whatever it computes. Call once in a test file. The laws are numbered as in
 * docs/ARCHITECTURE.md; a failing test names the law it breaks.
 */
import fc from 'fast-check';
import { Subject } from 'rxjs';
import { fuse } from '../../runtime/graph/job';
import type { AnyPipeline } from '../../runtime/graph/pipeline';
import type { Stream } from '../../runtime/stream/operator';
import type { Batch } from '../../runtime/stream/step';
import type { Table, TableDefinition } from '../../runtime/tables/table';
import { Timers } from '../../runtime/tables/timers';
import { cases } from './long-runs';
import { type History, keyOf, latestBy, type Moment, type Row, Run, sayings, type Written } from './run';

/** Final value per key of each state topic, and all records in order of each event topic, by its name. */
export type Outcome = Readonly<Record<string, ReadonlyMap<string, Row> | readonly Row[]>>;

export interface Laws {
  readonly pipelines: readonly AnyPipeline[];
  /** What one step may bring, and how much later than the one before. Topics in the order in which operators take them. */
  readonly step: fc.Arbitrary<{ readonly passed: number; readonly data: Moment['data'] }>;
  readonly start?: number;
  /** Timers are let fire for so long after the last step. */
  readonly drainMicros?: number;
  /** The outcome from scratch; imports nothing of operators/ or runtime/. Compared after `comparable`. */
  readonly oracle: (history: History, end: number) => Outcome;
  /** Leaves out of a written row what the oracle has no word on, or brings doubles to a declared tolerance. */
  readonly comparable?: (row: Row, topic: string) => Row;
  /** Whether a snapshot repeats what was said word for word; else it has the same keys, and later values. */
  readonly snapshotsAreWhatWasSaid?: boolean;
  /** Keys end: the table lets go of those that can change no more, and a snapshot leaves them out. */
  readonly keysEnd?: boolean;
  readonly runs?: number;
}

export function obeysLaws(laws: Laws): void {
  const { pipelines, start = 1_000_000, drainMicros = 0, comparable = (row: Row) => row } = laws;
  const writes = fuse({ name: 'test', pipelines }).writes;
  const history = fc.array(laws.step, { maxLength: 10 }).map((steps) => {
    let now = start;
    return steps.map(({ passed, data }): Moment => {
      now += passed;
      return { now, data };
    });
  });
  const check = (property: (steps: History) => void) =>
    fc.assert(fc.property(history, property), { numRuns: cases(laws.runs ?? 60) });
  const outcomeOf = (written: readonly Written[]): Outcome =>
    Object.fromEntries(
      writes.map(({ name, kind, key }) => {
        const rows = written.flatMap((step) => step[name]!).map((row) => comparable(row, name));
        return [name, kind === 'state' ? latestBy(rows, key) : inOrderOfKeys(rows, key)];
      }),
    );
  const outcome = (steps: History) => outcomeOf(sayings(pipelines, steps, drainMicros));

  describe('obeys the laws', () => {
    test('1 progress: every topic gets one batch a step', () =>
      check((steps) => {
        const run = new Run(pipelines);
        for (const step of steps)
          expect(Object.keys(run.bring(step)).sort()).toEqual(writes.map(({ name }) => name).sort());
      }));

    test('2 cuts: however a history is cut into steps, events are the same and states end the same', () =>
      check((steps) => expect(outcome(steps.flatMap(inSmallSteps))).toEqual(outcome(steps))));

    test('3 isolation: tasks that run side by side share no state', () =>
      fc.assert(
        fc.property(history, history, (mine, others) => {
          const alone = new Run(pipelines).bringAll(mine);
          const [run, other] = [new Run(pipelines), new Run(pipelines)];
          const beside = mine.map((step, index) => {
            if (others[index]) other.bring(others[index]);
            return run.bring(step);
          });
          expect(beside).toEqual(alone);
        }),
        { numRuns: cases(30) },
      ));

    test('4 release: once the inputs have completed every output has, and none is held', () => {
      for (const pipeline of pipelines)
        expect(afterCompletion(pipeline)).toEqual({ completed: true, held: [] });
    });

    test('5 incremental equals recomputed', () =>
      check((steps) => {
        const end = (steps.at(-1)?.now ?? start) + drainMicros;
        const expected = laws.oracle(steps, end);
        const found = outcome(steps);
        for (const [topic, records] of Object.entries(expected))
          expect([topic, found[topic]]).toEqual([topic, records]);
      }));

    test('6 restored in the middle it says the same, in the same order, as if nothing had happened', () =>
      fc.assert(
        fc.property(history, fc.nat(10), (steps, cut) => {
          const undisturbed = new Run(pipelines);
          const expected = undisturbed.bringAll(steps).slice(cut);
          const before = new Run(pipelines);
          before.bringAll(steps.slice(0, cut));
          before.save();
          const restored = new Run(pipelines, before.saved, cut);
          expect(restored.bringAll(steps.slice(cut))).toEqual(expected);
          const until = (steps.at(-1)?.now ?? start) + drainMicros;
          expect(restored.drain(until)).toEqual(undisturbed.drain(until));
          restored.save();
          undisturbed.save();
          expect(restored.saved.contents()).toEqual(undisturbed.saved.contents());
        }),
        { numRuns: cases(laws.runs ?? 60) },
      ));

    test('a step writes each key of a state topic once', () =>
      check((steps) => {
        for (const written of sayings(pipelines, steps, drainMicros)) {
          for (const { name, kind, key } of writes) {
            if (kind === 'event') continue;
            const keys = written[name]!.map((row) => keyOf(row, key));
            expect(new Set(keys).size).toBe(keys.length);
          }
        }
      }));

    test('a snapshot holds what the topic last said of each key', () =>
      check((steps) => {
        const run = new Run(pipelines);
        const written = run.bringAll(steps);
        for (const topic of writes.filter(({ codec }) => codec.layout === 'columns')) {
          const last = written.flatMap((step) => step[topic.name]!);
          const snapshot = run.snapshot(topic, 3);
          const held = latestBy(snapshot, topic.key);
          const all = latestBy(last, topic.key);
          const said = laws.keysEnd ? new Map([...all].filter(([key]) => held.has(key))) : all;
          expect(held.size > 0).toBe(all.size > 0);
          if (laws.snapshotsAreWhatWasSaid) expect(held).toEqual(said);
          expect([...held.keys()]).toEqual([...said.keys()]);
          expect(snapshot.length).toBe(held.size);
        }
      }));
  });
}

/** Events of different keys have no order among them. */
function inOrderOfKeys(rows: readonly Row[], key: readonly string[]): readonly Row[] {
  return rows
    .map((row, index) => ({ row, index, key: keyOf(row, key) }))
    .sort((a, b) => (a.key === b.key ? a.index - b.index : a.key < b.key ? -1 : 1))
    .map(({ row }) => row);
}

/** The same records at the same times, each in a step of its own. */
function inSmallSteps({ now, data }: Moment): History {
  const steps = Object.entries(data).flatMap(([topic, rows]) =>
    rows.map((row): Moment => ({ now, data: { [topic]: [row] } })),
  );
  return steps.length > 0 ? steps : [{ now, data: {} }];
}

/** Whether all outputs completed, and the names of the inputs still observed. */
function afterCompletion(pipeline: AnyPipeline): {
  readonly completed: boolean;
  readonly held: readonly string[];
} {
  const inputs = new Map<string, Subject<Batch<unknown>>>();
  const sourceOf = <Data>(name: string): Subject<Batch<Data>> => {
    const subject = new Subject<Batch<Data>>();
    inputs.set(name, subject as unknown as Subject<Batch<unknown>>);
    return subject;
  };
  const state: Record<string, Table> = {};
  for (const [name, definition] of Object.entries(pipeline.state as Record<string, TableDefinition>)) {
    const table = definition.open();
    if (table instanceof Timers) table.fired = sourceOf(`timers ${name}`);
    state[name] = table;
  }
  const reads = Object.keys(pipeline.reads as object).map((name) => [name, sourceOf(name)] as const);
  const outputs = Object.values(pipeline.build(Object.fromEntries(reads), state)) as Stream<unknown>[];
  let open = outputs.length;
  const close = (): void => {
    open -= 1;
  };
  for (const output of outputs) output.subscribe({ complete: close });
  for (const input of inputs.values()) input.complete();
  const held = [...inputs].filter(([, input]) => input.observed).map(([name]) => name);
  return { completed: open === 0, held };
}
