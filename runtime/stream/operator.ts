/**
 * Lifts domain logic into RxJS operators over batches.
 *
 * Operator files hold only domain logic; subscription, errors, completion and the meeting of several inputs live here,
 * once. An operator runs once per step, after all its inputs have brought their batch, and emits one batch: a diamond
 * therefore sees all of a step or nothing of it. However many read its output, it runs once.
 */
import { Observable, type Subscriber, share } from 'rxjs';
import { countOf } from './changes';
import { Marker } from './marker';
import type { Batch, Step } from './step';

export type Stream<Data> = Observable<Batch<Data>>;

// Never reset: a reader that comes late shares the logic and its state; inputs are let go when they complete or fail.
const RUNS_ONCE = { resetOnRefCountZero: false, resetOnComplete: false, resetOnError: false };

export type StreamsOf<Inputs> = { readonly [Name in keyof Inputs]: Stream<Inputs[Name]> };

export interface Logic<Inputs, Out> {
  /** Takes what a step brought on one input. Must not keep it: columns are reused. */
  readonly on: { readonly [Name in keyof Inputs]: (data: Inputs[Name], step: Step) => void };
  /** Called once per step, after all inputs: each key that changed or is gone, once; each event, once. Reuses its columns. */
  readonly emit: (step: Step) => Out;
  /** For state in columns: every record there is, in slices. Topics in frames are kept whole by them. */
  readonly snapshot?: Snapshot<Out>;
}

/** What a state topic in columns would say of every key, a part of its table at a time. */
export interface Snapshot<Out = unknown> {
  /** Slots there are; a record lies in one of them for as long as it is there. */
  readonly slots: () => number;
  /** The records in the slots from `from` to before `to`. Reuses its columns. */
  readonly slice: (from: number, to: number) => Out;
}

/** What the runtime hands to an operator and counts. */
export interface OperatorContext {
  /** A marker whose `add` counts as work. */
  marker(): Marker;
}

/** What an operator did in a task's life; law 12 asserts it. Kept by the runtime, never by the operator. */
export interface OperatorWork {
  readonly name: string;
  steps: number;
  recordsIn: number;
  recordsOut: number;
  /** Keys marked as changed or touched, repeats included. */
  readonly marked: () => number;
}

interface Running {
  readonly work: OperatorWork;
  readonly snapshot: Snapshot | undefined;
}

const running = new WeakMap<Stream<unknown>, () => Running | undefined>();

/** The work of the operator behind a stream, once it has been opened. */
export const workOf = (stream: Stream<unknown>): OperatorWork | undefined => running.get(stream)?.()?.work;

/** Every record of the state behind a stream, or undefined where its operator keeps none. */
export const snapshotOf = (stream: Stream<unknown>): Snapshot | undefined =>
  running.get(stream)?.()?.snapshot;

/**
 * An operator over named inputs. `createLogic` runs once per task, so state is never shared between tasks. Within a
 * step inputs are handled in the order in which they are named: reference data first.
 */
export function operator<Inputs extends object, Out>(
  name: string,
  inputs: StreamsOf<Inputs>,
  createLogic: (context: OperatorContext) => Logic<Inputs, Out>,
): Stream<Out> {
  const names = Object.keys(inputs) as (keyof Inputs)[];
  let current: Running | undefined;
  const stream: Stream<Out> = new Observable<Batch<Out>>((subscriber) => {
    const markers: Marker[] = [];
    const marker = (): Marker => markers[markers.push(new Marker()) - 1]!;
    const logic = createLogic({ marker });
    const work: OperatorWork = {
      name,
      steps: 0,
      recordsIn: 0,
      recordsOut: 0,
      marked: () => markers.reduce((sum, { added }) => sum + added, 0),
    };
    current = { work, snapshot: logic.snapshot };
    const handlers = names.map((input) => logic.on[input] as (data: unknown, step: Step) => void);
    const waiting: (Batch<unknown> | undefined)[] = names.map(() => undefined);
    let missing = names.length;
    let open = names.length;

    const receive = (slot: number, batch: Batch<unknown>): void => {
      const behind = waiting.find((other) => other !== undefined && other.step.number !== batch.step.number);
      if (waiting[slot] || behind) throw new StepSkippedError(name, names.map(String), batch.step);
      waiting[slot] = batch;
      missing -= 1;
      if (missing > 0) return;
      for (let index = 0; index < handlers.length; index += 1) {
        const { data } = waiting[index]!;
        work.recordsIn += countOf(data);
        handlers[index]!(data, batch.step);
        waiting[index] = undefined;
      }
      missing = handlers.length;
      const data = logic.emit(batch.step);
      work.steps += 1;
      work.recordsOut += countOf(data);
      subscriber.next({ step: batch.step, data });
    };
    const complete = (): void => {
      open -= 1;
      if (open === 0) subscriber.complete();
    };
    names.forEach((input, slot) => {
      attach(inputs[input], (batch) => receive(slot, batch), complete, subscriber);
    });
  }).pipe(share(RUNS_ONCE));
  running.set(stream, () => current);
  return stream;
}

/** The inputs of an operator brought batches of different steps. */
export class StepSkippedError extends Error {
  override readonly name = 'StepSkippedError';
  constructor(operatorName: string, inputs: readonly string[], step: Step) {
    super(
      `operator "${operatorName}": one of the inputs ${inputs.join(', ')} skipped a step before step ${step.number}. Emit an empty batch instead.`,
    );
  }
}

function attach<Data>(
  source: Stream<Data>,
  next: (batch: Batch<Data>) => void,
  complete: () => void,
  subscriber: Subscriber<unknown>,
): void {
  const subscription = source.subscribe({
    // RxJS reports a throw in an observer out of band; failing logic must fail its own stream.
    next: (batch) => {
      try {
        next(batch);
      } catch (error) {
        subscriber.error(error);
      }
    },
    error: (error) => subscriber.error(error),
    complete,
  });
  subscriber.add(subscription);
}
