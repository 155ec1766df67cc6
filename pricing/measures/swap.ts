/** Swaps under discounting: value, deltas, gamma, and the rate or spread that makes each leg fair. */
import { type ExplainStep, type Pricer, type PricingContext, type Result, success } from '../contract';
import type { Flow } from '../products/flow';
import type { ResolvedLeg, Swap } from '../products/swap';
import { valuationOfFlows, valueFlows } from './flow-valuation';
import { type DiscountingModel, type RatesMarket, valuationDay } from './rates-market';

const flowsOf = (swap: Swap): readonly Flow[] => swap.legs.flatMap(({ flows }) => flows);

/** One unit of rate on a leg's open periods, received, in a reporting currency. */
export function legAnnuity(
  leg: ResolvedLeg,
  input: { readonly market: RatesMarket; readonly context: PricingContext; readonly currency: string },
): Result<number> {
  const today = valuationDay(input.context);
  const valued = valueFlows(
    leg.unit.filter(({ pay }) => pay > today),
    input,
  );
  return valued.ok ? success(valued.value.value.value) : valued;
}

export const swapPricer: Pricer<Swap, DiscountingModel> = {
  product: 'swap',
  model: 'discounting',
  price: (swap, { market }, context) => {
    const input = { market, context, currency: swap.currency };
    const more: ExplainStep[] = [];
    const whole = valueFlows(flowsOf(swap), input);
    if (!whole.ok) return whole;
    const value = whole.value.value.value;
    for (let index = 0; index < swap.legs.length; index += 1) {
      const leg = swap.legs[index]!;
      const name = `leg ${index + 1} (${leg.type}, ${leg.pays ? 'paid' : 'received'})`;
      const own = valueFlows(leg.flows, input);
      if (!own.ok) return own;
      const annuity = legAnnuity(leg, input);
      if (!annuity.ok) return annuity;
      more.push({ name: `${name} value`, value: own.value.value.value });
      if (annuity.value === 0) continue;
      const received = leg.pays ? -annuity.value : annuity.value;
      const fair = leg.type === 'fixed' ? 'par rate less its coupon' : 'fair spread over its own';
      more.push({ name: `${name} ${fair}`, value: -value / received, source: 'minus value over annuity' });
    }
    return valuationOfFlows(flowsOf(swap), { ...input, more });
  },
};

/** The constant rate at which a swap with one fixed leg is worth nothing. */
export function parSwapRate(
  swap: Swap,
  input: { readonly market: RatesMarket; readonly context: PricingContext },
): Result<number> {
  const terms = { ...input, currency: swap.currency };
  const fixed = swap.legs.find(({ type }) => type === 'fixed')!;
  const others = swap.legs.filter((leg) => leg !== fixed).flatMap(({ flows }) => flows);
  const rest = valueFlows(others, terms);
  if (!rest.ok) return rest;
  const annuity = legAnnuity(fixed, terms);
  return annuity.ok
    ? success(rest.value.value.value / (fixed.pays ? annuity.value : -annuity.value))
    : annuity;
}
