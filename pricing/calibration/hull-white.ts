/**
 * Hull–White to swaption volatilities: least squares of relative price errors, the fit reported instrument by instrument, in
 * price and, as every calibration of a model is, in volatility.
 */
import { failure, type PricingContext, type Result, success } from '../contract';
import { leastSquares } from '../math/levenberg-marquardt';
import { checkedHullWhite, optionOnClaims } from '../measures/hull-white';
import { type RatesMarket, valuationDay } from '../measures/rates-market';
import { swapClaims } from '../measures/swap-claims';
import { priceSwaption, swaptionRate } from '../measures/swaption';
import type { HullWhiteParameters } from '../models/hull-white';
import { impliedBachelierVolatility, impliedBlackVolatility } from '../models/implied-volatility';
import { rateOption } from '../models/rate-option';
import type { Swaption } from '../products/swaption';
import { calibrationError, type ModelCalibration, type QuoteDeviation } from './model-calibration';

export interface SwaptionQuote {
  readonly swaption: Swaption;
  readonly kind: 'black' | 'bachelier';
  readonly volatility: number;
}

export interface HullWhiteFit extends HullWhiteParameters {
  /** Model price over market price less one, by quote. */
  readonly errors: readonly number[];
  readonly worst: number;
  readonly iterations: number;
  readonly converged: boolean;
}

export interface HullWhiteStart {
  readonly market: RatesMarket;
  readonly context: PricingContext;
  /** Held where given; else found. */
  readonly reversion?: number;
}

export function fitHullWhite(
  quotes: readonly SwaptionQuote[],
  { market, context, reversion }: HullWhiteStart,
): Result<HullWhiteFit> {
  if (quotes.length < (reversion === undefined ? 2 : 1)) {
    return failure(
      'calibration-needs-quotes',
      `${quotes.length} quotes do not determine the parameters. Give more, or hold the reversion.`,
    );
  }
  const today = valuationDay(context);
  const targets: number[] = [];
  const options: {
    readonly claims: Parameters<typeof optionOnClaims>[0]['claims'];
    readonly expiry: number;
    readonly today: number;
  }[] = [];
  for (const { swaption, kind, volatility } of quotes) {
    const priced = priceSwaption({ ...swaption, side: 1 }, { kind, market, volatility }, context);
    if (!priced.ok) return priced;
    if (!(priced.value.value > 0))
      return failure('calibration-needs-positive-prices', 'a quote has no time value. Leave it out.');
    const claims = swapClaims([...swaption.fixed.flows, ...swaption.floating.flows], { market, today });
    if (!claims.ok) return claims;
    targets.push(priced.value.value);
    options.push({ claims: claims.value, expiry: swaption.exercise, today });
  }
  // The search runs over ln σ and a, scaled to order one, so that the volatility stays positive.
  const parametersAt = (x: ArrayLike<number>): HullWhiteParameters => ({
    volatility: 0.01 * Math.exp(x[0]!),
    reversion: reversion ?? 0.05 * x[1]!,
  });
  const errorsAt = (parameters: HullWhiteParameters): number[] =>
    options.map(
      (option, place) =>
        optionOnClaims(option, { kind: 'hull-white', market, ...parameters }).value / targets[place]! - 1,
    );
  const solution = leastSquares({
    count: options.length,
    start: reversion === undefined ? [0, 1] : [0],
    tolerance: 1e-15,
    residuals: (x, out) => {
      out.set(errorsAt(parametersAt(x)));
    },
  });
  const parameters = parametersAt(solution.x);
  const sound = checkedHullWhite(parameters);
  if (!sound.ok) return sound;
  const errors = errorsAt(parameters);
  return success({
    ...parameters,
    errors,
    worst: errors.reduce((worst, error) => Math.max(worst, Math.abs(error)), 0),
    iterations: solution.iterations,
    converged: solution.converged,
  });
}

export interface NamedSwaptionQuote extends SwaptionQuote {
  readonly name: string;
}

/** The volatility at which the market's formula gives the model's price, less the quoted one. */
function deviation(
  { name, swaption, kind, volatility }: NamedSwaptionQuote,
  error: number,
  input: { readonly market: RatesMarket; readonly context: PricingContext },
): Result<QuoteDeviation> {
  const rate = swaptionRate(swaption, input);
  if (!rate.ok) return rate;
  const time = (swaption.exercise - valuationDay(input.context)) / 365;
  const right = swaption.fixed.pays ? 'call' : 'put';
  const at = { right, forward: rate.value.forward(0).value, strike: rate.value.strike, time } as const;
  const quoted = rateOption(at, { kind, volatility });
  if (!quoted.ok) return quoted;
  // Prices per unit of annuity: the annuity is the same on both sides.
  const option = { ...at, price: quoted.value.value * (1 + error), discount: 1 };
  const implied = kind === 'black' ? impliedBlackVolatility(option) : impliedBachelierVolatility(option);
  return implied.ok ? success({ name, deviation: implied.value - volatility }) : implied;
}

/** Failures: those of `fitHullWhite`, and a model price that no volatility gives. */
export function calibrateHullWhite(
  quotes: readonly NamedSwaptionQuote[],
  start: HullWhiteStart,
): Result<ModelCalibration<HullWhiteParameters>> {
  const fit = fitHullWhite(quotes, start);
  if (!fit.ok) return fit;
  const deviations: QuoteDeviation[] = [];
  for (const [place, quote] of quotes.entries()) {
    const off = deviation(quote, fit.value.errors[place]!, start);
    if (!off.ok) return off;
    deviations.push(off.value);
  }
  const { reversion, volatility, converged } = fit.value;
  return success({ parameters: { reversion, volatility }, error: calibrationError(deviations), converged });
}
