/** Curves: built from quotes in groups, moved, and how they answer a quote. */
export * from './curve-group.js';
export * from './discount-curve.js';
export * from './interest-rate.js';
export * from './interpolation.js';
export * from './moved-curve.js';
export * from './par-jacobian.js';
export * from './term.js';
