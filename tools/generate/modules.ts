/** All files that follow from the schemas, as text by path relative to the root of the repository. */
import { addColumns } from './columns-source';
import { frameSchema, writtenSchema } from './frame-schema';
import type { RecordModel } from './model';
import { kebab, moduleOf } from './naming';
import { addNumbered } from './numbered-source';
import { addRows } from './rows-source';
import { addEnums, literal, ModuleText } from './source-text';

export type Files = ReadonlyMap<string, string>;

export function generatedFiles(records: readonly RecordModel[]): Files {
  const files = new Map<string, string>();
  for (const record of records) {
    files.set(`schemas/generated/${moduleOf(record)}.ts`, moduleText(record, records));
    if (record.form === 'columns')
      files.set(
        `schemas/generated/frames/${kebab(record.name)}.avsc`,
        `${JSON.stringify(frameSchema(record), undefined, 2)}\n`,
      );
  }
  return files;
}

function moduleText(record: RecordModel, all: readonly RecordModel[]): string {
  const module = new ModuleText();
  const schema = literal(writtenSchema(record));
  addEnums(module, record, all);
  if (record.form === 'columns') addColumns(module, record, schema);
  else if (record.form === 'table-numbered') addNumbered(module, record, schema);
  else addRows(module, record, schema);
  return `// Generated from schemas/${record.file} by \`npm run generate\`. Change the schema, not this file.\n${String(module)}`;
}
