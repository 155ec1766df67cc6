/** Markets as data: forwards, surfaces as they are quoted, and options on them. */
export * from './book-terms.js';
export * from './cap-surface.js';
export * from './forward-curve.js';
export * from './fx-surface.js';
export * from './option-market.js';
export * from './volatility-curve.js';
export * from './volatility-surface.js';
