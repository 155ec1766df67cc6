/** What a day that passes does, where a product stands in its life, and the cash of its end. */
export * from './cash-due';
export * from './dated-option';
export * from './life';
export * from './product-life';
export * from './roll-book';
export * from './roll-curve';
export * from './roll-market';
export * from './roll-surface';
export * from './settle-option';
