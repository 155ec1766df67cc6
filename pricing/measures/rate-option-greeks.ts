/** Greeks of strips of options on rates: those of the curves, and those of volatility. */
import { type Greek, type Result, success } from '../contract';
import type { CurveValue } from '../models/curve-value';
import type { RateOptionValue } from '../models/rate-option';
import { perDay, perVolatility, plainGreek } from './greek-unit';
import { rateGreeks } from './rates-greeks';
import type { RatesMarket } from './rates-market';

export interface OptionExposure {
  readonly shifted: (shift: number) => CurveValue;
  /** Signed present value of a unit of rate. */
  readonly annuity: number;
  readonly option: RateOptionValue;
}

const parameterGreek = (name: string, value: number): Greek =>
  name === 'vega'
    ? perVolatility(value, 'the implied volatility that the formula takes, in every option of the strip')
    : plainGreek(value, `per 1.00 of SABR ${name}`);

export function optionGreeks(
  exposures: readonly OptionExposure[],
  { shifted, market }: { readonly shifted: (shift: number) => CurveValue; readonly market: RatesMarket },
): Result<Readonly<Record<string, Greek>>> {
  const rates = rateGreeks(shifted, market);
  if (!rates.ok) return rates;
  const greeks: Record<string, Greek> = {};
  for (const name of new Set(exposures.flatMap(({ option }) => Object.keys(option.vegas)))) {
    const value = exposures.reduce(
      (sum, { annuity, option }) => sum + annuity * (option.vegas[name] ?? 0),
      0,
    );
    greeks[name === 'vega' ? 'vega' : `vega ${name}`] = parameterGreek(name, value);
  }
  const yearly = -exposures.reduce((sum, { annuity, option }) => sum + annuity * option.perTime, 0);
  const { value, unit } = perDay(yearly);
  const convention = 'per calendar day (ACT/365) of time to fixing, curves and discount factors held';
  greeks['theta'] = { value, convention, ...(unit && { unit }) };
  return success({ ...rates.value, ...greeks });
}
