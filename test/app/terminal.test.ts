/** What reaches a terminal: only what changed, nothing wider than it is, and no escape sequence anywhere else. */
import { amount, bytes, price } from '../../app/amounts';
import { liveView } from '../../app/live-view';
import { outputTo } from '../../app/terminal/output';
import { Progress } from '../../app/terminal/progress';
import { Screen } from '../../app/terminal/screen';
import { tableLines } from '../../app/terminal/table-lines';

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

const account = {
  account: 'DESK',
  currency: 'USD',
  realised: -1234.5,
  unrealised: Number.NaN,
  marketValue: 1_000_000,
  positions: 2,
  unpriced: 1,
  stale: 0,
};
const position = {
  account: 'DESK',
  instrument: 'XYZ',
  currency: 'USD',
  quantity: -2.5,
  price: Number.NaN,
  unrealised: Number.NaN,
  realised: 0,
  fees: 0,
  fills: 1,
  status: 'unpriced' as const,
};
const state = {
  dir: '/data',
  seconds: 61,
  epoch: 1234,
  recordsIn: 5,
  recordsInPerSecond: 1,
  refused: 0,
  lag: 0,
  logBytes: 1500,
  url: undefined,
  sinkLagSeconds: undefined,
  troubles: ['the log is at its quota'],
  accounts: [account],
  positions: Array.from({ length: 40 }, () => position),
};

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
    expect(written[1]).toBe('\x1b[?2026h\x1b[2;1H2\x1b[K\x1b[?2026l');
    expect(written[2]).toBe('\x1b[?25h\x1b[?1049l');
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

describe('the live view', () => {
  test.each([
    { columns: 120, rows: 40 },
    { columns: 80, rows: 24 },
    { columns: 20, rows: 5 },
  ])('fits $columns × $rows', (size) => {
    const lines = liveView(state, terminal(size).output);
    expect(lines.length).toBeLessThanOrEqual(size.rows);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(size.columns);
  });

  test('shares a small terminal between accounts and positions, and tells what it leaves out', () => {
    const many = { ...state, accounts: Array.from({ length: 30 }, () => account) };
    const lines = liveView(many, terminal().output);
    expect(lines).toHaveLength(24);
    const text = lines.join('\n');
    expect(text).toMatch(/… and 2\d accounts more\n\nACCOUNT +INSTRUMENT/);
    expect(text).toMatch(/… and 3\d positions more/);
    expect(lines.at(-1)).toContain('Ctrl-C stops');
  });

  test('says what is unpriced and what is wrong; what is not known is a dash, never zero', () => {
    const text = liveView(state, terminal({ columns: 120, rows: 40 }).output).join('\n');
    expect(text).toContain('! the log is at its quota');
    expect(text).toMatch(/DESK +USD +– +-1,234\.50 +– +1,000,000\.00 +2 +1 unpriced/);
    expect(text).toMatch(/DESK +XYZ +-2\.50 +– +– +0\.00 +USD +1 +unpriced/);
    expect(text).toMatch(/… and \d+ positions more/);
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
  [-0.001, '0.00'],
  [-1.5, '-1.50'],
  [Number.NaN, '–'],
])('the amount %s is written %s', (value, text) => expect(amount(value)).toBe(text));

test.each([
  [1.08515, '1.08515'],
  [5871.125, '5,871.125'],
  [10, '10.00'],
])('the price %s is written %s', (value, text) => expect(price(value)).toBe(text));

test('sizes go by thousands', () =>
  expect([999, 1500, 2.5e9].map(bytes)).toEqual(['999 B', '1.5 kB', '2.5 GB']));

test('only a terminal that wants them gets colours', () => {
  const stream = (isTTY: boolean) => ({ isTTY, columns: 80, rows: 24 }) as NodeJS.WriteStream;
  expect(outputTo(stream(true), {})).toMatchObject({ isTerminal: true, colors: true });
  expect(outputTo(stream(true), { NO_COLOR: '1' })).toMatchObject({ isTerminal: true, colors: false });
  expect(outputTo(stream(true), { TERM: 'dumb' })).toMatchObject({ isTerminal: false, colors: false });
  expect(outputTo(stream(false), {})).toMatchObject({ isTerminal: false, colors: false });
});
