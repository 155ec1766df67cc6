/** Curves: built from quotes in groups, moved, and how they answer a quote. */
export * from './curve-group';
export * from './discount-curve';
export * from './interest-rate';
export * from './interpolation';
export * from './moved-curve';
export * from './par-jacobian';
export * from './term';
