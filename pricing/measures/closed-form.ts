/**
 * Makes a pricer of a formula: checks the product and the model, prices, differences, explains.
 *
 * A specification names the fields of the product that are years from now, so that theta can move them all, and those
 * that must be above zero; everything else is the formula's own.
 */
import {
  type ExplainStep,
  failure,
  type Greek,
  type Pricer,
  type Result,
  success,
  type Valuation,
} from '../contract';
import type { LognormalMarket } from '../models/black';
import { datesAhead, timesOf, withTimes } from '../products/product-times';
import { withComputed } from './computed-valuation';
import { differenceGreeks, type Inputs, type Kink, type RateCorners } from './difference-greeks';
import { perDay, perYear } from './greek-unit';
import { marketSteps } from './market-steps';
import { checkModel, type OptionModel } from './option-models';

export interface ClosedForm<P extends { readonly kind: string }, M extends OptionModel> {
  readonly product: P['kind'];
  readonly model: M['kind'];
  readonly value: (product: P, model: M) => number;
  /** Where the formula is published. */
  readonly source: string;
  /** Product fields above zero. */
  readonly positive?: readonly (keyof P & string)[];
  /** Levels of the prices that no difference may cross. */
  readonly kinks?: (product: P) => readonly Kink[];
  /** Levels of spot where the value is smooth to its first derivative only. */
  readonly bends?: (product: P) => readonly number[];
  /** An average that goes on with the price as time passes: theta is then what the pricing equation says. */
  readonly averaging?: boolean;
  /** Further conditions; the first broken one refuses. */
  readonly check?: (product: P, model: M) => Result<true>;
  /** Intermediate figures worth showing besides those of the market, and the value that they lead to. */
  readonly steps?: (product: P, model: M, value: number) => readonly ExplainStep[];
  /** Stated numerical error of the value; absent where the formula is exact to doubles. */
  readonly error?: (product: P, model: M) => number;
  /** The value with an error that is computed along with it, in place of `error`. */
  readonly estimate?: (product: P, model: M) => { readonly value: number; readonly error: number };
  /** Exact Greeks; by differences when absent, or where it has none. */
  readonly greeks?: (product: P, model: M) => Readonly<Record<string, Greek>> | undefined;
  /** Levels of rate and yield that no difference may cross: the formula changes there. */
  readonly corners?: (product: P, model: M) => RateCorners;
  /** Multiplies the steps of the differences, for values from grids. */
  readonly coarseness?: number;
}

const checkProduct = <P extends { readonly kind: string }>(
  product: P,
  positive: readonly (keyof P & string)[],
): Result<true> => {
  for (const name of positive) {
    const field = product[name];
    if (!(typeof field === 'number' && field > 0))
      return failure(
        `${name}-must-be-positive`,
        `${product.kind}: ${name} is ${field}. Give one above zero.`,
      );
  }
  return datesAhead(product.kind, (product as { readonly time?: number }).time, timesOf(product));
};

const inputSteps = (label: string, values: object): readonly ExplainStep[] =>
  Object.entries(values).flatMap(([name, value]: [string, unknown]): readonly ExplainStep[] => {
    if (name === 'kind') return [];
    if (typeof value === 'number' || typeof value === 'string') return [{ name: `${label} ${name}`, value }];
    if (Array.isArray(value)) return [{ name: `${label} ${name}`, value: value.join(', ') }];
    return typeof value === 'object' && value !== null ? inputSteps(`${label} ${name}`, value) : [];
  });

const greeksBy = <P extends { readonly kind: string }, M extends OptionModel>(
  form: ClosedForm<P, M>,
  product: P,
  model: M,
): Readonly<Record<string, Greek>> => {
  const times = timesOf(product).filter((time) => time > 0);
  const greeks = differenceGreeks({
    value: (inputs, elapsed) =>
      form.value(
        // A date that is now stays behind, whichever way the difference looks.
        elapsed === 0 ? product : withTimes(product, (time) => (time > 0 ? time - elapsed : time)),
        inputs as unknown as M,
      ),
    inputs: model as unknown as Inputs,
    shortest: Math.min(...times),
    longest: Math.max(...times, 0),
    kinks: form.kinks?.(product) ?? [],
    bends: form.bends?.(product) ?? [],
    corners: form.corners?.(product, model) ?? {},
    coarseness: form.coarseness ?? 1,
  });
  return form.averaging
    ? { ...greeks, ...averagingTheta(form.value(product, model), model, greeks) }
    : greeks;
};

/** rV = θ + (r − q)SΔ + ½σ²S²Γ, in which the average has taken in what the price was while θ passed. */
const averagingTheta = (
  value: number,
  model: OptionModel,
  greeks: Readonly<Record<string, Greek>>,
): Readonly<Record<string, Greek>> => {
  const { spot, rate, dividend, volatility } = model as LognormalMarket;
  const [delta, gamma] = [greeks['delta']!.value, greeks['gamma']!.value];
  const theta = rate * value - (rate - dividend) * spot * delta - 0.5 * (volatility * spot) ** 2 * gamma;
  return { theta: perYear(theta, 'market held, the average going on'), thetaDay: perDay(theta) };
};

export const closedForm = <P extends { readonly kind: string }, M extends OptionModel>(
  form: ClosedForm<P, M>,
): Pricer<P, M> => ({
  product: form.product,
  model: form.model,
  price: (product, model, context): Result<Valuation> => {
    const checked = [checkModel(model), checkProduct(product, form.positive ?? [])].find(
      (result) => !result.ok,
    );
    if (checked && !checked.ok) return checked;
    const further = form.check?.(product, model);
    if (further && !further.ok) return further;
    const estimate = form.estimate?.(product, model);
    const value = estimate?.value ?? form.value(product, model);
    const error = estimate?.error ?? form.error?.(product, model);
    return success(
      withComputed(
        { value, ...(error !== undefined && { error }) },
        {
          greeks: () => form.greeks?.(product, model) ?? greeksBy(form, product, model),
          explain: () => [
            { name: 'market data', value: context.snapshot },
            ...inputSteps(product.kind, product),
            ...inputSteps(model.kind, model),
            ...marketSteps(model, product),
            ...(form.steps?.(product, model, value) ?? []),
            { name: 'value', value, source: form.source },
          ],
        },
      ),
    );
  },
});
