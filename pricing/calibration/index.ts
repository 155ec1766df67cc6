/** Instruments that make curves, and models fitted to quotes. */
export * from './bond-instrument.js';
export * from './cap-strip.js';
export * from './cds-bootstrap.js';
export * from './cds-conversion.js';
export * from './futures-convexity.js';
export * from './fx-instruments.js';
export * from './heston.js';
export * from './hull-white.js';
export * from './isda-yield-curve.js';
export * from './rate-instruments.js';
export * from './sabr.js';
export * from './swap-conventions.js';
