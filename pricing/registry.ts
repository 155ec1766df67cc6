/**
 * Finds the pricer of a product under a model; a pair that nobody prices answers a failure that says what there is.
 *
 * A registry is a value made from a list of pricers, so a plug-in is one more list: `registryOf([...standard, mine])`.
 */
import {
  failure,
  type Greek,
  type Pricer,
  type PricingContext,
  type Result,
  success,
  type Valuation,
} from './contract';

export interface Kinded {
  readonly kind: string;
}

/** A pricer whose product and model types are known to itself only. */
export interface AnyPricer {
  readonly product: string;
  readonly model: string;
  /** A method, so that pricers of different products fit one list; the registry matches the kinds before it calls. */
  price(product: Kinded, model: Kinded, context: PricingContext): Result<Valuation>;
}

/** Forgets a pricer's types; the registry only ever calls it with its own kinds. */
export const anyPricer = <P extends Kinded, M extends Kinded>(pricer: Pricer<P, M>): AnyPricer => ({
  product: pricer.product,
  model: pricer.model,
  price: (product, model, context) => pricer.price(product as P, model as M, context),
});

export interface PricerRegistry {
  /** Value, Greeks and explanation. Failures: `product-not-supported`, `model-not-supported`, and the pricer's own. */
  readonly price: (product: Kinded, model: Kinded, context: PricingContext) => Result<Valuation>;
  /** One Greek; failure `measure-not-supported` when the pricer has none of that name. */
  readonly measure: (
    product: Kinded,
    model: Kinded,
    context: PricingContext,
    measure: string,
  ) => Result<Greek>;
  /** The pairs that can be priced, in the order of registration. */
  readonly pairs: readonly { readonly product: string; readonly model: string }[];
}

const keyOf = (product: string, model: string): string => `${product} under ${model}`;

const finite = (valuation: Valuation, pair: string): Result<Valuation> =>
  Number.isFinite(valuation.value)
    ? success(valuation)
    : failure(
        'value-must-be-finite',
        `cannot price ${pair}: the value is ${valuation.value}. Check inputs of extreme size.`,
      );

/** Throws on two pricers for one pair: which of them answers must not depend on the order of a list. */
export const registryOf = (pricers: readonly AnyPricer[]): PricerRegistry => {
  const byPair = new Map<string, AnyPricer>();
  for (const pricer of pricers) {
    const key = keyOf(pricer.product, pricer.model);
    if (byPair.has(key)) throw new Error(`two pricers for ${key}; register one`);
    byPair.set(key, pricer);
  }
  const modelsOf = (product: string) =>
    pricers.filter((pricer) => pricer.product === product).map((pricer) => pricer.model);

  const price: PricerRegistry['price'] = (product, model, context) => {
    const pair = keyOf(product.kind, model.kind);
    const pricer = byPair.get(pair);
    if (pricer) {
      const result = pricer.price(product, model, context);
      return result.ok ? finite(result.value, pair) : result;
    }
    const models = modelsOf(product.kind);
    return models.length === 0
      ? failure('product-not-supported', `cannot price ${product.kind}: no pricer knows it. Register one.`)
      : failure('model-not-supported', `cannot price ${pair}: it can be priced under ${models.join(', ')}.`);
  };

  const measure: PricerRegistry['measure'] = (product, model, context, name) => {
    const result = price(product, model, context);
    if (!result.ok) return result;
    const greek = result.value.greeks[name];
    if (greek) return success(greek);
    const known = Object.keys(result.value.greeks).join(', ');
    return failure(
      'measure-not-supported',
      `no ${name} for ${keyOf(product.kind, model.kind)}: it has ${known || 'none'}.`,
    );
  };

  return {
    price,
    measure,
    pairs: pricers.map(({ product, model }) => ({ product, model })),
  };
};
