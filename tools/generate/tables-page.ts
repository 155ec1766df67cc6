/** Writes docs/TABLES.md: every table, rollup and view in ClickHouse, and what to ask of them. */
import type { ClickhouseSink } from '../../sinks/clickhouse/clickhouse';
import { partitionExpression, placeColumns, tableComment } from '../../sinks/clickhouse/create-table';
import type { ExampleQuery } from '../../sinks/clickhouse/example-queries';
import type { Latest } from '../../sinks/clickhouse/latest';
import type { Rollup } from '../../sinks/clickhouse/rollup';
import { tableColumns } from '../../sinks/clickhouse/table-columns';
import type { TableCatalogue } from '../../sinks/clickhouse/tables';
import type { View } from '../../sinks/clickhouse/view';

export const TABLES_PAGE = 'docs/TABLES.md';

const READING = `# Tables

Generated from the declarations in \`sinks/clickhouse/\` by \`npm run generate\`: change those, not this page.

All of it is in the database \`breakwater\`; \`npx breakwater query "SELECT …"\` asks there. Columns and tables carry the same
comments in ClickHouse itself.

## How to read them

- **A table is its topic**: one row for each record committed, once, whatever failed in between. Its last three columns say
  where the record stands: \`_partition\`, \`_offset\`, \`_index\`. Rows come half a second or so after they were committed,
  and stay as long as the configuration says, for ever unless it does: tables keep what topics let go of.
- **Histories and what holds now**: the table of a state topic keeps every state there was; \`…_latest\` is a table of
  its own of the last of each key, sorted by key.
- **As known and as corrected**: \`time\` is when something happened, \`knownAt\` when the system knew. What is restated adds rows
  and rewrites none, so \`knownAt <= T\` gives the answer that was right at T, whatever came later; from the fills themselves comes
  what is right today for T. Both are among the questions below.
- **Names**: tables hold the numbers that records carry. \`…_named\` shows the names beside them (\`account\` and
  \`accountName\`), of what holds now for states and of every record for events.
- **Exact numbers**: \`Decimal\` columns are exact, and wide enough for a quantity times a price; of three factors widen
  one (\`toDecimal256(quantity, 9) * price * multiplier\`), or the engine refuses. Doubles are estimates: marks, P&L, sizes of the market.
- **Missing is NaN**, and never zero: leave it out with \`NOT isNaN(x)\`; \`avg\` and \`sum\` over it are NaN. JSON formats write it
  as \`null\`.
- **Time** is UTC, to the microsecond. Partitions follow it: a condition on \`time\` reads the days or months it needs.`;

export function tablesPage(catalogue: TableCatalogue, examples: readonly ExampleQuery[]): string {
  return [
    READING,
    `## Questions\n\n${examples.map(exampleText).join('\n\n')}`,
    overview(catalogue),
    ...catalogue.sinks.map(tableSection),
    ...catalogue.rollups.map(rollupSection),
    latestSection(catalogue.latests),
    viewsSection(catalogue.views),
  ]
    .join('\n\n')
    .concat('\n');
}

const exampleText = ({ question, sql }: ExampleQuery): string => `${question}\n\n\`\`\`sql\n${sql}\n\`\`\``;

function overview({ sinks, rollups }: TableCatalogue): string {
  const rows = [
    ...sinks.map((sink) => [
      link(sink.table),
      `topic ${sink.from.name}`,
      sink.orderBy.join(', '),
      cutBy(sink),
    ]),
    ...rollups.map((rollup) => [
      link(rollup.name),
      `rollup of ${rollup.from.table}`,
      rollup.key.map(({ name }) => name).join(', '),
      cutBy(rollup.from),
    ]),
  ];
  return `## All tables\n\n${markdown(['Table', 'Holds', 'Sorted by', 'Cut by'], rows)}`;
}

const cutBy = ({ partitionBy }: ClickhouseSink): string => (partitionBy === 'none' ? '–' : partitionBy);
const link = (name: string): string => `[${name}](#${name})`;

function tableSection(sink: ClickhouseSink): string {
  const columns = [...tableColumns(sink.from, sink.manyValued), ...placeColumns];
  return [
    `## ${sink.table}`,
    tableComment(sink),
    `Sorted by \`${sink.orderBy.join(', ')}\`, cut by \`${partitionExpression(sink)}\`.`,
    markdown(
      ['Column', 'Type', 'What it says'],
      columns.map(({ name, type, comment }) => [`\`${name}\``, `\`${type}\``, comment]),
    ),
  ].join('\n\n');
}

function rollupSection(rollup: Rollup): string {
  const columns = tableColumns(rollup.from.from, rollup.from.manyValued);
  const values = columns.filter(({ name }) => rollup.last.includes(name));
  return [
    `## ${rollup.name}`,
    `${rollup.doc} Filled as rows come into ${rollup.from.table}, compared with it, and made anew from it where they differ (\`breakwater check --repair\`).`,
    markdown(
      ['Column', 'Type', 'What it says'],
      [
        ...rollup.key.map(({ name, type, comment }) => [`\`${name}\``, `\`${type}\``, comment]),
        ...values.map(({ name, type, comment }) => [`\`${name}\``, `\`${type}\``, comment]),
        ['`records`', '`UInt64`', 'Records that the line was made of.'],
      ],
    ),
  ].join('\n\n');
}

function latestSection(latests: readonly Latest[]): string {
  const rows = latests.map(({ name, doc, from }) => [
    `\`${name}\``,
    doc,
    from.from.key.join(', '),
    `as [${from.table}](#${from.table})`,
  ]);
  return `## What holds now\n\nA table of its own for each state, filled as rows come, sorted by key and kept to the last record of each key; compared with its history, and made anew from it where they differ.\n\n${markdown(['Table', 'What it shows', 'Sorted by', 'Columns'], rows)}`;
}

function viewsSection(views: readonly View[]): string {
  const rows = views.map(({ name, doc }) => [`\`${name}\``, doc]);
  return `## Views\n\n${markdown(['View', 'What it shows'], rows)}`;
}

const cell = (text: string): string => text.replace(/\|/g, '\\|');

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
