/** What reaches a terminal: only what changed, nothing wider than it is, and no escape sequence anywhere else. */
import { age, amount, bytes, decimalsOf, money, price, quantity } from '../../app/amounts';
import { tableLines } from '../../app/terminal/grid';
import { outputTo } from '../../app/terminal/output';
import { Progress } from '../../app/terminal/progress';
import { Screen } from '../../app/terminal/screen';
import { textWithin, widthOf } from '../../app/terminal/text-width';

function terminal({ columns = 80, rows = 24, isTerminal = true } = {}) {
  const written: string[] = [];
  const output = {
    isTerminal,
    colors: false,
    columns,
    rows,
    write: (text: string) => void written.push(text),
  };
  return { output, written };
}

describe('the screen', () => {
  test('sends lines that differ, in a synchronized update, and gives back what stood there before', () => {
    const { output, written } = terminal();
    const screen = new Screen(output);
    screen.draw(['one', 'two', 'three']);
    screen.draw(['one', '2', 'three']);
    screen.draw(['one', '2', 'three']);
    screen.close();
    expect(written).toHaveLength(3);
    expect(written[0]).toContain('\x1b[?1049h');
    expect(written[1]).toBe('\x1b[?2026h\x1b[2;1H\x1b[K2\x1b[?2026l');
    expect(written[2]).toBe('\x1b[?7h\x1b[?25h\x1b[?1049l');
  });

  test('clears lines that are no more, and draws anew when its size changes', () => {
    const { output, written } = terminal();
    const screen = new Screen(output);
    screen.draw(['one', 'two']);
    screen.draw(['one']);
    expect(written[1]).toContain('\x1b[2;1H\x1b[K');
    output.columns = 100;
    screen.draw(['one']);
    expect(written[2]).toContain('\x1b[H\x1b[J');
    expect(written[2]).toContain('one');
  });
});

test('a table is as wide as what is in it, with numbers to the right', () => {
  const columns = [{ title: 'NAME' }, { title: 'SUM', align: 'right' as const }];
  expect(
    tableLines(
      columns,
      [
        ['a', '1,000'],
        [{ text: 'long name' }, '7'],
      ],
      terminal().output,
    ),
  ).toEqual(['NAME         SUM', 'a          1,000', 'long name      7']);
});

test('decimals stand one below the other, words and what is unknown at the right', () => {
  const columns = [{ title: 'OF' }, { title: 'PRICE', align: 'number' as const }];
  const rows = [
    ['a', '5,871.125'],
    ['b', '10.00'],
    ['c', '~-7'],
    ['d', 'unknown'],
  ];
  expect(tableLines(columns, rows, terminal().output)).toEqual([
    'OF      PRICE',
    'a   5,871.125',
    'b      10.00',
    'c     ~-7',
    'd     unknown',
  ]);
});

test('a number that does not fit is not cut: its column is left out, and told', () => {
  const columns = [
    { title: 'NAME' },
    { title: 'A', align: 'number' as const },
    { title: 'B', align: 'number' as const },
  ];
  const row = ['somebody', '1,234,567.00', '7,654,321.00'];
  expect(tableLines(columns, [row], terminal({ columns: 30 }).output)).toEqual([
    'NAME                 A',
    'somebody  1,234,567.00',
    '… and 1 columns more, which d…',
  ]);
});

test('characters of East Asia take two places, marks upon others none', () => {
  expect(['abc', '東京', 'e\u0301', '😀'].map(widthOf)).toEqual([3, 4, 1, 2]);
  expect(textWithin('東京証券取引所', 7)).toBe('東京証…');
  expect(
    tableLines(
      [{ title: 'NAME' }, { title: 'N' }],
      [
        ['東京', '1'],
        ['abc', '2'],
      ],
      terminal().output,
    ),
  ).toEqual(['NAME  N', '東京  1', 'abc   2']);
});

test('progress is a line on a terminal and seldom a line elsewhere; short work has none', () => {
  let now = 0;
  const shown = (isTerminal: boolean): string => {
    const { output, written } = terminal({ isTerminal });
    now = 0;
    const progress = new Progress(output, () => now);
    for (now = 100; now <= 6000; now += 100) progress.show(() => `at ${now}`);
    progress.done();
    return written.join('');
  };
  expect(shown(false)).toBe('at 5600\n');
  expect(shown(true).startsWith('\rat 700\x1b[K\rat 800')).toBe(true);
  expect(shown(true).endsWith('\r\x1b[K')).toBe(true);
});

test.each([
  [1234567.891, '1,234,567.89'],
  [-1.5, '-1.50'],
  [0, '0.00'],
  [-0, '0.00'],
  [0.004, '0.004'],
  [-0.001, '-0.001'],
  [0.00046, '0.00046'],
  [0.009, '0.01'],
  [3e-8, '0.00000003'],
  [-1e-12, '0.00'],
  [1e21, '1e+21'],
  [Number.NaN, '–'],
])('the amount %s is written %s', (value, text) => expect(amount(value)).toBe(text));

test.each([
  [1.08515, '1.08515'],
  [5871.125, '5,871.125'],
  [10, '10.00'],
  [0.0000081234, '0.0000081234'],
  [131.57500000000002, '131.575'],
  [-37.63, '-37.63'],
  [Number.NaN, '–'],
])('the price %s is written %s', (value, text) => expect(price(value)).toBe(text));

test.each([
  [1234.5, 'USD', '1,234.50'],
  [1234.5, 'JPY', '1,235'],
  [0.4, 'JPY', '0.4'],
  [1.2346, 'KWD', '1.235'],
  [0.00012345, 'BTC', '0.00012345'],
  [12, 'USDT', '12.00'],
])('%s of %s is written %s', (value, currency, text) => expect(money(value, currency)).toBe(text));

test('a currency has the decimals that ISO 4217 gives it, two where it gives none', () =>
  expect(['EUR', 'JPY', 'CLF', 'BHD', 'XYZ'].map(decimalsOf)).toEqual([2, 0, 4, 3, 2]));

test.each([
  [4_000_000n, '0.004'],
  [-1_900_000_000_000_000n, '-1,900,000'],
  [1n, '0.000000001'],
  [0n, '0'],
])('the quantity %s is written %s, exactly', (value, text) => expect(quantity(value)).toBe(text));

test.each([
  [0.4, '0s'],
  [99, '99s'],
  [100, '1m'],
  [7200, '2h'],
  [400_000, '4d'],
  [-3, '0s'],
  [Number.NaN, '–'],
])('what is %s seconds old is written %s', (seconds, text) => expect(age(seconds)).toBe(text));

test('sizes go by thousands', () =>
  expect([999, 1500, 2.5e9].map(bytes)).toEqual(['999 B', '1.5 kB', '2.5 GB']));

test('only a terminal that wants them gets colours', () => {
  const stream = (isTTY: boolean) => ({ isTTY, columns: 80, rows: 24 }) as NodeJS.WriteStream;
  expect(outputTo(stream(true), {})).toMatchObject({ isTerminal: true, colors: true });
  expect(outputTo(stream(true), { NO_COLOR: '1' })).toMatchObject({ isTerminal: true, colors: false });
  expect(outputTo(stream(true), { TERM: 'dumb' })).toMatchObject({ isTerminal: false, colors: false });
  expect(outputTo(stream(false), {})).toMatchObject({ isTerminal: false, colors: false });
});
