/** Cases from the desk: what a limit says, why, who makes it up, and what would cure it. */
import { exposuresWith } from '../../pipelines/exposures';
import { limitsWith } from '../../pipelines/limits';
import { pnlWith } from '../../pipelines/pnl';
import type { AnyPipeline } from '../../runtime/graph/pipeline';
import type { Table } from '../../runtime/tables/table';
import { BreachCause, BreachPhase, LimitFault, LimitState, limitStatusTable } from '../../schemas/limits';
import { instrumentUntold } from '../../schemas/untold';
import { heldPosition } from '../support/held-position';
import { type Row, Run, removal, type Written } from '../support/run';
import { SavedTables } from '../support/saved-tables';

const SECOND = 1_000_000;
const START = 1_700_000_000 * SECOND;
const ONE = 10n ** 9n;
const GROSS = 2;
const NET = 3;

const held = (account: number, instrument: number, quantity: number, currency = 'USD'): Row =>
  heldPosition(quantity, { account, instrument, currency, time: START });
const marked = (instrument: number, price: number): Row => ({
  instrument,
  bid: price,
  ask: price,
  price,
  state: Number.isNaN(price) ? 0 : 1,
  quality: 1,
  reason: 0,
  time: START,
});
const limited = (more: Row = {}): Row => ({
  limit: 'L',
  dimension: 'account',
  account: 7,
  member: '',
  measure: NET,
  sense: 0,
  currency: 'USD',
  warning: 800,
  breach: 1_000,
  hysteresis: 0,
  version: 1,
  by: 'ann',
  why: 'opening',
  validFrom: 0,
  validUntil: 0,
  ...more,
});
const EURUSD: Row = {
  ...instrumentUntold,
  instrument: 9,
  name: 'EUR/USD',
  currency: 'USD',
  multiplier: ONE,
  inverse: false,
  kind: 3,
};

class Desk {
  private now = START;
  private readonly run: Run;
  private statuses: Table | undefined;

  constructor(saved = new SavedTables(), firstStep = 0) {
    this.run = new Run(
      [
        pnlWith({ everyMicros: 0, convention: 'mid', baseCurrency: 'USD' }),
        exposuresWith({ everyMicros: 0, baseCurrency: 'USD' }),
        this.watched(limitsWith({ baseCurrency: 'USD' })),
      ],
      saved,
      firstStep,
    );
  }

  says({
    pairs = [],
    marks = [],
    positions = [],
    limits = [],
  }: Readonly<Record<string, readonly Row[]>>): Written {
    this.now += SECOND;
    return this.run.bring({
      now: this.now,
      data: {
        'reference.instruments': pairs,
        'market.marks': marks,
        'ledger.positions': positions,
        'risk.limits': limits,
      },
    });
  }

  private watched(pipeline: ReturnType<typeof limitsWith>): AnyPipeline {
    const open: typeof limitStatusTable.open = (saved) => {
      const table = limitStatusTable.open(saved);
      this.statuses = table;
      return table;
    };
    return { ...pipeline, state: { ...pipeline.state, statuses: { ...limitStatusTable, open } } };
  }

  passes(micros: number): readonly Written[] {
    this.now += micros;
    return this.run.drain(this.now);
  }

  /** How often the runtime saw a limit's status looked up: once for each limit that is looked at. */
  looked(): number {
    return this.statuses!.work.reads;
  }
}

const statusesOf = (written: Written): readonly Row[] => written['risk.limit_statuses']!;
const breachesOf = (written: Written): readonly Row[] => written['risk.breaches']!;

describe('a limit on the net value of an account', () => {
  test('warns at 80 %, is breached by a fill, and ends when it is clear of both', () => {
    const desk = new Desk();
    const within = desk.says({ marks: [marked(1, 10)], positions: [held(7, 1, 70)], limits: [limited()] });
    const warned = desk.says({ positions: [held(7, 1, 85)] });
    const breached = desk.says({ positions: [held(7, 1, 120)] });
    const eased = desk.says({ positions: [held(7, 1, 90)] });
    const ended = desk.says({ positions: [held(7, 1, 10)] });

    expect(statusesOf(within)).toMatchObject([
      { state: LimitState.Within, value: 700, utilisation: 0.7, since: 0 },
    ]);
    expect(breachesOf(within)).toEqual([]);
    expect(breachesOf(warned)).toMatchObject([
      { phase: BreachPhase.Warned, cause: BreachCause.Fill, before: 700, after: 850, byFills: 150 },
    ]);
    expect(breachesOf(breached)).toMatchObject([
      {
        phase: BreachPhase.Breached,
        excursion: breachesOf(warned)[0]!['excursion'],
        cause: BreachCause.Fill,
        before: 850,
        after: 1_200,
        byFills: 350,
        byPrices: 0,
        by: 'ann',
      },
    ]);
    expect(statusesOf(eased)).toMatchObject([{ state: LimitState.Warned, breached: true, extreme: 1_200 }]);
    expect(breachesOf(eased)).toEqual([]);
    expect(breachesOf(ended)).toMatchObject([
      { phase: BreachPhase.Ended, before: 900, after: 100, extreme: 1_200 },
    ]);
    expect(statusesOf(ended)).toMatchObject([{ state: LimitState.Within, since: 0 }]);
  });

  test('a price that moves is the cause, and so is a rate', () => {
    const desk = new Desk();
    desk.says({
      pairs: [EURUSD],
      marks: [marked(1, 10), marked(9, 1)],
      positions: [held(7, 1, 70, 'EUR')],
      limits: [limited({ warning: Number.NaN })],
    });
    const byPrice = desk.says({ marks: [marked(1, 15)] });
    desk.says({ marks: [marked(1, 10)] });
    const byRate = desk.says({ marks: [marked(9, 1.5)] });

    expect(breachesOf(byPrice)).toMatchObject([
      { phase: BreachPhase.Breached, cause: BreachCause.Price, byPrices: 350 },
    ]);
    expect(breachesOf(byRate)).toMatchObject([{ cause: BreachCause.Rate, byRates: 350, byPrices: 0 }]);
  });

  test('a limit that is lowered is the cause, and says who did it; one whose time comes says that', () => {
    const desk = new Desk();
    desk.says({ marks: [marked(1, 10)], positions: [held(7, 1, 70)], limits: [limited()] });
    const lowered = desk.says({ limits: [limited({ warning: 300, breach: 500, version: 2, by: 'bob' })] });
    const raised = desk.says({ limits: [limited({ warning: 2_000, breach: 3_000, version: 3 })] });
    const later = START + 60 * SECOND;
    desk.says({ limits: [limited({ warning: 300, breach: 500, version: 4, validFrom: later })] });
    const [inForce] = desk.passes(120 * SECOND);

    expect(breachesOf(lowered)).toMatchObject([
      { phase: BreachPhase.Breached, cause: BreachCause.Limit, by: 'bob', version: 2, breach: 500 },
    ]);
    expect(breachesOf(raised)).toMatchObject([{ phase: BreachPhase.Ended, cause: BreachCause.Limit }]);
    expect(breachesOf(inForce!)).toMatchObject([
      { phase: BreachPhase.Breached, cause: BreachCause.Time, version: 4, knownAt: later },
    ]);
  });

  test('contributors are ranked, and one trade in the largest would cure it', () => {
    const desk = new Desk();
    const written = desk.says({
      marks: [marked(1, 10), marked(2, 5), marked(3, 1)],
      positions: [held(7, 1, 100), held(7, 2, 80), held(7, 3, -50), held(8, 1, 500)],
      limits: [limited()],
    });
    const [breach] = breachesOf(written);
    const cured = desk.says({ positions: [held(7, 1, 100 + Math.floor(breach!['cureQuantity'] as number))] });

    expect(written['risk.breach_parts']).toMatchObject([
      { rank: 1, account: 7, instrument: 1, value: 1_000, part: 1_000 },
      { rank: 2, account: 7, instrument: 2, value: 400 },
    ]);
    expect(breach).toMatchObject({ after: 1_350, cureAccount: 7, cureInstrument: 1 });
    expect(breach!['cureQuantity']).toBeCloseTo(-35, 6);
    expect(statusesOf(cured)).toMatchObject([{ state: LimitState.Warned, value: 990 }]);
  });

  test('of the firm each account has its say: gross values do not net', () => {
    const desk = new Desk();
    const firm = { dimension: 'firm', account: -1 };
    const written = desk.says({
      marks: [marked(1, 10)],
      positions: [held(7, 1, 100), held(8, 1, -100)],
      limits: [
        limited({ limit: 'firm gross', ...firm, measure: GROSS }),
        limited({ limit: 'firm net', ...firm }),
      ],
    });

    expect(statusesOf(written)).toMatchObject([
      { limit: 'firm gross', state: LimitState.Breached, value: 2_000 },
      { limit: 'firm net', state: LimitState.Within, value: 0 },
    ]);
    expect(written['risk.breach_parts']).toMatchObject([
      { rank: 1, account: 7, value: 1_000 },
      { rank: 2, account: 8, value: -1_000, part: 1_000 },
    ]);
  });
});

describe('who did it', () => {
  test('a limit that is withdrawn, or whose time is over, ends its excursion by that, not by a price', () => {
    const desk = new Desk();
    const over = START + 60 * SECOND;
    desk.says({
      marks: [marked(1, 10)],
      positions: [held(7, 1, 120)],
      limits: [limited(), limited({ limit: 'M', validUntil: over })],
    });
    const withdrawn = desk.says({ limits: [removal({ limit: 'L', validFrom: 0 })] });
    const [ended] = desk.passes(120 * SECOND);

    expect(breachesOf(withdrawn)).toMatchObject([
      { limit: 'L', phase: BreachPhase.Ended, cause: BreachCause.Limit, after: Number.NaN },
    ]);
    expect(breachesOf(ended!)).toMatchObject([
      { limit: 'M', phase: BreachPhase.Ended, cause: BreachCause.Time, knownAt: over },
    ]);
  });

  test('a limit that is set in the step of the fill that is beyond it: the fill; set on what is beyond it: the limit', () => {
    const both = { marks: [marked(1, 10)], positions: [held(7, 1, 70)] };
    const [byFill, byLimit] = [new Desk(), new Desk()];
    byFill.says(both);
    byLimit.says(both);
    const filled = byFill.says({ positions: [held(7, 1, 120)], limits: [limited()] });
    const lowered = byLimit.says({
      positions: [held(7, 1, 72)],
      limits: [limited({ breach: 500, warning: 300 })],
    });

    expect(breachesOf(filled)).toMatchObject([{ cause: BreachCause.Fill, byFills: 500 }]);
    expect(breachesOf(lowered)).toMatchObject([{ cause: BreachCause.Limit, byFills: 20 }]);
  });

  test('a limit moved and moved back in one step is where it was, and nothing is said of it but that', () => {
    const desk = new Desk();
    desk.says({ marks: [marked(1, 10)], positions: [held(7, 1, 120), held(8, 1, 1)], limits: [limited()] });
    const back = desk.says({ limits: [limited({ account: 8 }), limited()] });
    const moved = desk.says({ positions: [held(7, 1, 130)] });

    expect(breachesOf(back)).toEqual([]);
    expect(statusesOf(moved)).toMatchObject([{ account: 7, value: 1_300, extreme: 1_300 }]);
  });

  test('set on another scope it ends the excursion of the one and begins one of the other, by the limit', () => {
    const desk = new Desk();
    desk.says({
      marks: [marked(1, 10)],
      positions: [held(7, 1, 120), held(8, 1, 110)],
      limits: [limited()],
    });
    const written = desk.says({ limits: [limited({ account: 8, by: 'bob' })] });

    expect(breachesOf(written)).toMatchObject([
      { account: 7, phase: BreachPhase.Ended, before: 1_200, cause: BreachCause.Limit },
      { account: 8, phase: BreachPhase.Breached, after: 1_100, cause: BreachCause.Limit, by: 'bob' },
    ]);
    expect(statusesOf(written)).toMatchObject([{ account: 8, extreme: 1_100 }]);
  });

  test('set on another scope it is not held by the hysteresis of the one before', () => {
    const desk = new Desk();
    const terms = { hysteresis: 0.2, warning: Number.NaN };
    desk.says({
      marks: [marked(1, 10)],
      positions: [held(7, 1, 120), held(8, 1, 90)],
      limits: [limited(terms)],
    });
    const written = desk.says({ limits: [limited({ ...terms, account: 8 })] });
    expect(statusesOf(written)).toMatchObject([{ account: 8, state: LimitState.Within, since: 0 }]);
  });

  test('two limits on one reading are two limits, each with its own excursion', () => {
    const desk = new Desk();
    desk.says({ marks: [marked(1, 10)], positions: [held(7, 1, 70)] });
    const written = desk.says({
      limits: [limited({ limit: 'A', breach: 600, warning: 500 }), limited({ limit: 'B' })],
    });
    const more = desk.says({ positions: [held(7, 1, 105)] });

    expect(statusesOf(written)).toMatchObject([
      { limit: 'A', state: LimitState.Breached },
      { limit: 'B', state: LimitState.Within },
    ]);
    expect(breachesOf(more)).toMatchObject([{ limit: 'B', phase: BreachPhase.Breached }]);
  });
});

describe('what would cure it', () => {
  const cures = (terms: Row, positions: readonly Row[], pairs: readonly Row[] = []) => {
    const desk = new Desk();
    const marks = [marked(1, 10), marked(2, 5), marked(9, 1.25)];
    const written = desk.says({
      pairs,
      marks,
      positions,
      limits: [limited({ warning: Number.NaN, ...terms })],
    });
    const [breach] = breachesOf(written);
    const { cureQuantity, cureInstrument } = breach as { cureQuantity: number; cureInstrument: number };
    const traded = positions.map((row) =>
      row['instrument'] === cureInstrument
        ? { ...row, quantity: (row['quantity'] as bigint) + BigInt(Math.round(cureQuantity * 1e9)) }
        : row,
    );
    const less = traded.map((row) =>
      row['instrument'] === cureInstrument
        ? {
            ...row,
            quantity: (row['quantity'] as bigint) - BigInt(Math.round(Math.sign(cureQuantity) * 1e3)),
          }
        : row,
    );
    const almost = statusesOf(desk.says({ positions: less }))[0]!['state'];
    const cured = statusesOf(desk.says({ positions: traded }))[0]!['state'];
    return { cureQuantity, cured, almost };
  };
  const tenfold = (row: Row): Row => ({ ...row, multiplier: 10n * ONE });

  test.each([
    ['a short position is bought back', {}, [held(7, 1, -120)], 20],
    [
      'of a short value, too',
      { measure: 1, sense: 2, breach: -1_000 },
      [held(7, 1, -120), held(7, 2, 9)],
      20,
    ],
    ['a position in euro at its rate', {}, [held(7, 1, 120, 'EUR')], -40],
    ['a contract of ten', {}, [tenfold(held(7, 1, 12))], -2],
    [
      'a short contract of ten in euro',
      { measure: GROSS },
      [tenfold(held(7, 1, -12, 'EUR')), held(7, 2, 1)],
      4.04,
    ],
    ['clear of its hysteresis', { hysteresis: 0.1 }, [held(7, 1, 120)], -30],
  ])('%s', (_, terms, positions, quantity) => {
    const found = cures(terms, positions, [EURUSD]);
    expect(found.cureQuantity).toBeCloseTo(quantity, 5);
    expect(found).toMatchObject({ cured: LimitState.Within, almost: LimitState.Breached });
  });

  test('while a part is unknown no single trade is said to cure', () => {
    const written = new Desk().says({
      marks: [marked(1, 10)],
      positions: [held(7, 1, 120), held(7, 2, 1)],
      limits: [limited({ measure: GROSS })],
    });
    expect(breachesOf(written)).toMatchObject([{ cureInstrument: undefined, cureQuantity: Number.NaN }]);
  });
});

describe('levels', () => {
  const LONG = 0;
  const SHORT = 1;
  const ABOVE = 1;
  const BELOW = 2;

  test('hysteresis holds each level for itself: a breach to 900, then a warning to 720', () => {
    const desk = new Desk();
    const states = [70, 80, 100, 91, 90, 89, 73, 72, 71].map((units) => {
      const first = units === 70 ? { limits: [limited({ hysteresis: 0.1 })], marks: [marked(1, 10)] } : {};
      return statusesOf(desk.says({ ...first, positions: [held(7, 1, units)] }))[0]!['state'];
    });
    const { Within, Warned, Breached } = LimitState;
    expect(states).toEqual([Within, Warned, Breached, Breached, Breached, Warned, Warned, Warned, Within]);
  });

  test.each([
    ['a net value that is to stay above −500', { sense: BELOW, breach: -500 }, -50, LimitState.Breached],
    ['… and does', { sense: BELOW, breach: -500 }, -49, LimitState.Within],
    ['a net value that is to stay below zero', { sense: ABOVE, breach: 0 }, 0, LimitState.Breached],
    ['… and does', { sense: ABOVE, breach: 0 }, -1, LimitState.Within],
    ['a net value that is to stay below −100', { sense: ABOVE, breach: -100 }, -10, LimitState.Breached],
    ['a size of zero', { breach: 0 }, 1, LimitState.Invalid],
    [
      'a gross value that can never be below −1',
      { measure: GROSS, sense: BELOW, breach: -1 },
      1,
      LimitState.Invalid,
    ],
    [
      'a long value that can never be below −1',
      { measure: LONG, sense: BELOW, breach: -1 },
      1,
      LimitState.Invalid,
    ],
    [
      'a short value that can never be above 1',
      { measure: SHORT, sense: ABOVE, breach: 1 },
      1,
      LimitState.Invalid,
    ],
  ])('%s', (_, terms, units, state) => {
    // The other position holds the account open where this one is flat.
    const positions = [held(7, 1, units), held(7, 2, 1)];
    const marks = [marked(1, 10), marked(2, 0)];
    const limits = [limited({ warning: Number.NaN, ...terms })];
    expect(statusesOf(new Desk().says({ marks, positions, limits }))).toMatchObject([{ state }]);
  });
});

describe('11 missing', () => {
  test('a reading of which a part has no price is unknown, never within; an open excursion stays open', () => {
    const desk = new Desk();
    desk.says({ marks: [marked(1, 10)], positions: [held(7, 1, 120)], limits: [limited()] });
    const lost = desk.says({ positions: [held(7, 2, 1)] });
    const found = desk.says({ marks: [marked(2, 1), marked(1, 1)] });

    expect(statusesOf(lost)).toMatchObject([
      {
        state: LimitState.Unknown,
        fault: LimitFault.PartsUnknown,
        unpriced: 1,
        value: Number.NaN,
        utilisation: Number.NaN,
        known: 1_200,
        breached: true,
      },
    ]);
    expect(breachesOf(lost)).toEqual([]);
    expect(breachesOf(found)).toMatchObject([{ phase: BreachPhase.Ended, after: 121 }]);
  });

  test('a gross value beyond its limit is beyond it, whatever the rest is worth', () => {
    const desk = new Desk();
    const limits = [limited({ measure: GROSS })];
    const written = desk.says({
      marks: [marked(1, 10)],
      positions: [held(7, 1, 120), held(7, 2, 1)],
      limits,
    });

    expect(statusesOf(written)).toMatchObject([
      { state: LimitState.Breached, fault: LimitFault.PartsUnknown, value: 1_200, known: 1_200 },
    ]);
  });

  test.each([
    'Long',
    'Short',
    'Gross',
    'Net',
  ])('where nothing has a price a %s limit has no reading and no utilisation, and nothing is known of it', (name) => {
    const measure = ['Long', 'Short', 'Gross', 'Net'].indexOf(name);
    const written = new Desk().says({ positions: [held(7, 1, 120)], limits: [limited({ measure })] });

    expect(statusesOf(written)).toMatchObject([
      { state: LimitState.Unknown, value: Number.NaN, utilisation: Number.NaN, known: undefined },
    ]);
    const nothing = { long: Number.NaN, short: Number.NaN, gross: Number.NaN, net: Number.NaN };
    expect(written['risk.exposures']).toMatchObject([nothing, nothing]);
    expect(written['risk.account_pnl']).toMatchObject([
      { marketValue: Number.NaN, unrealisedPnl: Number.NaN, knownPnl: 0, totalPnl: Number.NaN },
    ]);
  });

  test('an account of which nothing is known takes nothing from what is known of the firm', () => {
    const firm = limited({ dimension: 'firm', account: -1, measure: GROSS });
    const desk = new Desk();
    const positions = [held(7, 1, 85), held(8, 2, 5)];
    const written = desk.says({ marks: [marked(1, 10)], positions, limits: [firm] });
    const found = desk.says({ marks: [marked(2, 1)] });

    expect(statusesOf(written)).toMatchObject([
      { state: LimitState.Unknown, severity: 1, value: Number.NaN, known: 850, unpriced: 1 },
    ]);
    expect(breachesOf(written)).toMatchObject([{ phase: BreachPhase.Warned, after: 850 }]);
    expect(statusesOf(found)).toMatchObject([{ state: LimitState.Warned, value: 855, known: 855 }]);
  });

  test('a scope in which nothing was ever held is unknown: its name may be mistyped', () => {
    const written = new Desk().says({ limits: [limited({ account: 77 })] });
    expect(statusesOf(written)).toMatchObject([{ state: LimitState.Unknown, fault: LimitFault.NothingHeld }]);
  });

  test.each([
    ['levels in another currency', { currency: 'EUR' }, LimitFault.OtherCurrency],
    ['no level', { breach: Number.NaN }, LimitFault.BreachMissing],
    ['a warning behind its breach', { warning: 1_100 }, LimitFault.LevelOutOfOrder],
    ['a size below zero', { breach: -5, warning: Number.NaN }, LimitFault.LevelNotPositive],
    ['a hysteresis of all', { hysteresis: 1 }, LimitFault.HysteresisOutOfRange],
    ['an end before its beginning', { validFrom: 5, validUntil: 4 }, LimitFault.None],
  ])('terms with %s are judged by nobody, and say so', (_, terms, fault) => {
    const written = new Desk().says({
      marks: [marked(1, 10)],
      positions: [held(7, 1, 120)],
      limits: [limited(terms)],
    });
    const [status] = statusesOf(written);
    expect(status).toMatchObject({ fault });
    expect([LimitState.Invalid, LimitState.NotInForce]).toContain(status!['state']);
    expect(breachesOf(written)).toEqual([]);
  });
});

describe('12 work', () => {
  const looks = (others: number): number => {
    const desk = new Desk();
    const accounts = Array.from({ length: others }, (_, index) => 100 + index);
    desk.says({
      marks: [marked(1, 10), marked(2, 10)],
      positions: [held(7, 1, 70), ...accounts.map((account) => held(account, 2, 1))],
      limits: [limited(), ...accounts.map((account) => limited({ limit: `L${account}`, account }))],
    });
    const before = desk.looked();
    desk.says({ marks: [marked(1, 11)] });
    return desk.looked() - before;
  };

  test('a price looks at the limits of those who hold it, however many others there are', () => {
    expect(looks(10)).toBe(1);
    expect(looks(1_000)).toBe(1);
  });
});

test('restored it goes on with the excursion that was open', () => {
  const run = (saves: boolean): Written => {
    const pipelines = [
      pnlWith({ everyMicros: 0, convention: 'mid', baseCurrency: 'USD' }),
      exposuresWith({ everyMicros: 0, baseCurrency: 'USD' }),
      limitsWith({ baseCurrency: 'USD' }),
    ];
    let task = new Run(pipelines);
    const first = {
      'market.marks': [marked(1, 10)],
      'ledger.positions': [held(7, 1, 120)],
      'risk.limits': [limited()],
    };
    task.bring({ now: START, data: first });
    if (saves) {
      task.save();
      task = new Run(pipelines, task.saved, 1);
    }
    return task.bring({ now: START + SECOND, data: { 'ledger.positions': [held(7, 1, 1)] } });
  };

  expect(run(true)).toEqual(run(false));
  expect(breachesOf(run(true))).toMatchObject([{ phase: BreachPhase.Ended, excursion: START }]);
});
