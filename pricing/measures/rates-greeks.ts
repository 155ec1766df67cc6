/** The Greeks that every rates product answers: by node, by quote, and in parallel, per basis point. */
import type { Greek, Result } from '../contract';
import { success } from '../contract';
import { parJacobian, quoteSensitivity } from '../curves/par-jacobian';
import type { CurveValue } from '../models/curve-value';
import type { RatesMarket } from './rates-market';

export const basisPoint = 1e-4;

/** A value as a function of a parallel shift of all zero rates, with its exact slope. */
export type Shifted = (shift: number) => CurveValue;

/** Step of the central difference that gamma takes of the exact slope. */
const gammaStep = 1e-5;

/**
 * DV01 and gamma in parallel, deltas by zero rate (`zero-delta CURVE NODE`) and, where the market keeps its curve set, by
 * quote (`par-delta QUOTE`). First orders are analytic; gamma is a central difference of the analytic slope, step 0.1 bp.
 */
export function rateGreeks(shifted: Shifted, market: RatesMarket): Result<Readonly<Record<string, Greek>>> {
  const here = shifted(0);
  const slope = (shifted(gammaStep).parallel - shifted(-gammaStep).parallel) / (2 * gammaStep);
  const greeks: Record<string, Greek> = {
    dv01: {
      value: here.parallel * basisPoint,
      convention: 'change of value per +1 bp in every continuously compounded zero rate, analytic',
    },
    gamma: {
      value: slope * basisPoint * basisPoint,
      convention:
        'change of dv01 per +1 bp in every zero rate, central difference of the analytic slope, step 0.1 bp',
    },
  };
  for (const [name, gradient] of here.byCurve) {
    const labels = market.curves.get(name)?.labels ?? [];
    for (let node = 0; node < gradient.length; node += 1) {
      greeks[`zero-delta ${name} ${labels[node] ?? node}`] = {
        value: gradient[node]! * basisPoint,
        convention: 'change of value per +1 bp in the zero rate of the node, analytic',
      };
    }
  }
  if (!market.set) return success(greeks);
  const jacobian = parJacobian(market.set);
  if (!jacobian.ok) return jacobian;
  quoteSensitivity(jacobian.value, here.byCurve).forEach((value, quote) => {
    greeks[`par-delta ${jacobian.value.quoteNames[quote]!}`] = {
      value: value * basisPoint,
      convention: 'change of value per +0.0001 in the quote, all curves rebuilt, analytic',
    };
  });
  return success(greeks);
}
