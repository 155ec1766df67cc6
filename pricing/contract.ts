/**
 * What every pricer of the library speaks: a resolved product, a model, a pricing context in; a result out.
 *
 * Everything here is a value, everything in `pricing/` a pure function: no clock, no randomness that is not seeded by
 * an argument, no import from outside the folder. A pair of product and measure that a model cannot do, and an input
 * outside the model's domain, answer a `Failure`: refusals are data, exceptions are bugs.
 */

/** Without an explicit context there is no valuation. */
export interface PricingContext {
  /** Microseconds since 1970 UTC. */
  readonly valuationTime: number;
  /** Names the market data snapshot that the numbers come from. */
  readonly snapshot: string;
}

export interface Failure {
  readonly ok: false;
  /** A rule by its name, such as `volatility-must-be-positive` or `measure-not-supported`. */
  readonly reason: string;
  /** What, then the detail, then what to do. */
  readonly message: string;
}

export interface Success<T> {
  readonly ok: true;
  readonly value: T;
}

export type Result<T> = Success<T> | Failure;

export const success = <T>(value: T): Success<T> => ({ ok: true, value });
export const failure = (reason: string, message: string): Failure => ({ ok: false, reason, message });

/** One line of a pricer's working: inputs first, then intermediate steps. */
export interface ExplainStep {
  readonly name: string;
  readonly value: number | string;
  /** The formula and where it is published, for steps that compute something. */
  readonly source?: string;
}

/** What a Greek is per, as data; its convention says the same in words, with what else there is to say. */
export interface GreekUnit {
  /** A rate or a yield is a rate here; `spot-delta` is a delta to spot whose premium is not taken off. */
  readonly of: 'volatility' | 'rate' | 'time' | 'spot-delta';
  /** How much of it: 1 is 1.00 of volatility or rate, a year, a unit of spot. */
  readonly per: number;
  /** Of a theta that is held to the price already. */
  readonly capped?: true;
}

/** A sensitivity never travels without its convention, because venues and books differ in it. */
export interface Greek {
  readonly value: number;
  /** For example `per 1.00 of volatility`, `per calendar day (ACT/365)`, `spot delta, per unit`. */
  readonly convention: string;
  /** Where it can be asked for in another unit. */
  readonly unit?: GreekUnit;
}

/** What a pricer answers for one resolved product. */
export interface Valuation {
  readonly value: number;
  /** Standard error of `value` where it is simulated, the stated discretisation error where it is numerical. */
  readonly error?: number;
  readonly greeks: Readonly<Record<string, Greek>>;
  readonly explain: readonly ExplainStep[];
}

/** A pricer for one kind of resolved product under one model; the registry finds it by these two words. */
export interface Pricer<Product extends { readonly kind: string }, Model extends { readonly kind: string }> {
  readonly product: Product['kind'];
  readonly model: Model['kind'];
  readonly price: (product: Product, model: Model, context: PricingContext) => Result<Valuation>;
}
