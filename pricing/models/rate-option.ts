/**
 * An option on a forward rate, undiscounted and per unit of annuity, under Black, shifted Black, Bachelier or SABR; with
 * derivatives in the forward, in each volatility parameter and in time.
 */
import { failure, type Result, success } from '../contract';
import { normalCdf, normalPdf } from '../math/normal';
import {
  checkedSabr,
  type SabrParameters,
  type SabrPoint,
  sabrLognormalVolatility,
  sabrNormalVolatility,
} from '../volatility/sabr';

/** As any volatility that is given: a thousand per cent a year. */
const SABR_VOLATILITY_MAX = 10;

export type RateVolatility =
  | { readonly kind: 'black'; readonly volatility: number; readonly shift?: number }
  | { readonly kind: 'bachelier'; readonly volatility: number }
  | ({ readonly kind: 'sabr'; readonly quoted?: 'lognormal' | 'normal' } & SabrParameters);

export interface RateOptionTerms extends SabrPoint {
  readonly right: 'call' | 'put';
}

export interface RateOptionValue {
  readonly value: number;
  /** ∂V/∂F; under SABR the implied volatility moves along. */
  readonly delta: number;
  /** By parameter name: ∂V/∂parameter. */
  readonly vegas: Readonly<Record<string, number>>;
  /** ∂V/∂T, per year. */
  readonly perTime: number;
  /** The volatility that the formula was given: of the (shifted) lognormal or the normal kind. */
  readonly volatility: number;
}

interface Distribution {
  readonly value: number;
  readonly delta: number;
  /** ∂V/∂(volatility·√T). */
  readonly perDeviation: number;
}

function black({ right, forward, strike }: RateOptionTerms, deviation: number, shift: number): Distribution {
  const sign = right === 'call' ? 1 : -1;
  const [f, k] = [forward + shift, strike + shift];
  if (deviation <= 0 || k <= 0) return intrinsic(sign, forward - strike);
  const d1 = Math.log(f / k) / deviation + 0.5 * deviation;
  const n1 = normalCdf(sign * d1);
  return {
    value: sign * (f * n1 - k * normalCdf(sign * (d1 - deviation))),
    delta: sign * n1,
    perDeviation: f * normalPdf(d1),
  };
}

function bachelier({ right, forward, strike }: RateOptionTerms, deviation: number): Distribution {
  const sign = right === 'call' ? 1 : -1;
  if (deviation <= 0) return intrinsic(sign, forward - strike);
  const d = (sign * (forward - strike)) / deviation;
  return {
    value: sign * (forward - strike) * normalCdf(d) + deviation * normalPdf(d),
    delta: sign * normalCdf(d),
    perDeviation: normalPdf(d),
  };
}

const intrinsic = (sign: number, moneyness: number): Distribution => ({
  value: Math.max(sign * moneyness, 0),
  delta: sign * moneyness > 0 ? sign : 0,
  perDeviation: 0,
});

/** Refuses what a formula cannot take: rates at or below −shift under a lognormal one, volatilities below zero. */
export function rateOption(terms: RateOptionTerms, model: RateVolatility): Result<RateOptionValue> {
  const lognormal =
    model.kind === 'black' || (model.kind === 'sabr' && (model.quoted ?? 'lognormal') === 'lognormal');
  const curved = lognormal || (model.kind === 'sabr' && model.beta > 0);
  const shift = model.kind === 'bachelier' ? 0 : (model.shift ?? 0);
  const { forward, strike, time } = terms;
  if (curved && !(forward + shift > 0 && (strike + shift > 0 || model.kind === 'black'))) {
    return failure(
      'rates-must-exceed-minus-shift',
      `forward ${forward} and strike ${strike} must lie above ${-shift} under ${model.kind}. Raise the shift or take a normal model.`,
    );
  }
  if (model.kind === 'sabr') return sabrOption(terms, model, lognormal);
  if (!(model.volatility >= 0)) {
    return failure(
      'volatility-must-not-be-negative',
      `volatility is ${model.volatility}. Give zero or more.`,
    );
  }
  const root = Math.sqrt(Math.max(time, 0));
  const at =
    model.kind === 'black'
      ? black(terms, model.volatility * root, shift)
      : bachelier(terms, model.volatility * root);
  return success({
    value: at.value,
    delta: at.delta,
    vegas: { vega: at.perDeviation * root },
    perTime: root > 0 ? (at.perDeviation * model.volatility) / (2 * root) : 0,
    volatility: model.volatility,
  });
}

/** Relative step of the central differences that the implied volatility is differentiated with. */
const step = 1e-5;

function sabrOption(
  terms: RateOptionTerms,
  model: SabrParameters,
  lognormal: boolean,
): Result<RateOptionValue> {
  const sound = checkedSabr(model);
  if (!sound.ok) return sound;
  const { forward, time } = terms;
  const root = Math.sqrt(Math.max(time, 0));
  const implied = (point: SabrPoint, parameters: SabrParameters): number =>
    lognormal ? sabrLognormalVolatility(point, parameters) : sabrNormalVolatility(point, parameters);
  const volatility = implied(terms, model);
  if (volatility > SABR_VOLATILITY_MAX)
    return failure(
      'sabr-volatility-must-be-near',
      `SABR's expansion gives a volatility of ${volatility} at strike ${terms.strike}, forward ${forward}, ${time} years: beyond all that it expands. Lower alpha or nu, or give volatilities.`,
    );
  if (!(volatility > 0)) {
    return failure(
      'sabr-volatility-must-be-positive',
      `SABR's expansion gives a volatility of ${volatility} at strike ${terms.strike}, forward ${forward}, ${time} years: outside its domain. Lower nu, or give volatilities.`,
    );
  }
  const at = lognormal
    ? black(terms, volatility * root, model.shift ?? 0)
    : bachelier(terms, volatility * root);
  const vega = at.perDeviation * root;
  const slope = (of: (by: number) => number, size: number): number => (of(size) - of(-size)) / (2 * size);
  const inForward = slope(
    (by) => implied({ ...terms, forward: forward + by }, model),
    step * Math.max(Math.abs(forward + (model.shift ?? 0)), 1e-3),
  );
  const inTime = slope((by) => implied({ ...terms, time: time + by }, model), step);
  const inParameter = (name: 'alpha' | 'rho' | 'nu'): number =>
    slope((by) => implied(terms, { ...model, [name]: model[name] + by }), step * Math.max(model[name], 1e-2));
  return success({
    value: at.value,
    delta: at.delta + vega * inForward,
    vegas: {
      vega,
      alpha: vega * inParameter('alpha'),
      rho: vega * inParameter('rho'),
      nu: vega * inParameter('nu'),
    },
    perTime: root > 0 ? (at.perDeviation * volatility) / (2 * root) + vega * inTime : 0,
    volatility,
  });
}
