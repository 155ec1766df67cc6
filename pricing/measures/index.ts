/** Markets and models that pricers take, Greeks in their units, and prices of rates products. */
export * from './bond';
export * from './deribit-option';
export * from './greek-conventions';
export * from './greek-units';
export * from './option-models';
export * from './rate-option-model';
export * from './rates-market';
export * from './scripted';
export * from './swap';
