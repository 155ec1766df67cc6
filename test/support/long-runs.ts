/** How much of a sweep runs: a sample in every run of the tests, all of it under `npm run test:long`. */
export const isLongRun = process.env['BREAKWATER_LONG_RUNS'] === '1';

export const inLongRuns = (count: number, otherwise: number): number => (isLongRun ? count : otherwise);
