/** Products: from books as people write them to resolved terms. */
export * from './basket';
export * from './bond';
export * from './cap-floor';
export * from './cds';
export * from './flow';
export * from './fra';
export * from './fx-forward';
export * from './rate-index';
export * from './scripted';
export * from './swap';
export * from './swaption';
export * from './term-deposit';
export * from './vanilla-option';
export * from './variance-swap';
