/** Whose book says what: the side and the currency of an account, by its book or what is above, as of now. */
import fc from 'fast-check';
import { pnlWith } from '../../pipelines/pnl';
import { MarkSide, ScopeKind } from '../../schemas/reference';
import { heldPosition } from '../support/held-position';
import { type Outcome, obeysLaws } from '../support/laws';
import { type History, latestBy, type Row, Run, removal } from '../support/run';
import { SavedTables } from '../support/saved-tables';

const SECOND = 1_000_000;
const START = 100 * SECOND;
const told = { validTo: 0, version: 1, changedBy: 'ada', why: 'because' };
const [FIRM, DESK, BOOK, OTHER] = [0, 1, 2, 3];

const scope = (number: number, more: Row = {}): Row => ({
  scope: number,
  name: `S${number}`,
  kind: ScopeKind.Book,
  parent: undefined,
  baseCurrency: undefined,
  markSide: MarkSide.Inherited,
  calendar: undefined,
  validFrom: 0,
  ...told,
  ...more,
});
const account = (number: number, book: number | undefined, more: Row = {}): Row => ({
  account: number,
  name: `A${number}`,
  book,
  trader: undefined,
  strategy: undefined,
  legalEntity: undefined,
  counterparty: undefined,
  validFrom: 0,
  ...told,
  ...more,
});
const position = (number: number, quantity: number): Row =>
  heldPosition(quantity, { account: number, instrument: 1, time: START });
const MARK: Row = {
  instrument: 1,
  bid: 99,
  ask: 103,
  price: 101,
  state: 1,
  quality: 1,
  reason: 0,
  time: START,
};
const TREE = [
  scope(FIRM, { baseCurrency: 'USD', markSide: MarkSide.Mid }),
  scope(DESK, { parent: FIRM, baseCurrency: 'EUR' }),
  scope(BOOK, { parent: DESK, markSide: MarkSide.ClosingSide }),
  scope(OTHER, { parent: DESK }),
];
const options = { everyMicros: 0, convention: 'mid', baseCurrency: 'CHF' } as const;

class Desk {
  private readonly run: Run;

  constructor(saved = new SavedTables(), firstStep = 0) {
    this.run = new Run([pnlWith(options)], saved, firstStep);
  }

  restored(): Desk {
    this.run.save();
    return new Desk(this.run.saved, 1_000);
  }

  says(seconds: number, data: Readonly<Record<string, readonly Row[]>>) {
    const written = this.run.bring({ now: START + seconds * SECOND, data });
    const totals = [...written['risk.account_totals']!].sort(
      (a, b) => (a['account'] as number) - (b['account'] as number),
    );
    const isTold = (row: Row): boolean => 'totalPnl' in row;
    return {
      prices: written['risk.pnl']!.map(({ account, price }) => [account, price]),
      currencies: totals.filter(isTold).map(({ account, currency }) => [account, currency]),
      gone: totals.filter((row) => !isTold(row)).map(({ account, currency }) => [account, currency]),
    };
  }

  totals(seconds: number, data: Readonly<Record<string, readonly Row[]>>): readonly Row[] {
    const written = this.run.bring({ now: START + seconds * SECOND, data });
    return [...written['risk.account_totals']!].sort(
      (a, b) => (a['account'] as number) - (b['account'] as number),
    );
  }

  /** When something changes by itself, seconds. */
  get nextDue(): number | undefined {
    const due = this.run.task.nextDue();
    return due === undefined ? undefined : (due - START) / SECOND;
  }
}

const held = { 'market.marks': [MARK], 'ledger.positions': [position(7, 10), position(8, -10)] };

describe('followBooks', () => {
  test('an account that nobody listed is valued as the house does', () => {
    expect(new Desk().says(0, held)).toEqual({
      prices: [
        [7, 101],
        [8, 101],
      ],
      currencies: [
        [7, 'CHF'],
        [8, 'CHF'],
      ],
      gone: [],
    });
  });

  test('a book says it, or the nearest above: a change reaches positions and totals in the same step', () => {
    const desk = new Desk();
    desk.says(0, held);
    const listed = { 'reference.scopes': TREE, 'reference.accounts': [account(7, BOOK), account(8, OTHER)] };
    expect(desk.says(1, listed)).toEqual({
      prices: [[7, 99]],
      currencies: [
        [7, 'EUR'],
        [8, 'EUR'],
      ],
      gone: [
        [7, 'CHF'],
        [8, 'CHF'],
      ],
    });
    const moved = { 'reference.scopes': [scope(DESK, { parent: FIRM, markSide: MarkSide.ClosingSide })] };
    expect(desk.restored().says(2, moved)).toEqual({
      prices: [[8, 103]],
      currencies: [
        [7, 'USD'],
        [8, 'USD'],
      ],
      gone: [
        [7, 'EUR'],
        [8, 'EUR'],
      ],
    });
  });

  test('totals say which load of reference data was the latest to say how they are made', () => {
    const desk = new Desk();
    const versionOf = (seconds: number, data: Readonly<Record<string, readonly Row[]>>) =>
      desk.totals(seconds, data).map(({ account, referenceVersion }) => [account, referenceVersion]);
    const listed = { 'reference.scopes': TREE, 'reference.accounts': [account(7, BOOK, { version: 2 })] };
    expect(versionOf(0, { ...held, ...listed })).toEqual([
      [7, 2],
      [8, 0],
    ]);
    const desk9 = scope(DESK, { parent: FIRM, baseCurrency: 'EUR', version: 9 });
    expect(versionOf(1, { 'reference.scopes': [desk9] })).toEqual([[7, 9]]);
  });

  test('an account that moves to another book on a day is valued by it from then on, and not before', () => {
    const desk = new Desk();
    desk.says(0, { ...held, 'reference.scopes': TREE, 'reference.accounts': [account(7, OTHER)] });
    const later = account(7, BOOK, { validFrom: START + 60 * SECOND });
    expect(desk.says(1, { 'reference.accounts': [later] })).toEqual({ prices: [], currencies: [], gone: [] });
    expect(desk.nextDue).toBe(60);
    expect(desk.restored().says(60, {})).toMatchObject({ prices: [[7, 99]] });
  });

  test('an account that ends is valued as the house does again', () => {
    const desk = new Desk();
    const ends = account(7, BOOK, { validTo: START + 60 * SECOND });
    desk.says(0, { ...held, 'reference.scopes': TREE, 'reference.accounts': [ends] });
    expect(desk.says(60, {})).toMatchObject({ prices: [[7, 101]], currencies: [[7, 'CHF']] });
  });

  test('what is withdrawn says nothing any more; a circle of scopes is left after a while', () => {
    const desk = new Desk();
    desk.says(0, { ...held, 'reference.scopes': TREE, 'reference.accounts': [account(7, BOOK)] });
    const circle = [
      scope(FIRM, { parent: BOOK }),
      scope(DESK, { parent: FIRM }),
      scope(BOOK, { parent: DESK }),
    ];
    expect(desk.says(1, { 'reference.scopes': circle })).toMatchObject({
      prices: [[7, 101]],
      currencies: [[7, 'CHF']],
    });
    expect(desk.says(2, { 'reference.scopes': TREE })).toMatchObject({ prices: [[7, 99]] });
    const gone = [removal({ account: 7, validFrom: 0 })];
    expect(desk.says(3, { 'reference.accounts': gone })).toMatchObject({
      prices: [[7, 101]],
      currencies: [[7, 'CHF']],
    });
  });
});

const from = fc.constantFrom(0, 0, 1, 3, 5).map((seconds) => (seconds === 0 ? 0 : START + seconds * SECOND));
const anyScope = fc
  .record({
    number: fc.constantFrom(FIRM, DESK, BOOK),
    isBelow: fc.boolean(),
    baseCurrency: fc.constantFrom(undefined, undefined, 'EUR', 'JPY'),
    markSide: fc.constantFrom(0, 0, 1, 2),
    validFrom: from,
    validTo: fc.constantFrom(0, 0, START + 4 * SECOND),
  })
  .map(({ number, isBelow, ...more }) =>
    scope(number, { ...more, parent: isBelow && number > 0 ? number - 1 : undefined }),
  );
const anyAccount = fc
  .record({ number: fc.constantFrom(7, 8), book: fc.constantFrom(undefined, DESK, BOOK), validFrom: from })
  .map(({ number, book, validFrom }) => account(number, book, { validFrom }));
const anyRemoval = fc.record({ account: fc.constantFrom(7, 8), validFrom: from }).map((key) => removal(key));

describe('followBooks by chance', () => {
  obeysLaws({
    pipelines: [pnlWith(options)],
    start: START,
    drainMicros: 10 * SECOND,
    step: fc.record({
      passed: fc.constantFrom(0, SECOND, 2 * SECOND),
      data: fc.record({
        'reference.accounts': fc.array(fc.oneof(anyAccount, anyAccount, anyRemoval), { maxLength: 2 }),
        'reference.scopes': fc.array(anyScope, { maxLength: 2 }),
        'market.marks': fc.constantFrom([], [MARK]),
        'ledger.positions': fc.array(
          fc.tuple(fc.constantFrom(7, 8), fc.constantFrom(-10, 0, 10)).map(([one, of]) => position(one, of)),
          { maxLength: 1 },
        ),
      }),
    }),
    oracle: valuedFromScratch,
    comparable: (row) => ('contract' in row ? { ...shortOf(row), price: row['price'] } : withoutTimes(row)),
  });
});

const shortOf = ({ account, instrument, contract }: Row): Row => ({ account, instrument, contract });
const withoutTimes = (row: Row): Row =>
  'totalPnl' in row && 'withoutRate' in row ? { account: row['account'], currency: row['currency'] } : row;

/** The last word of each thing; of its versions the latest that has begun and not ended. */
function holds(rows: readonly Row[], key: string, number: unknown, now: number): Row | undefined {
  const versions = new Map<unknown, Row>();
  for (const row of rows)
    if (row[key] === number)
      if (isRemoved(row)) versions.delete(row['validFrom']);
      else versions.set(row['validFrom'], row);
  const begun = [...versions.values()].filter(({ validFrom }) => (validFrom as number) <= now);
  const latest = begun.sort((a, b) => (a['validFrom'] as number) - (b['validFrom'] as number)).at(-1);
  const end = latest?.['validTo'] as number;
  return latest && (end === 0 || now < end) ? latest : undefined;
}

const isRemoved = (row: Row): boolean => !('name' in row);

function valuedFromScratch(history: History, end: number): Outcome {
  const all = (topic: string) => history.flatMap(({ data }) => data[topic] ?? []);
  const isMarked = all('market.marks').length > 0;
  const positions = latestBy(all('ledger.positions'), ['account', 'instrument', 'contract']);
  const pnl: Row[] = [];
  const totals: Row[] = [];
  for (const row of positions.values()) {
    const { account } = row;
    let side = 0;
    let currency: unknown;
    let next = holds(all('reference.accounts'), 'account', account, end)?.['book'];
    while (next !== undefined) {
      const scope = holds(all('reference.scopes'), 'scope', next, end);
      side ||= (scope?.['markSide'] as number) ?? 0;
      currency ??= scope?.['baseCurrency'];
      next = scope?.['parent'];
    }
    const quantity = row['quantity'] as bigint;
    const price = side === 2 ? (quantity > 0n ? 99 : 103) : 101;
    pnl.push({ ...shortOf(row), price: isMarked && quantity !== 0n ? price : Number.NaN });
    totals.push({ account, currency: currency ?? 'CHF' });
  }
  return {
    'risk.pnl': latestBy(pnl, ['account', 'instrument', 'contract']),
    'risk.account_totals': latestBy(totals, ['account', 'currency']),
  };
}
