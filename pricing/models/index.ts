/** Formula kernels over plain numbers: for who has his own market and wants no product around it. */
export * from './american.js';
export * from './bachelier.js';
export * from './barrier.js';
export * from './black.js';
export * from './black-greeks.js';
export * from './fx-delta.js';
export * from './heston.js';
export * from './heston-strip.js';
export * from './implied-volatility.js';
export * from './rate-option.js';
