/** What a request may say, as lines: products, models, units of Greeks, and the parts that rows are made of. */
import { greekUnitFields, greekUnitNames } from '../../pricing/request/greek-units';
import { instrumentMeanings } from '../../pricing/request/instrument-fields';
import { partMeanings } from '../../pricing/request/part-fields';
import type { RowSchema } from '../../pricing/request/schema';
import { standardModels } from '../../pricing/request/standard-models';
import { standardProducts } from '../../pricing/request/standard-products';

type Meaning = Pick<RowSchema, 'about' | 'fields'>;

const lines = (kind: string, name: string, { about, fields }: Meaning, json: boolean): readonly string[] =>
  json
    ? [JSON.stringify({ kind, name, about, fields })]
    : [
        `${kind} ${name}: ${about}`,
        ...Object.entries(fields).map(([field, meaning]) => `  ${field}: ${meaning}`),
      ];

export function schemaLines(json: boolean): readonly string[] {
  const of = (kind: string, meanings: Readonly<Record<string, Meaning>>): readonly string[] =>
    Object.entries(meanings).flatMap(([name, meaning]) => lines(kind, name, meaning, json));
  const schemas = (list: readonly RowSchema[]) => Object.fromEntries(list.map((one) => [one.name, one]));
  const about = `a field of any product row: ${greekUnitNames.join(', ')}, or an object of these`;
  return [
    ...of('product', schemas(standardProducts)),
    ...of('model', schemas(standardModels)),
    ...of('units', { greeks: { about, fields: greekUnitFields } }),
    ...of('part', partMeanings),
    ...of('instrument', instrumentMeanings),
  ];
}
