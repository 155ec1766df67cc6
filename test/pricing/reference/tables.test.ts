import { describeRow, isMatch, judgeTable } from './judge-table';
import {
  type AnyReferenceTable,
  referenceDataPresent,
  referenceFolder,
  referenceText,
} from './reference-table';
import { referenceTables } from './tables';

/** A table is judged once for all that is asked of it. */
const judgedTables = new Map<string, ReturnType<typeof judgeTable>>();
const judgedOnce = (table: AnyReferenceTable): ReturnType<typeof judgeTable> => {
  const judged = judgedTables.get(table.file) ?? judgeTable(table);
  judgedTables.set(table.file, judged);
  return judged;
};

const suite = referenceDataPresent() ? describe : describe.skip;

suite(`reference tables (skipped unless BREAKWATER_DATA holds reference-values)`, () => {
  test.each(referenceTables.map((table) => [table.file, table] as const))('%s', (_file, table) => {
    const { rows } = judgedOnce(table);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter((row) => !isMatch(row) && row.unmatched === undefined).map(describeRow)).toEqual([]);
    // An excuse that is no longer needed is taken back.
    expect(rows.filter((row) => isMatch(row) && row.unmatched !== undefined).map(describeRow)).toEqual([]);
  });

  test('no table of the index is left out', () => {
    const index = JSON.parse(referenceText('INDEX.json')) as readonly { readonly file: string }[];
    const judged = new Set(referenceTables.map((table) => table.file));
    expect(index.map(({ file }) => file).filter((file) => !judged.has(file))).toEqual([]);
  });

  test('no printed figure is compared more loosely than the index says', () => {
    const index = JSON.parse(referenceText('INDEX.json')) as readonly {
      readonly file: string;
      readonly tolerance?: string;
    }[];
    const loose = referenceTables.flatMap((table) => {
      const stated = Number(index.find(({ file }) => file === table.file)?.tolerance ?? 'none');
      if (!(stated >= 0)) return [];
      return judgedOnce(table).rows.flatMap(({ row, judged }) =>
        judged
          .filter(({ basis = 'published', tolerance }) => basis === 'published' && tolerance > stated)
          .map(({ figure = 'value' }) => `${table.file} row ${row} ${figure}`),
      );
    });
    expect(loose).toEqual([]);
  });

  test('a table stands once', () => {
    const files = referenceTables.map((table) => table.file);
    expect(files.filter((file, index) => files.indexOf(file) !== index)).toEqual([]);
  });
});

test('the folder of the tables is named', () => {
  expect(referenceFolder()).toMatch(/reference-values$/);
});
