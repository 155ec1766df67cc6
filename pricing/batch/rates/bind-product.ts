/** Products of a rates book as terms on named curves: what is left of them after the valuation day, per currency. */
import { type Result, success } from '../../contract';
import type { CurveTerm } from '../../curves/term';
import { bondSettlement } from '../../measures/bond';
import {
  bindTerms,
  discountCurveFor,
  fixingOn,
  forwardCurveFor,
  type RatesMarket,
} from '../../measures/rates-market';
import { flowsFrom } from '../../products/bond';
import type { Flow } from '../../products/flow';
import type { Fra } from '../../products/fra';
import type { RatesProduct } from './rates-book';

/** The flows of a product that is nothing but its flows; undefined for others. */
export function flowsOf(product: RatesProduct, today: number): readonly Flow[] | undefined {
  switch (product.kind) {
    case 'term-deposit':
      return product.flows;
    case 'fx-forward':
      return [product.bought, product.sold];
    case 'swap':
      return product.legs.flatMap(({ flows }) => flows);
    case 'bond': {
      const settlement = bondSettlement(product, today);
      return settlement >= product.maturity ? [] : flowsFrom(product, settlement);
    }
    default:
      return undefined;
  }
}

export interface BoundFlows {
  readonly currency: string;
  readonly terms: readonly CurveTerm[];
}

/** Terms by currency; nothing where every flow has been paid. */
export function boundFlows(
  flows: readonly Flow[],
  market: RatesMarket,
  today: number,
): Result<readonly BoundFlows[]> {
  const open = flows.filter(({ pay }) => pay > today);
  const bound: BoundFlows[] = [];
  for (const currency of new Set(open.map((flow) => flow.currency))) {
    const terms = bindTerms(
      open.filter((flow) => flow.currency === currency),
      market,
      today,
    );
    if (!terms.ok) return terms;
    bound.push({ currency, terms: terms.value });
  }
  return success(bound);
}

/**
 * A forward rate agreement is paid at its start, less the discount of its own fixing: (g − Kτ)/(1 + g) = 1 − (1 + Kτ)/(1 + g),
 * so that two plain terms are all of it.
 */
export function boundFra(fra: Fra, market: RatesMarket, today: number): Result<readonly CurveTerm[]> {
  const { index, start, end, fraction, notional, rate, fixing, currency } = fra;
  if (start <= today) return success([]);
  const discount = discountCurveFor(market, currency);
  if (!discount.ok) return discount;
  const paid = { curve: discount.value.name, day: start };
  const known = fixing <= today ? market.fixings?.get(index.name)?.get(fixing) : undefined;
  if (fixing < today && known === undefined) {
    const missing = fixingOn(market, index.name, fixing);
    if (!missing.ok) return missing;
  }
  const agreed = 1 + rate * fraction;
  if (known !== undefined)
    return success([{ amount: notional * (1 - agreed / (1 + known * fraction)), discount: paid }]);
  const forward = forwardCurveFor(market, index.name);
  if (!forward.ok) return forward;
  const { name } = forward.value;
  const ratio = { over: { curve: name, day: end }, under: { curve: name, day: start } };
  return success([
    { amount: notional, discount: paid },
    { amount: -notional * agreed, discount: paid, ratio },
  ]);
}
