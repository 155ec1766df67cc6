import { operator, type Stream } from '../runtime/stream/operator';

/**
 * One part of what an operator with several outputs emits, as a stream of its own.
 *
 * State: none.
 */
export function part<Whole extends object, Name extends keyof Whole & string>(
  whole: Stream<Whole>,
  name: Name,
): Stream<Whole[Name]> {
  return operator(`part ${name}`, { whole }, () => {
    let taken: Whole[Name];
    return {
      on: {
        whole: (data) => {
          taken = data[name];
        },
      },
      emit: () => taken,
    };
  });
}
