/**
 * Vanna-volga prices of foreign exchange options: Black–Scholes at the money plus the market price of its smile risk.
 *
 * The 25-delta put, the at-the-money straddle and the 25-delta call that match an option's vega, vanna and volga cost
 * more than their flat-volatility values; the option is charged the same, for a barrier only to the extent that it
 * survives. Sources: A. Castagna and F. Mercurio, "The vanna-volga method for implied volatilities", Risk 20 (2007);
 * U. Wystup, FX Options and Structured Products (2006), section 3.1. Knock-ins follow from in–out parity.
 */
import { aliveMoment, isTouched } from './absorbed-diffusion';
import { type BarrierTerms, barrierPrice } from './barrier';
import { blackScholesPrice, type LognormalMarket, type VanillaTerms } from './black';
import { blackSensitivities } from './black-greeks';
import { atTheMoneyStrike, type DeltaConvention, type FxTerms, strikeOfDelta } from './fx-delta';

export interface SmileMarket {
  readonly spot: number;
  /** Domestic rate, in whose currency the price is; and foreign rate. */
  readonly rate: number;
  readonly foreignRate: number;
  readonly volatility25Put: number;
  readonly volatilityAtm: number;
  readonly volatility25Call: number;
  readonly delta: DeltaConvention;
  /** Quoted volatility of a barrier's own strike; the smile's where absent. */
  readonly volatilityStrike?: number;
  /** Years of the smile for one of the option, where it counts days otherwise, such as 360/365; 1 where absent. */
  readonly smileYears?: number;
}

interface Pillar {
  readonly strike: number;
  /** Market price less flat price of the call at this strike. */
  readonly cost: number;
}

const flatMarket = (smile: SmileMarket): LognormalMarket => ({
  spot: smile.spot,
  rate: smile.rate,
  dividend: smile.foreignRate,
  volatility: smile.volatilityAtm,
});

/** The three strikes of the smile in rising order, with what each costs above flat. */
const pillarsOf = (smile: SmileMarket, time: number): readonly [Pillar, Pillar, Pillar] => {
  const market = flatMarket(smile);
  const fx = (right: 'call' | 'put', volatility: number): FxTerms => ({
    right,
    convention: smile.delta,
    spot: smile.spot,
    domesticDiscount: Math.exp(-smile.rate * time),
    foreignDiscount: Math.exp(-smile.foreignRate * time),
    stdDev: volatility * Math.sqrt(time),
  });
  const pillar = (strike: number, volatility: number): Pillar => {
    const call = { right: 'call' as const, strike, time };
    return {
      strike,
      cost: blackScholesPrice(call, { ...market, volatility }) - blackScholesPrice(call, market),
    };
  };
  return [
    pillar(strikeOfDelta(fx('put', smile.volatility25Put), -0.25), smile.volatility25Put),
    pillar(atTheMoneyStrike(fx('call', smile.volatilityAtm), 'delta-neutral'), smile.volatilityAtm),
    pillar(strikeOfDelta(fx('call', smile.volatility25Call), 0.25), smile.volatility25Call),
  ];
};

/** European vanilla: the pillars are weighted by vega and by logarithmic interpolation between their strikes. */
export const vannaVolgaVanillaPrice = (terms: VanillaTerms, smile: SmileMarket): number => {
  const { strike, time } = terms;
  const market = flatMarket(smile);
  const pillars = pillarsOf(smile, time);
  const vega = (k: number) => blackSensitivities({ right: 'call', strike: k, time }, market).vega;
  let call = blackScholesPrice({ right: 'call', strike, time }, market);
  pillars.forEach((pillar, i) => {
    const others = pillars.filter((_, j) => j !== i);
    const share = others.reduce(
      (product, other) =>
        (product * Math.log(strike / other.strike)) / Math.log(pillar.strike / other.strike),
      vega(strike) / vega(pillar.strike),
    );
    call += share * pillar.cost;
  });
  if (terms.right === 'call') return call;
  return call - smile.spot * Math.exp(-smile.foreignRate * time) + strike * Math.exp(-smile.rate * time);
};

/** Solves the 3×3 system by Cramer's rule. */
const solve3 = (m: readonly (readonly [number, number, number])[], b: readonly [number, number, number]) => {
  const det = (a: readonly (readonly number[])[]) =>
    a[0]![0]! * (a[1]![1]! * a[2]![2]! - a[1]![2]! * a[2]![1]!) -
    a[0]![1]! * (a[1]![0]! * a[2]![2]! - a[1]![2]! * a[2]![0]!) +
    a[0]![2]! * (a[1]![0]! * a[2]![1]! - a[1]![1]! * a[2]![0]!);
  const whole = det(m);
  return [0, 1, 2].map(
    (column) => det(m.map((row, i) => row.map((x, j) => (j === column ? b[i]! : x)))) / whole,
  );
};

/** Vega of a single barrier is taken over one basis point of volatility, that of a double over ten. */
const VEGA_STEP = { single: 1e-4, double: 1e-3 } as const;
const STEP = 1e-4;

/**
 * Vega, vanna and volga of a price, one-sided in volatility as the published values have it: vanna-volga is a market
 * convention before it is a model, and its differencing is part of the price (some 1e-4 of spot for long doubles).
 */
const smileRisks = (
  price: (market: LognormalMarket) => number,
  market: LognormalMarket,
  vegaStep: number,
): readonly [number, number, number] => {
  const ds = STEP * market.spot;
  const at = (spots: number, volatility: number) =>
    price({ ...market, spot: market.spot + spots * ds, volatility: market.volatility + volatility });
  const vega = (from: number) => (at(0, from + vegaStep) - at(0, from)) / vegaStep;
  const delta = (volatility: number) => (at(1, volatility) - at(-1, volatility)) / (2 * ds);
  return [vega(0), (delta(STEP) - delta(0)) / STEP, (vega(STEP) - vega(0)) / STEP];
};

/**
 * Single or double barrier. The surviving share of the distance between the quoted vanilla and the vanna-volga one is
 * added, and parity is against the quoted one.
 */
export const vannaVolgaBarrierPrice = (terms: BarrierTerms, smile: SmileMarket): number => {
  const time = terms.time * (smile.smileYears ?? 1);
  const market = flatMarket(smile);
  const modelled = vannaVolgaVanillaPrice({ ...terms, time }, smile);
  const quoted = smile.volatilityStrike;
  const vanilla =
    quoted === undefined
      ? modelled
      : blackScholesPrice({ ...terms, time }, { ...market, volatility: quoted });
  if (isTouched(terms, smile.spot)) return terms.knock === 'in' ? vanilla : terms.rebate;
  const out = (at: LognormalMarket) => barrierPrice({ ...terms, knock: 'out' }, at);
  const pillars = pillarsOf(smile, time);
  const risks = pillars.map(({ strike }) => {
    const { vega, vanna, volga } = blackSensitivities({ right: 'call', strike, time }, market);
    return [vega, vanna, volga] as const;
  });
  const vegaStep = terms.lower > 0 && terms.upper < Infinity ? VEGA_STEP.double : VEGA_STEP.single;
  const rows = [0, 1, 2].map((i) => [risks[0]![i]!, risks[1]![i]!, risks[2]![i]!] as const);
  const shares = solve3(rows, smileRisks(out, market, vegaStep));
  const cost = pillars.reduce((sum, pillar, i) => sum + shares[i]! * pillar.cost, 0);
  const survival = aliveMoment({ ...terms, time }, { power: 0, from: 0, to: Infinity }, market);
  const adjusted = out(market) + survival * (cost + vanilla - modelled);
  const knockedOut = Math.min(Math.max(adjusted, 0), vanilla);
  return terms.knock === 'out' ? knockedOut : Math.max(vanilla - knockedOut, 0);
};
