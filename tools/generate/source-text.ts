/** Pieces of source text that all generated modules share. */
import type { EnumModel, FieldModel, FieldType, Json, RecordModel } from './model';
import { SchemaError } from './model';
import { camel, kebab, moduleOf } from './naming';

/** A module being written: its body, and the names that it has come to need. */
export class ModuleText {
  private readonly imports = new Map<string, Set<string>>();
  private readonly parts: string[] = [];

  /** `names` with a leading `type ` are imported as types. */
  need(from: string, ...names: readonly string[]): void {
    const known = this.imports.get(from) ?? new Set();
    for (const name of names) known.add(name);
    this.imports.set(from, known);
  }

  add(text: string): void {
    this.parts.push(text);
  }

  toString(): string {
    const imports = [...this.imports]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([from, names]) => {
        const sorted = [...names].sort((a, b) => (bare(a) < bare(b) ? -1 : 1));
        const types = sorted.every((name) => name.startsWith('type '));
        const list = types ? sorted.map(bare).join(', ') : sorted.join(', ');
        return `import ${types ? 'type ' : ''}{ ${list} } from '${from}';`;
      });
    return `${imports.join('\n')}\n\n${this.parts.join('\n\n')}\n`;
  }
}

const bare = (name: string): string => name.replace(/^type /, '');

/** A JSON value as one line of a string literal. */
export const literal = (value: Json): string =>
  `'${JSON.stringify(value).replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`;

export const comment = (text: string, indent = ''): string =>
  `${indent}/** ${text.replace(/\*\//g, '* /')} */`;

/** A field's doc with its unit, and what NaN or undefined mean. */
export function fieldComment({ doc, unit, nan }: FieldModel): string {
  const unitText = unit ? ` Unit: ${unit}.` : '';
  return comment(`${doc}${unitText}${nan ? ` NaN: ${nan}.` : ''}`, '  ');
}

/** Enums as constants and types; imported where another record defines them. */
export function addEnums(module: ModuleText, record: RecordModel, all: readonly RecordModel[]): void {
  const seen = new Set<string>();
  for (const { type } of record.fields) {
    const found = enumOf(type);
    if (!found || seen.has(found.fullName)) continue;
    seen.add(found.fullName);
    if (found.file === record.file) module.add(enumText(found));
    else {
      const used = usedOf(record, found);
      const owner = all.find(({ file }) => file === found.file)!;
      if (used.length > 0) module.need(`../${moduleOf(owner)}`, ...used);
    }
  }
}

/** What a module of the record uses of an enum that it does not define: columns and numbered tables hold plain integers. */
function usedOf({ form }: RecordModel, found: EnumModel): readonly string[] {
  if (form === 'table-numbered') return [];
  return form === 'columns' ? [namesOf(found)] : [`type ${found.name}`];
}

export function enumOf(type: FieldType): EnumModel | undefined {
  if (type.kind === 'enum') return type.enum;
  return type.kind === 'optional' || type.kind === 'array' ? enumOf(type.of) : undefined;
}

/** The constant that holds an enum's symbols in order. */
export const namesOf = ({ name }: EnumModel): string => `${camel(name)}Names`;

function enumText(model: EnumModel): string {
  const { name, symbols, doc } = model;
  const members = symbols.map((symbol, index) => `${symbol}: ${index}`).join(', ');
  return `${comment(doc)}
export const ${name} = { ${members} } as const;
export type ${name} = (typeof ${name})[keyof typeof ${name}];
export const ${namesOf(model)} = [${symbols.map((symbol) => `'${symbol}'`).join(', ')}] as const;`;
}

/** The number that stands for a default in a column. */
export function defaultNumber(record: RecordModel, field: FieldModel): number | undefined {
  const { type, nan } = field;
  if (field.default === undefined) return nan === undefined ? undefined : Number.NaN;
  if (type.kind !== 'enum') return Number(field.default);
  const index = type.enum.symbols.indexOf(String(field.default));
  if (index < 0)
    throw new SchemaError(
      `schemas/${record.file}: the default of "${field.name}" is no symbol of ${kebab(type.enum.name)}`,
    );
  return index;
}
