/** Instruments that make curves, and models fitted to quotes. */
export * from './bond-instrument';
export * from './cap-strip';
export * from './cds-bootstrap';
export * from './cds-conversion';
export * from './futures-convexity';
export * from './fx-instruments';
export * from './heston';
export * from './hull-white';
export * from './isda-yield-curve';
export * from './rate-instruments';
export * from './sabr';
export * from './swap-conventions';
