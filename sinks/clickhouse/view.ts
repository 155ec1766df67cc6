/** Views for people: names beside numbers, and of a history of states what holds now. */
import type { Topic } from '../../runtime/stream/topic';
import type { ClickhouseSink } from './clickhouse';
import { DATABASE } from './create-table';
import { sqlName, sqlText } from './sql-text';

export interface View {
  readonly name: string;
  readonly doc: string;
  readonly select: string;
}

export const createView = ({ name, doc, select }: View): string =>
  `CREATE OR REPLACE VIEW ${DATABASE}.${sqlName(name)}\nAS ${select}\nCOMMENT ${sqlText(doc)}`;

/** What holds now of a state, or every record of an event, with the names of its numbers in front. */
export function namedView(sink: ClickhouseSink): View {
  const { from, table } = sink;
  const source = from.kind === 'state' ? `${table}_latest` : table;
  return {
    name: `${table}_named`,
    doc: `${from.kind === 'state' ? `What holds now of topic ${from.name}` : `Every record of topic ${from.name}`}, with names for its numbers.`,
    select: withNames(from, `${DATABASE}.${source}`),
  };
}

/** All columns of a source, and beside each number its name. A number without a name shows as an empty text. */
export function withNames({ numbers }: Pick<Topic, 'numbers'>, source: string): string {
  const domains = Object.entries(numbers);
  const shown = domains.map(([field]) => `${field}_names.name AS ${field}Name`);
  const joins = domains.map(
    ([field, domain]) =>
      `\nLEFT JOIN (SELECT number, name FROM ${DATABASE}.names_latest WHERE domain = ${sqlText(domain)}) AS ${field}_names ON ${field}_names.number = source.${field}`,
  );
  return `SELECT ${[...shown, 'source.*'].join(', ')}\nFROM ${source} AS source${joins.join('')}`;
}
