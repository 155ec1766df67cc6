/** In what a table differs from its declaration, and what it takes to bring it there. */
import type { ClickhouseSink } from './clickhouse';
import { addColumn, columnClause, DATABASE, partitionExpression, placeColumns } from './create-table';
import type { Migration } from './migration';
import { sqlName } from './sql-text';
import { type TableColumn, tableColumns } from './table-columns';

export interface ExistingTable {
  readonly sortingKey: string;
  readonly partitionKey: string;
  readonly columns: ReadonlyMap<string, { readonly type: string; readonly comment: string }>;
}

export interface TableDifference {
  /** What its rows could not be kept with, a sentence each. */
  readonly lost: readonly string[];
  /** What asks for another table with the same rows. */
  readonly copied: readonly string[];
  /** What the engine changes in place. */
  readonly altered: readonly Migration[];
}

export function differenceOf(sink: ClickhouseSink, existing: ExistingTable): TableDifference {
  const declared = tableColumns(sink.from, sink.manyValued);
  const expected = new Set([...declared, ...placeColumns].map(({ name }) => name));
  const lost = [...existing.columns.keys()]
    .filter((name) => !expected.has(name))
    .map((name) => `column "${name}" is not declared any more.`);
  const copied: string[] = [];
  const altered: Migration[] = [];
  const sortingKey = sink.orderBy.join(', ');
  if (existing.sortingKey !== sortingKey)
    copied.push(`sorted by (${existing.sortingKey}), declared by (${sortingKey}).`);
  const partitionKey = partitionExpression(sink);
  if (existing.partitionKey !== partitionKey)
    copied.push(`cut by (${existing.partitionKey}), declared by (${partitionKey}).`);
  for (const column of declared) compareColumn(sink, column, existing, { lost, copied, altered });
  return { lost, copied, altered };
}

function compareColumn(
  { table, orderBy }: ClickhouseSink,
  column: TableColumn,
  { columns }: ExistingTable,
  to: { readonly lost: string[]; readonly copied: string[]; readonly altered: Migration[] },
): void {
  const { name, type, comment, fallback } = column;
  const found = columns.get(name);
  if (!found) {
    if (fallback === undefined)
      to.lost.push(`column "${name}" is new and has no default for the rows there are.`);
    else to.altered.push({ object: table, statement: addColumn(table, column) });
    return;
  }
  if (found.type === type && found.comment === comment) return;
  const difference = `column "${name}" is ${found.type}, declared as ${type}.`;
  if (found.type !== type && !isWider(found.type, type)) to.lost.push(difference);
  // The engine changes no type of what it sorts by.
  else if (found.type !== type && orderBy.includes(name)) to.copied.push(difference);
  else
    to.altered.push({
      object: table,
      statement: `ALTER TABLE ${DATABASE}.${sqlName(table)} MODIFY COLUMN ${columnClause(column)}`,
    });
}

/** Whether every value of one type is one of the other: more names, more digits before the point, longer integers. */
function isWider(found: string, declared: string): boolean {
  const [from, to] = [found, declared].map((type) => /^Decimal\((\d+), (\d+)\)$/.exec(type));
  if (from && to) return from[2] === to[2] && Number(from[1]) < Number(to[1]);
  if (found.startsWith('Enum8(')) return declared.startsWith(`${found.slice(0, -1)}, `);
  if (found === 'Int32') return declared === 'Int64';
  return bare(found) === bare(declared);
}

/** The same texts, however they are stored. */
const bare = (type: string): string => (type === 'LowCardinality(String)' ? 'String' : type);
