/** Formula kernels over plain numbers: for who has his own market and wants no product around it. */
export * from './american';
export * from './bachelier';
export * from './barrier';
export * from './black';
export * from './black-greeks';
export * from './fx-delta';
export * from './heston';
export * from './heston-strip';
export * from './implied-volatility';
export * from './rate-option';
