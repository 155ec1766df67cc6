import { operator, type Stream, snapshotOf } from '../runtime/stream/operator';
import type { Columns } from '../runtime/stream/step';

/**
 * One part of what an operator with several outputs emits, as a stream of its own.
 *
 * State: none.
 */
export function part<Whole extends object, Name extends keyof Whole & string>(
  whole: Stream<Whole>,
  name: Name,
): Stream<Whole[Name]> {
  return operator(`part ${name}`, { whole }, () => taking(name));
}

/** The same of a part in columns: it is kept whole by the snapshots of the operator. */
export function columnsPart<Whole extends { readonly [N in Name]: Columns }, Name extends string>(
  whole: Stream<Whole>,
  name: Name,
): Stream<Whole[Name]> {
  return operator(`part ${name}`, { whole }, () => ({
    ...taking<Whole, Name>(name),
    snapshot: {
      slots: () => snapshotOf(whole)!.slots(),
      slice: (from, to) => (snapshotOf(whole)!.slice(from, to) as Whole)[name],
    },
  }));
}

function taking<Whole extends object, Name extends keyof Whole>(name: Name) {
  let taken: Whole[Name];
  return {
    on: {
      whole: (data: Whole) => {
        taken = data[name];
      },
    },
    emit: () => taken,
  };
}
