/**
 * Which items hang on which place: one doubly linked chain a place, in typed arrays, so that an item joins and leaves in
 * constant time and a walk touches the items of its place and no other.
 *
 * State: three numbers an item and place, at most as many as were declared.
 */
export interface Chains {
  /** First item of each place and the neighbours of each item, plus one; 0 is none. */
  readonly first: Uint32Array;
  readonly next: Uint32Array;
  readonly previous: Uint32Array;
}

export const chains = (size: { readonly places: number; readonly items: number }): Chains => ({
  first: new Uint32Array(size.places),
  next: new Uint32Array(size.items),
  previous: new Uint32Array(size.items),
});

export const join = ({ first, next, previous }: Chains, place: number, item: number): void => {
  const head = first[place]!;
  next[item] = head;
  previous[item] = 0;
  if (head > 0) previous[head - 1] = item + 1;
  first[place] = item + 1;
};

export const leave = ({ first, next, previous }: Chains, place: number, item: number): void => {
  const [before, after] = [previous[item]!, next[item]!];
  if (before > 0) next[before - 1] = after;
  else first[place] = after;
  if (after > 0) previous[after - 1] = before;
  next[item] = 0;
  previous[item] = 0;
};

/** Whether nothing hangs on the place. */
export const isBare = ({ first }: Chains, place: number): boolean => first[place] === 0;
