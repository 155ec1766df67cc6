/** Finds the schema that a row names, and reads products and models by it. */
import type { ExplainStep, Failure, Result } from '../contract';
import type { GreekUnits } from '../measures/greek-units';
import type { Kinded } from '../registry';
import { type FieldFault, type PlainRow, RowReader } from './fields';
import { readGreekUnits } from './greek-units';
import { guarded } from './guarded';
import type { ReadContext, RequestSchemas, RowSchema } from './schema';

/** Without a value there are faults. */
export interface ReadRow {
  readonly value: Kinded | undefined;
  readonly faults: readonly FieldFault[];
  /** What reading worked out, for the explanation. */
  readonly notes: readonly ExplainStep[];
  /** Units of Greeks that a product row asks for. */
  readonly units: GreekUnits | undefined;
}

const kebab = (field: string): string => field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/**
 * A failure as a fault of a row: of the field that the rule or the message begins with, where the row has it; else of the
 * row as a whole.
 */
export function faultOf({ reason, message }: Failure, row: PlainRow): FieldFault {
  const fields = Object.keys(row);
  const ruled = fields.find(
    (field) => reason.startsWith(`${kebab(field)}-`) || reason.startsWith(`${field}-`),
  );
  const first = /^[A-Za-z]+(?= )/.exec(message)?.[0] ?? '';
  return { field: ruled ?? (fields.includes(first) ? first : ''), reason, message };
}

/** Reasons for which reading stopped before the row's end. */
const brokeOff = new Set(['calendar-must-cover-the-year', 'row-must-be-priceable']);

const refused = (...faults: readonly FieldFault[]): ReadRow => ({
  value: undefined,
  faults,
  notes: [],
  units: undefined,
});

export function readRow(
  row: PlainRow,
  key: 'product' | 'model',
  schemas: readonly RowSchema[],
  context: ReadContext,
): ReadRow {
  const reader = new RowReader(row);
  const name = reader.text(key);
  const schema = schemas.find((one) => one.name === name);
  if (!schema) {
    if (name === '') return refused(...reader.faults);
    const known = schemas.map((one) => one.name).join(', ');
    const message = `${key} is "${name}": there are ${known}`;
    return refused({ field: key, reason: `${key}-must-be-known`, message });
  }
  if (key === 'product') reader.ignore('id', 'model');
  const units = key === 'product' ? readGreekUnits(reader) : undefined;
  const result: Result<Kinded> = guarded(() => schema.read(reader, context));
  // What broke off left fields unread.
  if (!result.ok && brokeOff.has(result.reason)) return refused(faultOf(result, row));
  reader.finish();
  if (reader.faults.length > 0) return refused(...reader.faults);
  if (!result.ok) return refused(faultOf(result, row));
  return { value: result.value, faults: [], notes: reader.notes, units };
}

const under = (where: string, read: ReadRow): ReadRow => ({
  ...read,
  faults: read.faults.map((f) => ({ ...f, field: f.field === '' ? where : `${where} ${f.field}` })),
});

/** A model that stands in the row itself; in a CSV cell it is JSON text. */
function inlineModel(given: unknown): PlainRow | undefined {
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given as PlainRow;
  if (typeof given !== 'string' || !given.trim().startsWith('{')) return undefined;
  try {
    return JSON.parse(given) as PlainRow;
  } catch {
    return undefined;
  }
}

/** The model that a row names or holds; models by name are read once. */
export function modelReader(
  models: Readonly<Record<string, PlainRow>>,
  schemas: RequestSchemas,
  context: ReadContext,
): (row: PlainRow) => ReadRow {
  const byName = new Map<string, ReadRow>();
  return (row) => {
    const given = row['model'];
    const inline = inlineModel(given);
    if (inline) return under('model', readRow(inline, 'model', schemas.models, context));
    const name = typeof given === 'string' ? given : '';
    const found = byName.get(name);
    if (found) return found;
    const plain = Object.hasOwn(models, name) ? models[name] : undefined;
    const names = Object.keys(models).join(', ') || 'none';
    const message = `model is "${name}": the request has ${names}`;
    const read = plain
      ? under(`model "${name}"`, readRow(plain, 'model', schemas.models, context))
      : refused({ field: 'model', reason: 'model-must-be-given', message });
    byName.set(name, read);
    return read;
  };
}
