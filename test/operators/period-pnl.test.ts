/** What was made today, this month and this year: from what each position had made when they began. */
import fc from 'fast-check';
import { rollsAt } from '../../operators/risk/trading-day';
import { pnlWith } from '../../pipelines/pnl';
import { MarkState } from '../../schemas/market';
import { MarkSide, ScopeKind } from '../../schemas/reference';
import { positionUntold } from '../../schemas/untold';
import { type Row, Run } from '../support/run';

const ONE = 10n ** 9n;
const HOUR = 3_600_000_000;
const at = (text: string): number => Date.parse(`${text}:00Z`) * 1000;

const held = (
  instrument: number,
  { quantity = 10, cost = 1000, realised = 0, since = 0, account = 7, currency = 'USD' } = {},
): Row => ({
  ...{ account, instrument, currency, multiplier: ONE, inverse: false, fees: 0n },
  ...positionUntold,
  ...{ bought: 0n, sold: 0n, fills: 1, since, time: since },
  quantity: BigInt(quantity) * ONE,
  cost: BigInt(cost) * ONE * ONE,
  realisedPnl: BigInt(realised) * ONE * ONE,
});
const marked = (instrument: number, price: number, time: number): Row => ({
  ...{ instrument, bid: price, ask: price, price, time },
  state: Number.isNaN(price) ? MarkState.Missing : MarkState.Priced,
});

const OPTIONS = { everyMicros: 0, convention: 'mid', baseCurrency: 'USD', dayRoll: rollsAt(0) } as const;

class Desk {
  private run = new Run([pnlWith(OPTIONS)]);
  private steps = 0;
  private readonly latest = new Map<string, Row>();
  /** Rows, over all steps. */
  said = 0;

  at(
    now: number,
    {
      positions = [],
      marks = [],
      fees = [],
      accounts = [],
      scopes = [],
      days = [],
    }: Record<string, readonly Row[]> = {},
  ) {
    this.steps += 1;
    const data = {
      ...{ 'market.marks': marks, 'ledger.positions': positions, 'ledger.foreign_fees': fees },
      ...{ 'reference.accounts': accounts, 'reference.scopes': scopes, 'reference.trading_days': days },
    };
    const written = [...this.run.drain(now - 1), this.run.bring({ now, data })];
    this.steps += written.length - 1;
    for (const step of written)
      for (const row of step['risk.account_pnl']!) {
        this.said += 1;
        this.latest.set(`${row['account']}/${row['currency']}`, row);
      }
    return [...this.latest.values()].map((row) => {
      const told = ['day', 'month', 'year'].map((period) => {
        const [pnl, known] = [row[`${period}Pnl`] as number, row[`${period}KnownPnl`] as number];
        return Number.isNaN(pnl) ? `? (${known})` : String(pnl);
      });
      return `${row['currency']} ${row['tradingDay']}: ${told.join(', ')}`;
    });
  }

  restart(): void {
    this.run.save();
    this.run = new Run([pnlWith(OPTIONS)], this.run.saved, this.steps);
  }
}

/** Position 1, opened for 1,000 on 30 December at 10:00. */
function desk(): Desk {
  const now = at('2025-12-30T10:00');
  const one = new Desk();
  const opened = one.at(now, { positions: [held(1, { since: now })], marks: [marked(1, 103, now)] });
  expect(opened).toEqual(['USD 2025-12-30: 30, 30, 30']);
  return one;
}

describe('P&L of the day, the month and the year', () => {
  test('begins anew with each, from what the last marks before it made', () => {
    const one = desk();
    const move = (text: string, price: number) => one.at(at(text), { marks: [marked(1, price, at(text))] });
    expect(move('2025-12-31T09:00', 104)).toEqual(['USD 2025-12-31: 10, 40, 40']);
    one.restart();
    expect(move('2025-12-31T23:00', 101)).toEqual(['USD 2025-12-31: -20, 10, 10']);
    expect(move('2026-01-01T00:00', 102)).toEqual(['USD 2026-01-01: 10, 10, 10']);
    one.restart();
    expect(move('2026-01-05T12:00', 105)).toEqual(['USD 2026-01-05: 30, 40, 40']);
    expect(move('2026-02-02T12:00', 106)).toEqual(['USD 2026-02-02: 10, 10, 50']);
  });

  test('is told at the roll, though nothing moves', () => {
    expect(desk().at(at('2025-12-31T00:00'))).toEqual(['USD 2025-12-31: 0, 30, 30']);
  });

  test('that was nothing before is not told again', () => {
    const one = desk();
    expect(one.at(at('2025-12-31T00:00'))).toEqual(['USD 2025-12-31: 0, 30, 30']);
    expect(one.at(at('2026-01-01T00:00'))).toEqual(['USD 2026-01-01: 0, 0, 0']);
    one.at(at('2026-01-02T00:00'));
    one.at(at('2026-02-02T00:00'));
    expect(one.said).toBe(3);
  });

  test('counts what was traded, realised and told late in the day in which it became known', () => {
    const one = desk();
    const next = at('2025-12-31T10:00');
    expect(
      one.at(next, { positions: [held(1, { quantity: 4, cost: 400, realised: 24, since: 1 })] }),
    ).toEqual(['USD 2025-12-31: 6, 36, 36']);
    const late = held(2, { quantity: 1, cost: 50, since: at('2025-12-29T10:00') });
    expect(one.at(next + 1, { positions: [late], marks: [marked(2, 57, next)] })).toEqual([
      'USD 2025-12-31: 13, 43, 43',
    ]);
  });

  test('is unknown, with what is known beside it, while a position has no price', () => {
    const one = desk();
    const now = at('2025-12-30T11:00');
    expect(one.at(now, { positions: [held(2, { since: now, realised: 5 })] })).toEqual([
      'USD 2025-12-30: ? (30), ? (30), ? (30)',
    ]);
    expect(one.at(now + 1, { marks: [marked(2, 101, now)] })).toEqual(['USD 2025-12-30: 45, 45, 45']);
    expect(one.at(now + 2, { marks: [marked(2, Number.NaN, now)] })[0]).toMatch(/\? \(30\)/);
  });

  test('is unknown all day long for what had no price when the day began, and no longer', () => {
    const one = desk();
    const now = at('2025-12-30T11:00');
    one.at(now, { positions: [held(2, { since: now })] });
    const next = at('2025-12-31T09:00');
    one.restart();
    expect(one.at(next, { marks: [marked(1, 104, next), marked(2, 101, next)] })).toEqual([
      'USD 2025-12-31: ? (10), 50, 50',
    ]);
    const after = at('2026-01-01T09:00');
    expect(one.at(after, { marks: [marked(2, 102, after)] })).toEqual(['USD 2026-01-01: 10, 10, 10']);
  });

  test('is unknown until the next roll for what was there before anybody looked', () => {
    const one = new Desk();
    const now = at('2026-03-10T10:00');
    const old = held(1, { since: at('2026-03-09T10:00'), realised: 500 });
    expect(
      one.at(now, {
        positions: [old, held(2, { since: now })],
        marks: [marked(1, 103, now), marked(2, 100, now)],
      }),
    ).toEqual(['USD 2026-03-10: ? (0), 530, 530']);
    const next = at('2026-03-11T10:00');
    expect(one.at(next, { marks: [marked(1, 104, next)] })).toEqual(['USD 2026-03-11: 10, 540, 540']);
  });

  test('takes fees in other currencies, each in its own', () => {
    const one = desk();
    const fee = (fees: bigint): Row => ({
      account: 7,
      instrument: 1,
      currency: 'BNB',
      fees: fees * ONE * ONE,
      time: 1,
      knownAt: 1,
    });
    one.at(at('2025-12-30T12:00'), { fees: [fee(2n)] });
    expect(one.at(at('2025-12-31T12:00'), { fees: [fee(5n)] })[1]).toBe('BNB 2025-12-31: -3, -5, -5');
  });
});

const UNCHANGED = { validFrom: 0, validTo: 0, version: 1, changedBy: '', why: '' };
const book = (scope: number, more: Row): Row => ({
  ...{
    scope,
    name: `book ${scope}`,
    kind: ScopeKind.Book,
    parent: undefined,
    baseCurrency: undefined,
    calendar: undefined,
  },
  ...{ markSide: MarkSide.Inherited, ...UNCHANGED, ...more },
});
const inBook = (account: number, scope: number): Row => ({
  ...{
    account,
    name: `account ${account}`,
    book: scope,
    trader: undefined,
    strategy: undefined,
    legalEntity: undefined,
  },
  ...{ counterparty: undefined, ...UNCHANGED },
});
const listed = (calendar: string, date: string, opens: string, closes: string): Row => ({
  ...{ calendar, date, opens: at(opens), closes: at(closes), version: 1, changedBy: '', why: '' },
});

describe('days roll by the calendar of the book', () => {
  const chicago = [
    listed('CME', '2026-02-27', '2026-02-26T23:00', '2026-02-27T22:00'),
    listed('CME', '2026-03-02', '2026-03-01T23:00', '2026-03-02T22:00'),
    listed('CME', '2026-03-03', '2026-03-02T23:00', '2026-03-03T22:00'),
  ];
  const reference = {
    accounts: [inBook(7, 2), inBook(8, 3)],
    scopes: [book(1, { calendar: 'CME', kind: ScopeKind.Desk }), book(2, { parent: 1 }), book(3, {})],
    days: chicago,
  };
  const begin = at('2026-02-27T15:00');
  const twoBooks = (): Desk => {
    const one = new Desk();
    const positions = [7, 8].map((account) => held(1, { account, since: begin, currency: `C${account}` }));
    expect(one.at(begin, { ...reference, positions, marks: [marked(1, 103, begin)] })).toEqual([
      'C7 2026-02-27: 30, 30, 30',
      'C8 2026-02-27: 30, 30, 30',
    ]);
    return one;
  };

  test('a weekend is of the Friday before it, and the month ends with its last trading day, over a restart too', () => {
    const one = twoBooks();
    const move = (text: string, price: number) => one.at(at(text), { marks: [marked(1, price, at(text))] });
    expect(move('2026-02-28T12:00', 104)).toEqual(['C7 2026-02-27: 40, 40, 40', 'C8 2026-02-28: 10, 40, 40']);
    one.restart();
    expect(move('2026-03-01T22:59', 105)).toEqual(['C7 2026-02-27: 50, 50, 50', 'C8 2026-03-01: 10, 10, 50']);
    expect(move('2026-03-01T23:00', 107)).toEqual(['C7 2026-03-02: 20, 20, 70', 'C8 2026-03-01: 30, 30, 70']);
    one.restart();
    expect(move('2026-03-02T23:00', 108)).toEqual(['C7 2026-03-03: 10, 30, 80', 'C8 2026-03-02: 10, 40, 80']);
  });

  test('behind the last day that a calendar lists days roll as they do in the house', () => {
    const one = twoBooks();
    const move = (text: string, price: number) => one.at(at(text), { marks: [marked(1, price, at(text))] });
    expect(move('2026-03-03T23:30', 104)[0]).toMatch(/^C7 2026-03-03: 10,/);
    expect(one.at(at('2026-03-04T00:00'))[0]).toMatch(/^C7 2026-03-04: 0,/);
  });

  test('a calendar that comes later takes over where its day begins, and a day never begins twice', () => {
    const one = new Desk();
    const { days, ...rest } = reference;
    one.at(begin, { ...rest, positions: [held(1, { since: begin })], marks: [marked(1, 103, begin)] });
    expect(one.at(at('2026-03-01T10:00'), { marks: [marked(1, 104, begin)] })[0]).toMatch('2026-03-01: 10,');
    expect(one.at(at('2026-03-01T12:00'), { days })[0]).toMatch('2026-03-01: 10,');
    expect(one.at(at('2026-03-01T23:00'))[0]).toMatch('2026-03-02: 0, 10, 40');
  });

  test('an account that moves to a book of another calendar has its days from then on', () => {
    const one = twoBooks();
    one.at(at('2026-03-01T12:00'), { accounts: [inBook(8, 2)], marks: [marked(1, 104, begin)] });
    expect(one.at(at('2026-03-01T23:00')).map((line) => line.slice(0, 13))).toEqual([
      'C7 2026-03-02',
      'C8 2026-03-02',
    ]);
  });
});

test('days may roll at any time of day: after noon they are called by the date on which they end', () => {
  const evening = rollsAt(22 * HOUR);
  expect(evening.dayOf(1, at('2026-03-01T21:59'))).toMatchObject({
    date: '2026-03-01',
    from: at('2026-02-28T22:00'),
  });
  expect(evening.dayOf(1, at('2026-03-01T22:00'))).toEqual({
    date: '2026-03-02',
    from: at('2026-03-01T22:00'),
    until: at('2026-03-02T22:00'),
    monthFrom: at('2026-02-28T22:00'),
    yearFrom: at('2025-12-31T22:00'),
  });
  expect(rollsAt(6 * HOUR).dayOf(1, at('2026-01-01T05:00'))).toMatchObject({
    date: '2025-12-31',
    yearFrom: at('2025-01-01T06:00'),
  });
});

/** From scratch: all that each position made is kept, step by step, and periods are looked up in it. */
test('5 incremental equals recomputed, whatever moves, and whenever days roll', () => {
  const event = fc.record({
    hours: fc.constantFrom(0, 1, 13, 24, 24 * 20),
    instrument: fc.constantFrom(1, 2, 3),
    account: fc.constantFrom(7, 7, 8),
    does: fc.constantFrom('trade', 'trade', 'mark', 'mark', 'unmark'),
    amount: fc.integer({ min: -9, max: 9 }),
    aged: fc.constantFrom(0, 0, 30, 24 * 40),
    restarts: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(event, { maxLength: 14 }), (events) => {
      const one = new Desk();
      const prices = new Map<number, number>();
      const positions = new Map<
        string,
        { account: number; since: number; seen: number; row: Row; made: [number, number][] }
      >();
      const seen = new Map<number, number>();
      let now = at('2026-01-20T05:00');
      let found: readonly string[] = [];
      for (const { hours, instrument, account, does, amount, aged, restarts } of events) {
        now += hours * HOUR + 1;
        const key = `${account}/${instrument}`;
        if (does === 'trade') {
          const before = positions.get(key);
          const since = before?.since ?? now - aged * HOUR;
          const row = held(instrument, {
            account,
            since,
            quantity: amount,
            cost: amount * 100,
            realised: amount * 3,
            currency: `C${account}`,
          });
          if (!seen.has(account)) seen.set(account, now);
          positions.set(key, { account, since, seen: before?.seen ?? now, row, made: before?.made ?? [] });
          found = one.at(now, { positions: [row] });
        } else {
          prices.set(instrument, does === 'mark' ? 100 + amount : Number.NaN);
          found = one.at(now, { marks: [marked(instrument, prices.get(instrument)!, now)] });
        }
        for (const { row, made } of positions.values()) {
          const [quantity, cost, realised] = ['quantity', 'cost', 'realisedPnl'].map((field) =>
            Number((row[field] as bigint) / (field === 'quantity' ? ONE : ONE * ONE)),
          ) as [number, number, number];
          const price = quantity === 0 ? 0 : (prices.get(row['instrument'] as number) ?? Number.NaN);
          made.push([now, realised + quantity * price - cost]);
        }
        if (restarts) one.restart();
      }
      const { from, monthFrom, yearFrom } = rollsAt(0).dayOf(0, now);
      const expected = [...seen.keys()].map((account) => {
        const told = [from, monthFrom, yearFrom].map((begin) => {
          let [known, isWhole] = [0, true];
          for (const position of positions.values()) {
            if (position.account !== account) continue;
            const isNew = position.seen >= begin;
            const wasThere = seen.get(account)! < begin || position.since >= begin;
            const before = position.made.filter(([time]) => time < begin).at(-1)?.[1];
            const start = isNew ? (wasThere ? 0 : Number.NaN) : before!;
            const made = position.made.at(-1)![1] - start;
            if (Number.isNaN(made)) isWhole = false;
            else known += made;
          }
          return isWhole ? String(known) : `? (${known})`;
        });
        return `C${account} ${told.join(', ')}`;
      });
      // A day that begins with nothing new is not told.
      expect(found.map((line) => line.replace(/ [\d-]+:/, ''))).toEqual(expected);
    }),
    { numRuns: 100 },
  );
});
