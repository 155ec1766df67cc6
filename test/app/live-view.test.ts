/**
 * The picture in a terminal emulator, at many sizes and over real states of the topics: what a person would see. Columns
 * stay put, no line is wider than the terminal, no number is cut, and what is stale or unknown says so without colour.
 */
import { Terminal } from '@xterm/headless';
import * as fc from 'fast-check';
import type { LiveState } from '../../app/live-facts';
import { Screen } from '../../app/terminal/screen';
import type { Row, Sayings } from '../../app/view/followed-topics';
import { greeksLines, greeksPage, lackOf } from '../../app/view/greeks-page';
import { LiveView } from '../../app/view/live-view';
import type { World } from '../../app/view/page';
import { pages } from '../../app/view/pages';
import type { Topic } from '../../runtime/stream/topic';
import { greeks } from '../../schemas/greeks';
import { cash, positions, refusedFills } from '../../schemas/ledger';
import { marks, Reason } from '../../schemas/market';
import { accountPnl, accountTotals, positionPnl } from '../../schemas/risk';
import { positionUntold } from '../../schemas/untold';
import { keyOf } from '../support/keypress';

const NOW = 1_772_446_500_000_000;
const QUANTITY = 10n ** 9n;
const MONEY = 10n ** 18n;

const state: LiveState = {
  dir: '/var/data',
  seconds: 3661,
  epoch: 1234,
  recordsIn: 5_000_000,
  recordsInPerSecond: 2301,
  refused: 2,
  lag: 0,
  logBytes: 1500,
  quotaBytes: 20e9,
  url: 'http://127.0.0.1:9464',
  sinkLagSeconds: 0.5,
  troubles: [],
  operations: [
    { what: 'task', name: 'risk/0', state: 'running', detail: 'epoch 1,234', isTrouble: false },
    { what: 'sink', name: 'clickhouse.fills', state: '0.1 s behind', detail: '', isTrouble: false },
  ],
};

interface Holding {
  readonly account: string;
  readonly instrument: string;
  readonly currency: string;
  readonly quantity: number;
  readonly price: number;
  readonly status: 'Priced' | 'Stale' | 'Unpriced';
  readonly reason: string;
  readonly realised: number;
}

const held = (over: Partial<Holding>): Holding => ({
  account: 'DESK',
  instrument: 'IBM',
  currency: 'USD',
  quantity: 100,
  price: 187.35,
  status: 'Priced',
  reason: 'None',
  realised: 1234.5,
  ...over,
});

/** What topics would say of these positions, each a cost of 1 a unit. */
function sayingsOf(holdings: readonly Holding[]): Sayings {
  const names: string[] = [];
  const numberOf = (name: string): number => {
    if (!names.includes(name)) names.push(name);
    return names.indexOf(name);
  };
  const said = new Map<string, Map<string, Row>>();
  const say = (topic: Topic<never>, key: string, row: object): void => {
    const rows = said.get(topic.name) ?? new Map<string, Row>();
    said.set(topic.name, rows.set(key, row as Row));
  };
  for (const one of holdings) {
    const [account, instrument] = [numberOf(one.account), numberOf(one.instrument)];
    const isPriced = one.status !== 'Unpriced';
    const value = isPriced ? one.quantity * one.price : Number.NaN;
    say(positions as Topic<never>, `${account}/${instrument}/0`, {
      ...positionUntold,
      account,
      instrument,
      contract: 0,
      currency: one.currency,
      multiplier: QUANTITY,
      inverse: false,
      quantity: BigInt(Math.round(one.quantity * 1e9)),
      cost: BigInt(Math.round(one.quantity * 1e9)) * QUANTITY,
      realisedPnl: (BigInt(Math.round(one.realised * 1e6)) * MONEY) / 1_000_000n,
      fees: MONEY / 4n,
      fills: 3,
      time: NOW,
    });
    say(positionPnl as Topic<never>, `${account}/${instrument}/0`, {
      account,
      instrument,
      contract: 0,
      price: isPriced ? one.price : Number.NaN,
      marketValue: value,
      unrealisedPnl: value - one.quantity,
      totalPnl: value - one.quantity + one.realised,
      status: one.status,
      reason: one.reason,
    });
    say(marks as Topic<never>, String(instrument), {
      instrument,
      bid: one.price - 0.01,
      ask: one.price + 0.01,
      price: isPriced ? one.price : Number.NaN,
      state: isPriced ? one.status : 'Missing',
      quality: one.status === 'Stale' ? 'Stale' : 'Good',
      reason: one.reason,
      time: NOW - 125_000_000,
    });
    const unpriced = isPriced ? 0 : 1;
    const sum = {
      account,
      fees: 0.25,
      unrealisedPnl: 10,
      marketValue: 20,
      knownPnl: 1244.5,
      totalPnl: unpriced > 0 ? Number.NaN : 1244.5,
      positions: 1,
      unpriced,
      stale: one.status === 'Stale' ? 1 : 0,
    };
    say(accountPnl as Topic<never>, `${account}/${one.currency}`, {
      ...sum,
      dayPnl: unpriced > 0 ? Number.NaN : -12.5,
      dayKnownPnl: -12.5,
      currency: one.currency,
      realisedPnl: 1234n * MONEY,
    });
    say(cash as Topic<never>, `${account}/${one.currency}`, {
      account,
      currency: one.currency,
      cash: one.status === 'Unpriced' ? 0n : -MONEY / 250n,
      reason: one.status === 'Unpriced' ? Reason.PartsUnknown : Reason.None,
      knownAt: NOW - 5_000_000,
    });
    say(accountTotals as Topic<never>, `${account}/USD`, {
      ...sum,
      currency: 'USD',
      realisedPnl: 1234,
      withoutRate: 0,
    });
  }
  const sums = {
    value: 20,
    delta: 12.5,
    deltaGross: 37.5,
    deltaLong: 25,
    deltaShort: -12.5,
    gamma: 1,
    theta: -1,
  };
  const spans = ['Week', 'Month', 'Quarter', 'Half', 'Year', 'TwoYears', 'Beyond'].map(
    (span) => `vega${span}`,
  );
  const counts = { positions: 3, modelled: 1, stale: 0, currency: 'USD', time: NOW, reason: 0, knownAt: NOW };
  const vegas = Object.fromEntries(spans.map((span) => [span, 2]));
  const known = { ...sums, vega: 14, ...vegas, ...counts, unvalued: 1 };
  const unknown = Object.fromEntries(
    [...Object.keys(sums), 'vega', ...spans].map((field) => [field, Number.NaN]),
  );
  say(greeks as Topic<never>, 'firm', { dimension: 'firm', account: -1, member: '', ...known });
  say(greeks as Topic<never>, 'book', {
    dimension: 'book',
    account: -1,
    member: 'Vol',
    ...known,
    ...unknown,
  });
  const refused = {
    executionId: 'X-1',
    account: numberOf('DESK'),
    instrument: numberOf('IBM'),
    venue: 0,
    reason: 0,
    detail: 'came before',
    time: NOW,
    knownAt: NOW,
  };
  return {
    latest: (topic) => said.get(topic.name) ?? new Map(),
    lately: (topic) =>
      topic.name === refusedFills.name ? [{ partition: 0, offset: 7, row: refused as unknown as Row }] : [],
    nameOf: (_, number) => names[number] ?? `#${number}`,
  };
}

const worldOf = (holdings: readonly Holding[], over: Partial<LiveState> = {}): World => ({
  followed: sayingsOf(holdings),
  now: NOW,
  state: { ...state, ...over },
});

/** A person before a terminal. */
class Person {
  readonly terminal: Terminal;
  private readonly screen: Screen;
  private readonly view = new LiveView(pages, () => 0);
  written = 0;
  private pending = '';
  private world: World;

  constructor(
    private readonly size: { columns: number; rows: number },
    world: World,
    readonly colors = false,
  ) {
    this.world = world;
    this.terminal = new Terminal({ cols: size.columns, rows: size.rows, allowProposedApi: true });
    const output = {
      isTerminal: true,
      colors,
      get columns() {
        return size.columns;
      },
      get rows() {
        return size.rows;
      },
      write: (text: string) => {
        this.pending += text;
        this.written += 1;
      },
    };
    this.screen = new Screen(output);
    this.draw = () => this.screen.draw(this.view.lines(this.world, output));
    this.lines = () => this.view.lines(this.world, output);
    this.draw();
  }

  private readonly draw: () => void;
  /** As they are sent. */
  readonly lines: () => string[];

  presses(...keys: string[]): this {
    for (const key of keys) this.view.press(keyOf(key));
    this.draw();
    return this;
  }

  meets(world: World): this {
    this.world = world;
    this.draw();
    return this;
  }

  resizes(columns: number, rows: number): this {
    Object.assign(this.size, { columns, rows });
    this.terminal.resize(columns, rows);
    this.draw();
    return this;
  }

  async sees(): Promise<string[]> {
    const { pending } = this;
    this.pending = '';
    await new Promise<void>((resolve) => this.terminal.write(pending, resolve));
    const { active } = this.terminal.buffer;
    return Array.from(
      { length: this.terminal.rows },
      (_, row) => active.getLine(row)?.translateToString(false, 0, this.terminal.cols).trimEnd() ?? '',
    );
  }
}

const desk = [
  held({}),
  held({ instrument: 'COIN', quantity: 0.004, price: 67_426.123, currency: 'USDT', realised: 0.004 }),
  held({ instrument: 'EURUSD', quantity: -1_900_000, price: 1.08533 }),
  held({ instrument: 'NIKKEI', quantity: 5, price: 39_000, currency: 'JPY', realised: -25_612.5 }),
  held({ instrument: 'OLD', price: 42.245, status: 'Stale', reason: 'StaleQuote' }),
  held({ account: 'OTHER', instrument: 'NONE', status: 'Unpriced', reason: 'NeverQuoted' }),
];
const many = Array.from({ length: 300 }, (_, index) =>
  held({
    account: `ACC-${String(index % 7)}`,
    instrument: `INS-${String(index).padStart(3, '0')}`,
    quantity: index,
  }),
);
const HOSTILE = [
  '東京証券取引所の口座',
  'a'.repeat(128),
  'x\u001b[2Jy',
  'e\u0301\u0301',
  '10\u202e00',
  '👩‍👩‍👧',
];
const hostile = HOSTILE.map((name, index) =>
  held({
    account: name,
    instrument: HOSTILE[(index + 1) % HOSTILE.length]!,
    quantity: 123_456_789.125,
  }),
);

const SIZES = [40, 60, 61, 80, 97, 120, 160, 200].flatMap((columns) =>
  [10, 24].map((rows) => ({ columns, rows })),
);

describe('at any size', () => {
  test.each(SIZES)('$columns × $rows: every line of every page is as it was sent', async (size) => {
    for (const holdings of [desk, many, hostile]) {
      const troubles = [
        'the log is at its quota: 1 of 2 bytes. Raise "quotaMegabytes", or let retention make room.',
      ];
      const person = new Person({ ...size }, worldOf(holdings, { troubles }));
      for (const page of [1, 2, 3, 4, 5, 6, 7]) {
        for (const keys of [[String(page)], ['?'], ['right', 'right'], ['end', 'left']]) {
          const seen = await person.presses(...keys).sees();
          const sent = person.lines();
          expect(sent).toHaveLength(size.rows);
          // Had a line been too wide, the terminal would have cut it.
          expect(seen).toEqual(sent.map((line) => line.trimEnd()));
        }
      }
    }
  });

  test('after changes of size and of page the picture is what it would be from the start', async () => {
    const person = new Person({ columns: 120, rows: 40 }, worldOf(many));
    await person.sees();
    for (const [columns, rows] of [
      [60, 24],
      [200, 50],
      [80, 12],
    ] as const) {
      const seen = await person.presses('tab', 'down').resizes(columns, rows).sees();
      expect(seen).toEqual(person.lines().map((line) => line.trimEnd()));
    }
  });

  test('a terminal that is too small is told so', async () => {
    const seen = await new Person({ columns: 30, rows: 5 }, worldOf(desk)).sees();
    expect(seen.slice(0, 2)).toEqual(['30×5 is too small.', '40×10 it takes.']);
  });

  test('random keys never leave the terminal, nor make a line too wide', () => {
    const keys = [
      '1',
      '2',
      '3',
      '4',
      '5',
      'tab',
      'backtab',
      'up',
      'down',
      'pageup',
      'pagedown',
      'home',
      'end',
    ];
    const others = [
      'left',
      'right',
      's',
      'S',
      'r',
      '/',
      'a',
      ' ',
      '1',
      'backspace',
      'return',
      'escape',
      '?',
      'é',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...keys, ...others), { maxLength: 40 }), (pressed) => {
        const person = new Person({ columns: 60, rows: 12 }, worldOf(desk));
        person.presses(...pressed);
        const lines = person.lines();
        expect(lines).toHaveLength(12);
        expect(lines.every((line) => [...line].length <= 60)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe('positions', () => {
  const line = (lines: readonly string[], name: string): string => lines.find((one) => one.includes(name))!;

  test('numbers have the digits of their currency and size, and stand point below point', async () => {
    const lines = await new Person({ columns: 200, rows: 30 }, worldOf(desk)).sees();
    expect(line(lines, 'COIN')).toMatch(/ 0\.004 +67,426\.123 +2m +USDT/);
    expect(line(lines, 'NIKKEI')).toMatch(/ 5 +39,000\.00 +2m +JPY +169,383 .* -25,613 /);
    expect(line(lines, 'EURUSD')).toMatch(/-1,900,000 +1\.08533 /);
    // Realised 0.004 is not 0.00, and all points of a column are below one another.
    expect(line(lines, 'COIN')).toMatch(/ 0\.004 +0\.25 +1\.00 /);
    const points = ['IBM', 'COIN', 'EURUSD', 'OLD'].map((name) => {
      const one = line(lines, name);
      return one.indexOf(
        '.',
        lines[lines.findIndex((text) => text.startsWith('ACCOUNT'))]!.indexOf('MARK') - 8,
      );
    });
    expect(new Set(points).size).toBe(1);
  });

  test('what is stale or unpriced says so in its text, at every width', async () => {
    for (const columns of [60, 80, 120]) {
      const lines = await new Person({ columns, rows: 24 }, worldOf(desk)).sees();
      expect(line(lines, 'OLD')).toContain('~42.245');
      expect(line(lines, 'NONE')).toContain('unknown');
    }
    const wide = await new Person({ columns: 120, rows: 24 }, worldOf(desk)).sees();
    expect(line(wide, 'OLD')).toContain('stale StaleQuote');
    expect(line(wide, 'NONE')).toContain('unpriced NeverQuoted');
    expect(line(wide, 'IBM')).not.toMatch(/stale|unknown|~/);
  });

  test('columns stay where they are when numbers get shorter', async () => {
    const person = new Person({ columns: 120, rows: 24 }, worldOf(desk));
    const before = (await person.sees()).find((one) => one.startsWith('ACCOUNT'));
    person.meets(worldOf(desk.map((one) => ({ ...one, quantity: 1, price: 1, realised: 0 }))));
    expect((await person.sees()).find((one) => one.startsWith('ACCOUNT'))).toBe(before);
  });

  test('only lines that differ are sent', async () => {
    const person = new Person({ columns: 120, rows: 24 }, worldOf(desk));
    await person.sees();
    const { written } = person;
    person.meets(worldOf(desk));
    expect(person.written).toBe(written);
  });

  test('scrolls, and says where it is', async () => {
    const person = new Person({ columns: 80, rows: 24 }, worldOf(many));
    const last = async (): Promise<string> => (await person.sees()).at(-1)!;
    expect(await last()).toMatch(/^1–16 of 300/);
    person.presses('pagedown');
    expect(await last()).toMatch(/^17–32 of 300/);
    person.presses('end');
    expect(await last()).toMatch(/^285–300 of 300/);
    person.presses('home', 'down');
    expect(await last()).toMatch(/^2–17 of 300/);
  });

  test('sorts by a column: the largest first, what is unknown last', async () => {
    const person = new Person({ columns: 120, rows: 30 }, worldOf(desk));
    person.presses('s', 's', 's', 's', 's', 's', 's');
    const lines = await person.sees();
    const at = lines.findIndex((one) => one.startsWith('ACCOUNT'));
    expect(lines[at]).toContain('P&L▼');
    expect(lines.at(-1)).toContain('sorted by P&L');
    expect(lines[at + 1]).toContain('NIKKEI');
    expect(lines.slice(at + 1, at + 7).at(-1)).toContain('NONE');
    person.presses('r');
    const turned = await person.sees();
    expect(turned[at + 1]).toContain('EURUSD');
    expect(turned.slice(at + 1, at + 7).at(-1)).toContain('NONE');
  });

  test('filters by words, letter by letter; Escape shows all again', async () => {
    const person = new Person({ columns: 80, rows: 24 }, worldOf(many));
    person.presses('/', 'a', 'c', 'c', '-', '3', ' ', '1', '0', '8');
    expect((await person.sees()).at(-1)).toContain('filter: acc-3 108');
    person.presses('return');
    const lines = await person.sees();
    expect(lines.at(-1)).toMatch(/^1–1 of 1 of 300 · filter "acc-3 108"/);
    expect(lines.join('\n')).toContain('INS-108');
    person.presses('escape');
    expect((await person.sees()).at(-1)).toMatch(/^1–16 of 300/);
  });
});

describe('other pages', () => {
  test('a total with a part that is unknown is unknown, with what is known beside it', async () => {
    const lines = await new Person({ columns: 120, rows: 24 }, worldOf(desk)).presses('2').sees();
    expect(lines.find((one) => /^FIRM +all in USD/.test(one))).toMatch(
      /unknown +2,489\.00 +1 unpriced, 1 stale/,
    );
    expect(lines.find((one) => /^OTHER +USD/.test(one))).toMatch(/unknown +1,244\.50 +1 unpriced/);
    expect(lines[2]).toBe('FIRM   P&L in USD unknown, 2,489.00 of it known: 1 unpriced, 1 stale');
  });

  test('a firm of which all is known has its P&L above every page', async () => {
    const lines = await new Person({ columns: 120, rows: 24 }, worldOf([held({})])).presses('4').sees();
    expect(lines[2]).toBe('FIRM   P&L 1,244.50 USD   unrealised 10.00   realised 1,234.00   fees 0.25');
  });

  test('marks have quality and reason; refused fills their rule; operations what is wrong', async () => {
    const person = new Person({ columns: 120, rows: 24 }, worldOf(desk, { troubles: ['the disk is full'] }));
    expect((await person.presses('3').sees()).join('\n')).toMatch(
      /OLD +~42\.245 +2m +Stale +StaleQuote +42\.235/,
    );
    expect((await person.presses('4').sees()).join('\n')).toMatch(
      /10:15:00 +DESK +IBM +Duplicate +X-1 +came before/,
    );
    const operations = (await person.presses('5').sees()).join('\n');
    expect(operations).toContain('! the disk is full');
    expect(operations).toMatch(/task +risk\/0 +running/);
  });

  test('cash has the digits of its currency, and says why it is unknown', async () => {
    const lines = (await new Person({ columns: 80, rows: 24 }, worldOf(desk)).presses('7').sees()).join('\n');
    expect(lines).toMatch(/DESK +JPY +-0\.004 +5s/);
    expect(lines).toMatch(/OTHER +USD +unknown +PartsUnknown +5s/);
  });

  test('help tells the keys and the columns of the page', async () => {
    const lines = await new Person({ columns: 100, rows: 40 }, worldOf(desk)).presses('?').sees();
    expect(lines.join('\n')).toMatch(
      /positions: what each account holds[\s\S]*sort by the next column[\s\S]*AVG PRICE +average price/,
    );
  });

  test('an empty job says so', async () => {
    const lines = await new Person({ columns: 80, rows: 24 }, worldOf([])).sees();
    expect(lines.join('\n')).toMatch(/nothing is known of it yet[\s\S]*nothing yet/);
  });
});

test('the page of Greeks has the firm first, names what is in no sum, and tells what is unknown by that word', () => {
  const lines = greeksLines(worldOf([]));
  expect(lines.map(({ dimension, scope }) => [dimension, scope])).toEqual([
    ['firm', 'FIRM'],
    ['book', 'Vol'],
  ]);
  expect(lackOf(lines[0]!)).toBe('1 unpriced, 1 by model');
  const [firm, book] = lines.map((line) =>
    greeksPage.columns.find(({ title }) => title === 'DELTA')!.cell(line, worldOf([])),
  );
  expect([firm, book]).toMatchObject([{ text: '12.50' }, { text: 'unknown' }]);
});
