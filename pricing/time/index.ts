/** What a day that passes does, where a product stands in its life, and the cash of its end. */
export * from './cash-due.js';
export * from './dated-option.js';
export * from './life.js';
export * from './product-life.js';
export * from './roll-book.js';
export * from './roll-curve.js';
export * from './roll-market.js';
export * from './roll-surface.js';
export * from './settle-option.js';
