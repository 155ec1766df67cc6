/** Markets as data: forwards, surfaces as they are quoted, and options on them. */
export * from './book-terms';
export * from './cap-surface';
export * from './forward-curve';
export * from './fx-surface';
export * from './option-market';
export * from './volatility-curve';
export * from './volatility-surface';
