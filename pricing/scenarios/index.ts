/** Scenarios, value at risk, and profit by its causes. */
export * from './book-scenarios.js';
export * from './curve-scenarios.js';
export * from './explain-book.js';
export * from './explain-position.js';
export * from './explain-rates.js';
export * from './factors.js';
export type { RatesMove } from './rates-move.js';
export * from './scenario.js';
export * from './scenario-lists.js';
export * from './value-at-risk.js';
