/** Products: from books as people write them to resolved terms. */
export * from './basket.js';
export * from './bond.js';
export * from './cap-floor.js';
export * from './cds.js';
export * from './flow.js';
export * from './fra.js';
export * from './fx-forward.js';
export * from './rate-index.js';
export * from './scripted.js';
export * from './swap.js';
export * from './swaption.js';
export * from './term-deposit.js';
export * from './vanilla-option.js';
export * from './variance-swap.js';
