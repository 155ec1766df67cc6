/** Smiles and surfaces, their arbitrage, and the chains that they are fitted to. */
export * from './arbitrage';
export * from './calendar-repair';
export * from './implied-forward';
export * from './live-surface';
export * from './local-volatility';
export * from './option-chain';
export * from './sabr';
export * from './ssvi';
export * from './svi';
export * from './svi-surface';
export * from './swaption-cube';
