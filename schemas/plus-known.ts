/** Adds to a sum what is known: NaN, which is unknown, adds nothing, and a sum is unknown until a term of it is known. */
export const plusKnown = (sum: number, term: number): number =>
  Number.isNaN(term) ? sum : Number.isNaN(sum) ? term : sum + term;
