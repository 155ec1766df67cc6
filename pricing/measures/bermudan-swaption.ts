/** Bermudan swaptions under Hull and White's model, with the discretisation error and deltas of the exercise strategy. */
import { formatDay } from '../calendars/date';
import { failure, type Greek, type Pricer, type Result, success } from '../contract';
import {
  type BermudanValue,
  bermudanValue,
  type ExerciseDate,
  type RollbackSettings,
} from '../models/bermudan-rollback';
import { type CurveValue, composed, valueTerms } from '../models/curve-value';
import type { HullWhiteParameters } from '../models/hull-white';
import type { Flow } from '../products/flow';
import type { BermudanSwaption } from '../products/swaption';
import { marketLookup } from './flow-valuation';
import { perVolatility } from './greek-unit';
import { checkedHullWhite, type HullWhiteModel } from './hull-white';
import { rateGreeks } from './rates-greeks';
import { valuationDay } from './rates-market';
import { type SwapClaim, swapClaims } from './swap-claims';

interface DatedClaims {
  readonly time: number;
  readonly claims: readonly SwapClaim[];
}

/** What each exercise date brings: the coupons of periods that start on or after it. */
function exercises(
  swaption: BermudanSwaption,
  model: HullWhiteModel,
  today: number,
): Result<readonly DatedClaims[]> {
  const flows: readonly Flow[] = [...swaption.fixed.flows, ...swaption.floating.flows];
  const dated: DatedClaims[] = [];
  for (const day of swaption.exercises) {
    if (day <= today) continue;
    const open = flows.filter(
      (flow) => (flow.type === 'fixed' ? (flow.start ?? flow.pay) : flow.start) >= day,
    );
    const claims = swapClaims(open, { market: model.market, today });
    if (!claims.ok) return claims;
    dated.push({ time: (day - today) / 365, claims: claims.value });
  }
  return success(dated);
}

/** Knots of the grid; the half grid gives the stated error. */
const knots = 193;

export const bermudanSwaptionPricer: Pricer<BermudanSwaption, HullWhiteModel> = {
  product: 'bermudan-swaption',
  model: 'hull-white',
  price: (swaption, model, context) => {
    const sound = checkedHullWhite(model);
    if (!sound.ok) return sound;
    if (!(model.volatility > 0)) {
      return failure(
        'volatility-must-be-positive',
        'a Bermudan swaption needs a volatility above zero. Value the swap instead.',
      );
    }
    const today = valuationDay(context);
    const dated = exercises(swaption, model, today);
    if (!dated.ok) return dated;
    if (dated.value.length === 0) {
      return failure('expired', `no exercise date is after ${formatDay(today)}. Book the swap or its lapse.`);
    }
    const curve = marketLookup(model.market);
    const claimsAt = (shift: number): readonly (readonly CurveValue[])[] =>
      dated.value.map(({ claims }) => claims.map(({ terms }) => valueTerms(terms, { curve, shift })));
    const rolled = (
      values: readonly (readonly CurveValue[])[],
      parameters: HullWhiteParameters,
      settings: RollbackSettings,
    ): BermudanValue => {
      const dates = dated.value.map(
        ({ time, claims }, place): ExerciseDate => ({
          time,
          claims: claims.map(({ day }, claim) => ({
            value: values[place]![claim]!.value,
            time: (day - today) / 365,
          })),
        }),
      );
      return bermudanValue(dates, parameters, settings);
    };
    const { side } = swaption;
    const at = (shift: number): CurveValue => {
      const values = claimsAt(shift);
      const { value, weights } = rolled(values, model, { knots });
      // The strategy is the best one: to first order its own change is worth nothing.
      return composed(
        side * value,
        values.flatMap((claims, place) =>
          claims.map((claim, index) => [claim, side * weights[place]![index]!] as const),
        ),
      );
    };
    const greeks = rateGreeks(at, model.market);
    if (!greeks.ok) return greeks;
    const values = claimsAt(0);
    const fine = rolled(values, model, { knots });
    const error =
      Math.abs(fine.value - rolled(values, model, { knots: (knots + 1) / 2, weights: false }).value) +
      Math.abs(fine.mismatch);
    const vega = vegaOf(
      (volatility) => rolled(values, { ...model, volatility }, { knots, weights: false }).value,
      model.volatility,
      side,
    );
    return success({
      value: side * fine.value,
      error,
      greeks: { ...greeks.value, vega },
      explain: [
        { name: 'snapshot', value: context.snapshot },
        ...dated.value.map(({ time }, place) => ({
          name: `exercise ${place + 1} at ${time.toFixed(4)} years: factor boundary`,
          value: fine.boundaries[place]!,
        })),
        {
          name: 'forward less backward value',
          value: fine.mismatch,
          source: 'density pass against roll-back',
        },
        {
          name: 'value',
          value: side * fine.value,
          source: 'Gaussian roll-back of Hull–White, quadrature split at the exercise boundary',
        },
      ],
    });
  },
};

function vegaOf(value: (volatility: number) => number, volatility: number, side: number): Greek {
  const step = 1e-3 * volatility;
  return perVolatility(
    (side * (value(volatility + step) - value(volatility - step))) / (2 * step),
    'the short rate volatility; central difference, step a thousandth of it',
  );
}
