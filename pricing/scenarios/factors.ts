/**
 * Risk factors: the numbers of a market under names, so that a scenario can speak of them. A factor has a kind, a name, for a
 * curve or smile its node, and any tags; its value stands at its place in a column. NaN is a value that is missing.
 */
import { failure, type Result, success } from '../contract';

export const FACTOR_KINDS = ['spot', 'fx', 'volatility', 'rate', 'dividend', 'quote', 'hazard'] as const;
export type FactorKind = (typeof FACTOR_KINDS)[number];

export interface Factor {
  readonly kind: FactorKind;
  /** Of the underlying, pair, curve or surface. */
  readonly name: string;
  /** Of a curve or smile, such as `5Y`. */
  readonly node?: string;
  /** What else it can be called by: a currency, a sector, a desk. */
  readonly tags?: readonly string[];
}

export interface FactorSet {
  readonly factors: readonly Factor[];
  /** Place by `factorKey`. */
  readonly places: ReadonlyMap<string, number>;
}

export const factorKey = ({ kind, name, node }: Factor): string =>
  node === undefined ? `${kind} ${name}` : `${kind} ${name} ${node}`;

/** More than this is no market of one firm. */
const FACTORS_MAX = 1_000_000;

/** Failures: `factor-must-be-once`, `factor-kind-must-be-known`, `factors-must-be-bounded`. */
export function factorSet(factors: readonly Factor[]): Result<FactorSet> {
  if (factors.length > FACTORS_MAX)
    return failure('factors-must-be-bounded', `${factors.length} factors; ${FACTORS_MAX} are the most.`);
  const places = new Map<string, number>();
  for (const [place, factor] of factors.entries()) {
    const key = factorKey(factor);
    if (!FACTOR_KINDS.includes(factor.kind))
      return failure(
        'factor-kind-must-be-known',
        `factor "${key}" is of no kind. Take one of ${FACTOR_KINDS.join(', ')}.`,
      );
    if (places.has(key))
      return failure('factor-must-be-once', `factor "${key}" is there twice. Name each once.`);
    places.set(key, place);
  }
  return success({ factors, places });
}

/** Kinds whose values are prices or deviations: below zero they are no market at all. */
export const isPositive = (kind: FactorKind): boolean =>
  kind === 'spot' || kind === 'fx' || kind === 'volatility';
