/** The asset itself, forwards and futures on it. */
import type { Product } from './product';

/** The asset itself. */
export type Spot = Product<'spot', { readonly quantity: number }>;
/** Delivery of the asset at `strike`. */
export type Forward = Product<'forward', { readonly strike: number; readonly time: number }>;
/** A future, marked against the price it was last settled at; margined daily, so not discounted. */
export type Future = Product<'future', { readonly settled: number; readonly time: number }>;
