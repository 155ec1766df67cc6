/** Values lists of flows: the common part of deposits, forwards, swaps and bonds. */
import { formatDay } from '../calendars/date';
import { type ExplainStep, type PricingContext, type Result, success, type Valuation } from '../contract';
import type { CurveTerm } from '../curves/term';
import { type CurveValue, composed, valueTerms } from '../models/curve-value';
import type { Flow } from '../products/flow';
import { fxGreeks } from './fx-greeks';
import { rateGreeks } from './rates-greeks';
import { boundTerms, curveNamed, fxToday, type RatesMarket, valuationDay } from './rates-market';

export interface FlowValue {
  readonly value: CurveValue;
  readonly shifted: (shift: number) => CurveValue;
  readonly terms: readonly CurveTerm[];
}

export const marketLookup = (market: RatesMarket) => (name: string) => {
  const curve = curveNamed(market, name);
  // Terms are bound to curves that the market was asked for before.
  if (!curve.ok) throw new Error(curve.message);
  return curve.value;
};

/** Worth in a reporting currency of the flows that pay after the valuation day. */
export function valueFlows(
  flows: readonly Flow[],
  {
    market,
    context,
    currency,
  }: { readonly market: RatesMarket; readonly context: PricingContext; readonly currency: string },
): Result<FlowValue> {
  const today = valuationDay(context);
  const parts: { readonly rate: number; readonly terms: readonly CurveTerm[] }[] = [];
  for (const own of new Set(flows.map((flow) => flow.currency))) {
    const terms = boundTerms(
      flows.filter((flow) => flow.currency === own),
      market,
      today,
    );
    if (!terms.ok) return terms;
    const rate = fxToday(market, own, currency);
    if (!rate.ok) return rate;
    parts.push({ rate: rate.value, terms: terms.value });
  }
  const shifted = (shift: number): CurveValue => {
    const values = parts.map(
      ({ rate, terms }) => [valueTerms(terms, { curve: marketLookup(market), shift }), rate] as const,
    );
    return composed(
      values.reduce((sum, [part, rate]) => sum + part.value * rate, 0),
      values,
    );
  };
  return success({ value: shifted(0), shifted, terms: parts.flatMap(({ terms }) => terms) });
}

/** Explanations name at most this many flows; a longer product says how many were left out. */
const explainLimit = 200;

/** Each flow still to come: its amount as forecast and its discount factor. */
export function explainFlows(
  flows: readonly Flow[],
  market: RatesMarket,
  context: PricingContext,
): Result<readonly ExplainStep[]> {
  const today = valuationDay(context);
  const steps: ExplainStep[] = [];
  const open = flows.filter((flow) => flow.pay > today);
  for (const flow of open.slice(0, explainLimit)) {
    const terms = boundTerms([flow], market, today);
    if (!terms.ok) return terms;
    const undiscounted = terms.value.map(({ discount: _discount, ...rest }) => rest);
    const discount = terms.value[0]?.discount;
    const label = `${flow.type} ${flow.currency} ${formatDay(flow.pay)}`;
    steps.push({
      name: `${label} amount`,
      value: valueTerms(undiscounted, { curve: marketLookup(market) }).value,
    });
    if (discount)
      steps.push({
        name: `${label} discount factor`,
        value: marketLookup(market)(discount.curve).discountOn(discount.day),
      });
  }
  if (open.length > explainLimit) steps.push({ name: 'flows not listed', value: open.length - explainLimit });
  return success(steps);
}

const worthOf = (valued: Result<FlowValue>): Result<number> =>
  valued.ok ? success(valued.value.value.value) : valued;

/** The whole answer for a product that is nothing but its flows. */
export function valuationOfFlows(
  flows: readonly Flow[],
  input: {
    readonly market: RatesMarket;
    readonly context: PricingContext;
    readonly currency: string;
    readonly more?: readonly ExplainStep[];
  },
): Result<Valuation> {
  const { market, context, currency, more = [] } = input;
  const valued = valueFlows(flows, input);
  if (!valued.ok) return valued;
  const greeks = rateGreeks(valued.value.shifted, market);
  if (!greeks.ok) return greeks;
  const foreign = flows.some((flow) => flow.currency !== currency || flow.reset !== undefined);
  const onFx = foreign
    ? fxGreeks((moved) => worthOf(valueFlows(flows, { ...input, market: moved })), market)
    : success({});
  if (!onFx.ok) return onFx;
  const explained = explainFlows(flows, market, context);
  if (!explained.ok) return explained;
  return success({
    value: valued.value.value.value,
    greeks: { ...greeks.value, ...onFx.value },
    explain: [
      { name: 'snapshot', value: context.snapshot },
      { name: 'valuation date', value: formatDay(valuationDay(context)) },
      { name: 'currency', value: currency },
      ...explained.value,
      ...more,
      { name: 'value', value: valued.value.value.value, source: 'sum of amount · discount factor · FX rate' },
    ],
  });
}
