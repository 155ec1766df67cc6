/**
 * A request for prices as plain values: rows of products, models by name, one valuation time; answers as plain rows.
 *
 * Parsing of JSON, NDJSON or CSV text is the caller's; a row here is an object whose values may be text. Every fault
 * names its row and field; a row that cannot be priced does not stop the others.
 */
import { type PricingContext, success } from './contract';
import { greeksIn } from './measures/greek-units';
import type { PricerRegistry } from './registry';
import { type FieldFault, type PlainRow, RowReader } from './request/fields';
import { deltaSetting, readGreekUnits, yearsOf } from './request/greek-units';
import { guarded } from './request/guarded';
import { marketsOf } from './request/named-markets';
import { faultOf, modelReader, readRow } from './request/read-row';
import { type RowLife, rowLife } from './request/row-life';
import type { RequestSchemas } from './request/schema';

export interface PriceRequest {
  readonly context: PricingContext;
  /** Models by the name that rows use. */
  readonly models: Readonly<Record<string, PlainRow>>;
  /** Markets of curves, by the name that models use. */
  readonly markets?: Readonly<Record<string, PlainRow>>;
  /** Rows of products; each names its `product` and its `model`, and may have an `id`. */
  readonly products: readonly PlainRow[];
  /** Units of Greeks where a row does not ask for others: a set by name, or an object of choices. */
  readonly greeks?: unknown;
}

export interface PricedRow extends RowLife {
  /** From 1, as people count lines. */
  readonly row: number;
  readonly id: string;
  readonly product: string;
  readonly model: string;
  readonly value: number;
  readonly error?: number;
  readonly greeks: Readonly<Record<string, { readonly value: number; readonly convention: string }>>;
  /** Greeks that the formula has no value of here, each with the reason. */
  readonly missing?: Readonly<Record<string, string>>;
  readonly explain: readonly {
    readonly name: string;
    readonly value: number | string;
    readonly source?: string;
  }[];
}

export interface FailedRow {
  readonly row: number;
  readonly id: string;
  readonly failures: readonly FieldFault[];
}

export type AnsweredRow = PricedRow | FailedRow;

export const isFailed = (row: AnsweredRow): row is FailedRow => 'failures' in row;

/** At most this many rows in one request; a longer file is split by the caller. */
export const ROWS_MAX = 1_000_000;

/** One answer per row, in order. Throws a RangeError beyond `ROWS_MAX`. */
export function priceRequest(
  request: PriceRequest,
  schemas: RequestSchemas,
  registry: PricerRegistry,
): readonly AnsweredRow[] {
  if (request.products.length > ROWS_MAX) {
    throw new RangeError(`a request has at most ${ROWS_MAX} rows, this one ${request.products.length}`);
  }
  const context = marketsOf(request.markets ?? {}, request.context);
  const modelOf = modelReader(request.models, schemas, context);
  const asked = new RowReader({ greeks: request.greeks }, 'request ');
  const usual = readGreekUnits(asked);
  const answer = (plain: PlainRow, { row, id }: RowName): AnsweredRow => {
    const product = readRow(plain, 'product', schemas.products, context);
    const model = modelOf(plain);
    const failures = [...asked.faults, ...product.faults, ...model.faults];
    if (!product.value || !model.value || failures.length > 0) return { row, id, failures };
    const result = registry.price(product.value, model.value, request.context);
    if (!result.ok) return { row, id, failures: [faultOf(result, plain)] };
    const { value, greeks } = result.value;
    const setting = deltaSetting(product.value, model.value);
    const time = yearsOf(product.value);
    const units = usual || product.units ? { ...usual, ...product.units } : undefined;
    return {
      row,
      id,
      product: String(plain['product']),
      model: model.value.kind,
      ...result.value,
      ...rowLife(product.value, model.value, request.context),
      ...presentGreeks(units ? greeksIn(greeks, units, { value, setting, time }) : greeks),
      explain: [...model.notes, ...product.notes, ...result.value.explain],
    };
  };
  return request.products.map((plain, i) => {
    const name = nameOf(plain, i + 1);
    const answered = guarded(() => success(answer(plain, name)));
    return answered.ok ? answered.value : { ...name, failures: [faultOf(answered, plain)] };
  });
}

interface RowName {
  readonly row: number;
  readonly id: string;
}

function nameOf(plain: PlainRow, row: number): RowName {
  const given = plain['id'];
  return { row, id: given === undefined || given === null || given === '' ? String(row) : String(given) };
}

/** Greeks that have a value, and why the others have none: a Greek that is no number is not shown as one. */
function presentGreeks(greeks: PricedRow['greeks']): Pick<PricedRow, 'greeks' | 'missing'> {
  const named = Object.entries(greeks);
  const absent = named.filter(([, { value }]) => !Number.isFinite(value));
  if (absent.length === 0) return { greeks };
  return {
    greeks: Object.fromEntries(named.filter(([, { value }]) => Number.isFinite(value))),
    missing: Object.fromEntries(absent.map(([name]) => [name, 'greek-must-be-finite'])),
  };
}
