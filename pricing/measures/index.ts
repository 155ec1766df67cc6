/** Markets and models that pricers take, Greeks in their units, and prices of rates products. */
export * from './bond.js';
export * from './deribit-option.js';
export * from './greek-conventions.js';
export * from './greek-units.js';
export * from './option-models.js';
export * from './rate-option-model.js';
export * from './rates-market.js';
export * from './scripted.js';
export * from './swap.js';
