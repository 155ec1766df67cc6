/**
 * Swaptions settled in par-yield cash under Hull and White's model: at exercise the swap rate is a function of the factor,
 * and the payoff C(S)·(S − K), which no bond option replicates, is integrated over the factor's normal distribution.
 */
import { type Result, success } from '../contract';
import { gaussLegendre } from '../math/gauss-legendre';
import { normalPdf } from '../math/normal';
import { type CurveValue, composed, valueTerms } from '../models/curve-value';
import { factorVariance, type HullWhiteParameters, reversionTime } from '../models/hull-white';
import type { Swaption } from '../products/swaption';
import { marketLookup } from './flow-valuation';
import { discountCurveFor, type RatesMarket } from './rates-market';
import { type SwapClaim, swapClaims } from './swap-claims';
import { parYieldAnnuity } from './swaption';

/** The option's worth as a function of the model's parameters and a parallel shift. */
export type CashOption = (parameters: HullWhiteParameters, shift?: number) => CurveValue;

/** Deviations that the integral spans, and its nodes: together below 1e-12 of the value. */
const reach = 9;
const rule = gaussLegendre(96);

interface Part {
  readonly worth: CurveValue;
  /** B(time) of the claim, counted from the exercise. */
  readonly load: number;
}

export function cashOption(
  swaption: Swaption,
  {
    market,
    today,
    strike,
  }: { readonly market: RatesMarket; readonly today: number; readonly strike: number },
): Result<CashOption> {
  const floating = swapClaims(swaption.floating.flows, { market, today });
  if (!floating.ok) return floating;
  const annuity = swapClaims(swaption.fixed.unit, { market, today });
  if (!annuity.ok) return annuity;
  const discount = discountCurveFor(market, swaption.swap.currency);
  if (!discount.ok) return discount;
  const paid = swaption.fixed.periods[0]!.start;
  const payment: SwapClaim = {
    day: paid,
    terms: [{ amount: 1, discount: { curve: discount.value.name, day: paid } }],
  };
  const expiry = (swaption.exercise - today) / 365;
  const curve = marketLookup(market);
  return success((parameters, shift = 0) => {
    const partOf = ({ day, terms }: SwapClaim): Part => ({
      worth: valueTerms(terms, { curve, shift }),
      load: reversionTime(parameters, (day - today) / 365 - expiry),
    });
    return integrated(swaption, {
      floating: floating.value.map(partOf),
      annuity: annuity.value.map(partOf),
      payment: partOf(payment),
      strike,
      variance: factorVariance(parameters, expiry),
    });
  });
}

interface Parts {
  readonly floating: readonly Part[];
  readonly annuity: readonly Part[];
  readonly payment: Part;
  readonly strike: number;
  readonly variance: number;
}

/** What a claim's worth is multiplied by at a factor level, seen from today. */
const growthOf = ({ load }: Part, factor: number, variance: number): number =>
  Math.exp(-load * factor - 0.5 * load * load * variance);

const sumAt = (parts: readonly Part[], factor: number, variance: number): number =>
  parts.reduce((sum, part) => sum + part.worth.value * growthOf(part, factor, variance), 0);

/** Derivatives are exact: at the kink the payoff is nothing, so that its own movement adds nothing. */
function integrated(swaption: Swaption, { floating, annuity, payment, strike, variance }: Parts): CurveValue {
  const received = swaption.floating.pays ? -1 : 1;
  const payer = swaption.fixed.pays ? 1 : -1;
  const deviation = Math.sqrt(variance);
  const rateAt = (factor: number): number =>
    (received * sumAt(floating, factor, variance)) / sumAt(annuity, factor, variance);
  const weights = {
    floating: new Float64Array(floating.length),
    annuity: new Float64Array(annuity.length),
    payment: 0,
  };
  let value = 0;
  const add = (factor: number, probability: number): void => {
    const under = sumAt(annuity, factor, variance);
    const rate = (received * sumAt(floating, factor, variance)) / under;
    const { value: unit, slope } = parYieldAnnuity(swaption, rate);
    const gain = payer * (rate - strike);
    if (!(gain > 0)) return;
    const grown = growthOf(payment, factor, variance);
    const settled = payment.worth.value * grown * probability;
    value += settled * unit * gain;
    weights.payment += probability * grown * unit * gain;
    const perRate = settled * (slope * gain + payer * unit);
    floating.forEach((part, place) => {
      weights.floating[place]! += (perRate * received * growthOf(part, factor, variance)) / under;
    });
    annuity.forEach((part, place) => {
      weights.annuity[place]! -= (perRate * rate * growthOf(part, factor, variance)) / under;
    });
  };
  if (deviation === 0) add(0, 1);
  else {
    // Rates rise with the factor: the payer is exercised above the crossing, the receiver below it.
    const kink = crossing((x) => rateAt(x * deviation) - strike);
    const [from, to] = payer > 0 ? [kink, reach] : [-reach, kink];
    const half = (to - from) / 2;
    rule.nodes.forEach((node, place) => {
      const x = from + half * (1 + node);
      add(x * deviation, rule.weights[place]! * half * normalPdf(x));
    });
  }
  return composed(value, [
    ...floating.map(({ worth }, place) => [worth, weights.floating[place]!] as const),
    ...annuity.map(({ worth }, place) => [worth, weights.annuity[place]!] as const),
    [payment.worth, weights.payment] as const,
  ]);
}

/** Where a rising function crosses zero within the reach; an end of it where there is no crossing. */
function crossing(of: (x: number) => number): number {
  let [low, high] = [-reach, reach];
  for (let step = 0; step < 80; step += 1) {
    const middle = (low + high) / 2;
    if (of(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
