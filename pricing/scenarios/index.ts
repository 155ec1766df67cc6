/** Scenarios, value at risk, and profit by its causes. */
export * from './book-scenarios';
export * from './curve-scenarios';
export * from './explain-book';
export * from './explain-position';
export * from './explain-rates';
export * from './factors';
export type { RatesMove } from './rates-move';
export * from './scenario';
export * from './scenario-lists';
export * from './value-at-risk';
