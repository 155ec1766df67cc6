/** What comes from outside never steers a terminal, nor a spreadsheet. */
import * as fc from 'fast-check';
import { csvLine } from '../../app/price/write-csv';
import { CsvGuard } from '../../app/terminal/csv-guard';
import { tableLines } from '../../app/terminal/grid';
import { printable, printableLines } from '../../app/terminal/printable';

test.each([
  ['\u001b[2J\u001b[1;31mIBM', '\\u001b[2J\\u001b[1;31mIBM'],
  ['A\nB\r\tC', 'A\\u000aB\\u000d\\u0009C'],
  ['\u009b31m', '\\u009b31m'],
  ['10\u202e00', '10\\u202e00'],
  ['\u007f\u2028\ufeff\ud800', '\\u007f\\u2028\\ufeff\\ud800'],
  ['IBM\u200b', 'IBM\\u200b'],
  ['A\u{e0041}', 'A\\u{e0041}'],
  ['Zürich, 東京, 😀', 'Zürich, 東京, 😀'],
])('%j is shown as %j', (text, shown) => {
  expect(printable(text)).toBe(shown);
});

test('text with lines keeps them, and nothing else that moves the cursor', () => {
  expect(printableLines('a\tb\nc\u001b[A\r')).toBe('a\tb\nc\\u001b[A\\u000d');
});

test('no cell of a table holds what steers', () => {
  const lines = tableLines([{ title: 'ACCOUNT' }], [['al\u001b[Apha\nbeta']], { columns: 80, colors: false });
  expect(lines).toEqual(['ACCOUNT', 'al\\u001b[Apha\\u000abeta']);
});

test('texts in CSV that begin like formulas are disarmed, however the answer is cut; numbers and the rest stay', () => {
  const text = fc.string({
    unit: fc.constantFrom('=', '+', '-', '@', 'a', ',', '"', '\n', ' '),
    maxLength: 5,
  });
  const cell = fc.oneof(
    text.map((value) => ({ text: value })),
    fc.integer().map((value) => ({ number: value })),
  );
  const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 });
  const written = (value: string): string => `"${value.replaceAll('"', '""')}"`;
  fc.assert(
    fc.property(rows, fc.integer({ min: 1, max: 7 }), (table, size) => {
      const csv = (disarm: boolean): string =>
        table
          .map((row) =>
            row
              .map((one) =>
                'number' in one
                  ? String(one.number)
                  : written(disarm && /^[=+\-@]/.test(one.text) ? `'${one.text}` : one.text),
              )
              .join(','),
          )
          .map((line) => `${line}\n`)
          .join('');
      const guard = new CsvGuard();
      const plain = csv(false);
      let passed = '';
      for (let at = 0; at < plain.length; at += size) passed += guard.pass(plain.slice(at, at + size));
      expect(passed).toBe(csv(true));
    }),
  );
});

test('an id of a priced row that begins like a formula is disarmed; numbers are not', () => {
  expect(csvLine(['=1+1', '@SUM(A1)', -2.5, 'a'])).toBe("'=1+1,'@SUM(A1),-2.5,a\r\n");
});
