/** Hull–White to swaption volatilities with its error in volatility, as every calibration of a model reports it. */
import { type PricingContext, type Result, success } from '../contract.js';
import { type RatesMarket, valuationDay } from '../measures/rates-market.js';
import { swaptionRate } from '../measures/swaption.js';
import type { HullWhiteParameters } from '../models/hull-white.js';
import { impliedBachelierVolatility, impliedBlackVolatility } from '../models/implied-volatility.js';
import { rateOption } from '../models/rate-option.js';
import { fitHullWhite, type HullWhiteStart, type SwaptionQuote } from './hull-white.js';
import { calibrationError, type ModelCalibration, type QuoteDeviation } from './model-calibration.js';

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
