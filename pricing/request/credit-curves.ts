/** Survival curves of a request: nodes as given, or bootstrapped from the spreads or upfronts of an entity's swaps. */
import { type Day, formatDay } from '../calendars/date';
import { bootstrapCredit, type CreditQuote, type CreditTerms } from '../calibration/cds-bootstrap';
import { conventionalQuote } from '../calibration/conventional-spread';
import { type Failure, failure, type Result, success } from '../contract';
import { curveTime, type DiscountCurve, discountCurve } from '../curves/discount-curve';
import { discountCurveFor, type RatesMarket } from '../measures/rates-market';
import type { AccrualFormula } from '../models/isda-cds';
import { type CdsBook, resolveCds } from '../products/cds';
import { readCdsConventions } from './credit-products';
import { readCdsMaturity, readDay } from './day-fields';
import type { RowReader } from './fields';

export interface CreditSetting {
  readonly market: RatesMarket;
  readonly trade: Day;
  readonly formula: AccrualFormula;
}

export interface CreditCurve {
  readonly entity: string;
  readonly survival: DiscountCurve;
  readonly quotes?: readonly CreditQuote[];
}

interface SurvivalNode {
  readonly day: Day;
  /** Cumulative hazard to the day, as −ln of the survival probability; or the rate since the node before. */
  readonly survival?: number;
  readonly hazard?: number;
}

/** Faults unless exactly one of the fields is there; answers which. */
function oneField<T extends string>(reader: RowReader, fields: readonly T[]): T | undefined {
  const given = fields.filter((field) => reader.has(field));
  if (given.length === 1) return given[0];
  const what = given.length === 0 ? 'none is given' : `${given.join(' and ')} are given`;
  reader.ignore(...fields);
  reader.fault(fields[0]!, 'field-must-be-given-once', `give one of ${fields.join(', ')}: ${what}`);
  return undefined;
}

function readNode(reader: RowReader): SurvivalNode {
  const day = readDay(reader, 'date');
  const kind = oneField(reader, ['survival', 'hazard']);
  if (kind === 'survival') return { day, survival: reader.number('survival', { above: 0, most: 1 }) };
  return { day, hazard: kind ? reader.number('hazard', { least: 0, most: 50 }) : Number.NaN };
}

/** Average hazards at the nodes; hazards are flat between them. */
function givenCurve(reader: RowReader, entity: string, trade: Day): CreditCurve | undefined {
  const nodes = reader.list('nodes', readNode);
  let [time, cumulative] = [0, 0];
  const zeros: number[] = [];
  nodes.forEach(({ day, survival, hazard }, index) => {
    const next = curveTime(trade, day);
    const reached = survival === undefined ? cumulative + hazard! * (next - time) : -Math.log(survival);
    if (next <= time)
      reader.fault(
        `nodes[${index}].date`,
        'curve-nodes-must-rise',
        `survival of "${entity}" needs nodes after the valuation, in order of date`,
      );
    else if (reached < cumulative)
      reader.fault(
        `nodes[${index}].survival`,
        'survival-must-not-rise',
        `survival of "${entity}" rises to ${survival} on ${formatDay(day)}: give a probability not above the one before`,
      );
    zeros.push(reached / next);
    [time, cumulative] = [next, reached];
  });
  if (nodes.length === 0)
    reader.fault('nodes', 'curve-must-have-nodes', `"${entity}" needs one node at least`);
  if (reader.faults.length > 0) return undefined;
  const survival = discountCurve({
    name: entity,
    reference: trade,
    times: Float64Array.from(nodes, ({ day }) => curveTime(trade, day)),
    zeros: Float64Array.from(zeros),
    interpolation: 'log-linear-discount',
    labels: nodes.map(({ day }) => formatDay(day)),
  });
  return { entity, survival };
}

const QUOTED = ['spread', 'conventionalSpread', 'upfront'] as const;
/** A quote whose field is there and empty. */
type MissingQuote = NonNullable<CreditTerms['missing']>[number];

function readQuote(
  reader: RowReader,
  book: Omit<CdsBook, 'maturity' | 'coupon'>,
  terms: CreditTerms,
): Result<CreditQuote | MissingQuote> | undefined {
  const maturity = readCdsMaturity(reader, 'maturity', terms.trade);
  const label = reader.text('maturity');
  if (QUOTED.some((field) => reader.row[field] !== undefined) && !QUOTED.some((field) => reader.has(field))) {
    reader.ignore(...QUOTED, 'coupon');
    return success({ label, maturity });
  }
  const kind = oneField(reader, QUOTED);
  const quote = kind
    ? reader.number(kind, kind === 'upfront' ? { least: -1, most: 1 } : { above: 0, most: 10 })
    : 0;
  if (!kind) reader.ignore('coupon');
  const coupon = kind === 'spread' || !kind ? quote : reader.number('coupon', { least: 0, most: 1 });
  if (reader.faults.length > 0) return undefined;
  const cds = resolveCds({ ...book, maturity: formatDay(maturity), coupon });
  if (!cds.ok) return cds;
  if (kind === 'spread') return success({ label, cds: cds.value });
  const made = { label, cds: cds.value };
  return conventionalQuote(
    kind === 'upfront' ? { ...made, upfront: quote } : { ...made, spread: quote },
    terms,
  );
}

/** One entity's curve; faults name the node or the quote. */
export function readCredit(
  reader: RowReader,
  { market, trade, formula }: CreditSetting,
): CreditCurve | undefined {
  const entity = reader.text('entity');
  if (oneField(reader, ['quotes', 'nodes']) !== 'quotes') {
    reader.ignore('currency', 'recovery');
    return reader.has('nodes') ? givenCurve(reader, entity, trade) : undefined;
  }
  const book = {
    buysProtection: true,
    currency: reader.text('currency'),
    notional: 1,
    start: formatDay(trade + 1),
    entity,
    recovery: reader.number('recovery', { least: 0, most: 0.9999 }),
    ...readCdsConventions(reader),
  };
  const discount = discountCurveFor(market, book.currency);
  if (!discount.ok) reader.fault('currency', discount.reason, discount.message);
  if (!discount.ok || reader.faults.length > 0) {
    reader.ignore('quotes');
    return undefined;
  }
  const terms = { entity, trade, discount: discount.value, formula };
  const quotes = reader.list('quotes', (inner) => {
    const made = readQuote(inner, book, terms);
    if (made && !made.ok) inner.fault('maturity', made.reason, made.message);
    return made?.ok ? made.value : undefined;
  });
  const found = quotes.flatMap((quote) => (quote && 'cds' in quote ? [quote] : []));
  const missing = quotes.flatMap((quote) => (quote && !('cds' in quote) ? [quote] : []));
  if (reader.faults.length > 0) return undefined;
  for (const { label } of missing)
    reader.note({ name: `node ${entity} ${label}`, value: 'left out: its quote is missing' });
  const survival = bootstrapCredit(found, { ...terms, missing });
  const fault = survival.ok ? risingFault(survival.value) : survival;
  if (survival.ok && !fault) return { entity, survival: survival.value, quotes: found };
  if (fault) reader.fault('quotes', fault.reason, fault.message);
  return undefined;
}

/** Quotes that fall too fast need a survival that rises: each swap then fits its quote, and the curve makes no sense. */
function risingFault({ name, times, zeros, labels }: DiscountCurve): Failure | undefined {
  const node = times.findIndex(
    (time, index) => index > 0 && zeros[index]! * time < zeros[index - 1]! * times[index - 1]!,
  );
  if (node < 0) return undefined;
  return failure(
    'survival-must-not-rise',
    `${name}: the quote "${labels[node]}" lies so far below "${labels[node - 1]}" that survival would rise between them. Check both.`,
  );
}
