/** Monte Carlo: jobs, paths, early exercise, and threads. */
export * from './estimate.js';
export * from './longstaff-schwartz.js';
export * from './monte-carlo.js';
export * from './path-model.js';
export * from './scripted-claim.js';
export * from './threads.js';
