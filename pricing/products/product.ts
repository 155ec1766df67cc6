/**
 * What makes terms a product: the kind by which the registry knows it.
 *
 * Resolved products count dates in years from the valuation. A touched barrier is seen from the spot; what happened before
 * today is in the product (`extreme`, `pastFixings`).
 */
export type Product<Kind extends string, Terms> = Terms & { readonly kind: Kind };
