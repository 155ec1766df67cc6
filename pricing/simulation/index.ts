/** Monte Carlo: jobs, paths, early exercise, and threads. */
export * from './estimate';
export * from './longstaff-schwartz';
export * from './monte-carlo';
export * from './path-model';
export * from './scripted-claim';
export * from './threads';
