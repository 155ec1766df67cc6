/**
 * A request for prices as plain values: rows of products, models by name, one valuation time; answers as plain rows.
 *
 * Parsing of JSON, NDJSON or CSV text is the caller's; a row here is an object whose values may be text. Every fault
 * names its row and field; a row that cannot be priced does not stop the others.
 */
import type { ExplainStep, PricingContext, Result } from './contract.js';
import type { Kinded, PricerRegistry } from './registry.js';
import { type FieldFault, type PlainRow, RowReader } from './request/fields.js';
import type { RowSchema } from './request/schema.js';

export interface PriceRequest {
  readonly context: PricingContext;
  /** Models by the name that rows use. */
  readonly models: Readonly<Record<string, PlainRow>>;
  /** Rows of products; each names its `product` and its `model`, and may have an `id`. */
  readonly products: readonly PlainRow[];
}

export interface RequestSchemas {
  readonly products: readonly RowSchema[];
  readonly models: readonly RowSchema[];
}

export interface PricedRow {
  /** From 1, as people count lines. */
  readonly row: number;
  readonly id: string;
  readonly product: string;
  readonly model: string;
  readonly value: number;
  readonly error?: number;
  readonly greeks: Readonly<Record<string, { readonly value: number; readonly convention: string }>>;
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

type Read =
  | { readonly faults: readonly FieldFault[] }
  | { readonly value: Kinded; readonly notes: readonly ExplainStep[] };

/** Finds the schema that a row names, reads the row, and gathers its faults. */
function readRow(
  row: PlainRow,
  key: 'product' | 'model',
  schemas: readonly RowSchema[],
  context: PricingContext,
): Read {
  const reader = new RowReader(row);
  const name = reader.text(key);
  const schema = schemas.find((one) => one.name === name);
  if (!schema) {
    const known = schemas.map((one) => one.name).join(', ');
    const message = `${key} is "${name}": there are ${known}`;
    return {
      faults: name === '' ? reader.faults : [{ field: key, reason: `${key}-must-be-known`, message }],
    };
  }
  if (key === 'product') reader.ignore('id', 'model');
  const result: Result<Kinded> = schema.read(reader, context);
  reader.finish();
  if (reader.faults.length > 0) return { faults: reader.faults };
  return result.ok
    ? { value: result.value, notes: reader.notes }
    : { faults: [{ field: '', reason: result.reason, message: result.message }] };
}

/** The model that a row names or holds; models by name are read once. */
function modelReader(request: PriceRequest, schemas: RequestSchemas): (row: PlainRow) => Read {
  const byName = new Map<string, Read>();
  return (row) => {
    const given = row['model'];
    if (typeof given === 'object' && given !== null && !Array.isArray(given)) {
      return under('model', readRow(given as PlainRow, 'model', schemas.models, request.context));
    }
    const name = typeof given === 'string' ? given : '';
    const found = byName.get(name);
    if (found) return found;
    const plain = Object.hasOwn(request.models, name) ? request.models[name] : undefined;
    const names = Object.keys(request.models).join(', ') || 'none';
    const message = `model is "${name}": the request has ${names}`;
    const read = plain
      ? under(`model "${name}"`, readRow(plain, 'model', schemas.models, request.context))
      : { faults: [{ field: 'model', reason: 'model-must-be-given', message }] };
    byName.set(name, read);
    return read;
  };
}

const under = (where: string, read: Read): Read =>
  'value' in read
    ? read
    : { faults: read.faults.map((f) => ({ ...f, field: f.field === '' ? where : `${where} ${f.field}` })) };

/** One answer per row, in order. Throws a RangeError beyond `ROWS_MAX`. */
export function priceRequest(
  request: PriceRequest,
  schemas: RequestSchemas,
  registry: PricerRegistry,
): readonly AnsweredRow[] {
  if (request.products.length > ROWS_MAX) {
    throw new RangeError(`a request has at most ${ROWS_MAX} rows, this one ${request.products.length}`);
  }
  const modelOf = modelReader(request, schemas);
  return request.products.map((plain, i): AnsweredRow => {
    const row = i + 1;
    const given = plain['id'];
    const id = given === undefined || given === null || given === '' ? String(row) : String(given);
    const product = readRow(plain, 'product', schemas.products, request.context);
    const model = modelOf(plain);
    const faults = [
      ...('faults' in product ? product.faults : []),
      ...('faults' in model ? model.faults : []),
    ];
    if (!('value' in product && 'value' in model)) return { row, id, failures: faults };
    const result = registry.price(product.value, model.value, request.context);
    if (!result.ok)
      return { row, id, failures: [{ field: '', reason: result.reason, message: result.message }] };
    const named = { row, id, product: String(plain['product']), model: model.value.kind };
    const explain = [...model.notes, ...product.notes, ...result.value.explain];
    return { ...named, ...result.value, explain };
  });
}
