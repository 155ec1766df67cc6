/** Smiles and surfaces, their arbitrage, and the chains that they are fitted to. */
export * from './arbitrage.js';
export * from './calendar-repair.js';
export * from './implied-forward.js';
export * from './live-surface.js';
export * from './local-volatility.js';
export * from './option-chain.js';
export * from './sabr.js';
export * from './ssvi.js';
export * from './svi.js';
export * from './svi-surface.js';
export * from './swaption-cube.js';
