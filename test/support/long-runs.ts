/** How much of a sweep runs: a sample in every run of the tests, all of it under `npm run test:long`. */
export const isLongRun = process.env['BREAKWATER_LONG_RUNS'] === '1';

export const inLongRuns = (count: number, otherwise: number): number => (isLongRun ? count : otherwise);

/** Cases of a property: a quarter of them in every run of the tests, all of them in a long one. */
export const cases = (count: number): number => inLongRuns(count, Math.ceil(count / 4));
