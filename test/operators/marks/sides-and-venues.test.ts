/** What a desk wants of marks when quotes are one-sided, old, late, absurd, or of a venue that is down. */
import { everyRule, USUAL_RULES } from '../../../operators/marks/rules';
import { marksWith } from '../../../pipelines/marks';
import { InstrumentKind } from '../../../schemas/reference';
import { instrumentUntold, venueStateUntold } from '../../../schemas/untold';
import { type Row, Run } from '../../support/run';

const SECOND = 1_000_000;
const START = 1_700_000_000 * SECOND;
const { NaN: NONE } = Number;
const [A, B] = [1, 2];
const [UP, DOWN, GAP, RECOVERING] = [0, 1, 2, 3];
/** Of a quote: updates of the instrument were lost. */
const LOST = 2;
const [EQUITY, OPTION, FUTURE] = [1, 2, 3];
const reference = (
  [
    [EQUITY, InstrumentKind.Equity],
    [OPTION, InstrumentKind.Option],
    [FUTURE, InstrumentKind.Future],
  ] as const
).map(([instrument, kind]) => ({
  instrument,
  name: String(instrument),
  currency: 'USD',
  multiplier: 10n ** 9n,
  inverse: false,
  kind,
  ...instrumentUntold,
}));

type Sides = readonly [bid: number, bidSize: number, ask: number, askSize: number];
const quote = (seconds: number, sides: Sides, more: Row = {}): Row => ({
  instrument: EQUITY,
  venue: A,
  bid: sides[0],
  bidSize: sides[1],
  ask: sides[2],
  askSize: sides[3],
  condition: 0,
  sequence: 0,
  ...more,
  time: START + seconds * SECOND,
});

class Desk {
  private readonly run = new Run([
    marksWith({ rules: everyRule(USUAL_RULES, { staleAfterMicros: 15 * SECOND }) }),
  ]);
  private readonly last = new Map<unknown, Row>();

  constructor() {
    this.run.bring({ now: START, data: { 'reference.instruments': reference } });
  }

  quotes(...quotes: readonly Row[]): this {
    for (const row of quotes) {
      const now = Math.max(Number(row['time']), this.now);
      this.pass(now);
      this.take(this.run.bring({ now, data: { 'market.quotes': [row] } })['market.marks']!);
    }
    return this;
  }

  venue(seconds: number, venue: number, state: number, ahead = 0, since = 0): this {
    const now = START + seconds * SECOND;
    this.pass(now);
    const from = since === 0 ? 0 : START + since * SECOND;
    const row = { ...venueStateUntold, venue, state, time: now + ahead * SECOND, since: from };
    this.take(this.run.bring({ now, data: { 'market.venue_states': [row] } })['market.marks']!);
    return this;
  }

  /** The mark at a time in seconds: price, quality and why. */
  mark(seconds: number, instrument = EQUITY) {
    this.pass(START + seconds * SECOND);
    const { price, quality, reason } = this.last.get(instrument) ?? {};
    return [price, quality, reason];
  }

  private now = START;

  private pass(now: number): void {
    for (const written of this.run.drain(now)) this.take(written['market.marks']!);
    this.now = now;
  }

  private take(marks: readonly Row[]): void {
    for (const mark of marks) this.last.set(mark['instrument'], mark);
  }
}

describe('a venue', () => {
  test('that has fallen silent does not count beside one that quotes', () => {
    const desk = new Desk().quotes(quote(0, [99, 5, 103, 5]));
    for (let second = 10; second <= 60; second += 10)
      desk.quotes(quote(second, [102, 5, 108, 5], { venue: B }));

    expect(desk.mark(60)).toEqual([105, 'Good', 'None']);
  });

  test('that goes down takes its quotes with it; up again, it has to quote anew', () => {
    const desk = new Desk().quotes(quote(0, [99, 5, 101, 5]));

    expect(desk.venue(1, A, DOWN).mark(1)).toEqual([100, 'VenueDown', 'VenueDown']);
    expect(desk.quotes(quote(2, [109, 5, 111, 5])).mark(2)).toEqual([100, 'VenueDown', 'VenueDown']);
    expect(desk.venue(3, A, UP).mark(3)).toEqual([100, 'VenueDown', 'VenueDown']);
    expect(desk.quotes(quote(4, [109, 5, 111, 5])).mark(4)).toEqual([110, 'Good', 'None']);
  });

  test('that lost updates of one instrument has no price of it until it quotes it again', () => {
    const desk = new Desk()
      .quotes(quote(0, [99, 5, 101, 5]), quote(0, [9.9, 5, 10.1, 5], { instrument: FUTURE }))
      .quotes(quote(1, [NONE, 0, NONE, 0], { condition: LOST }));

    expect(desk.mark(1)).toEqual([100, 'VenueDown', 'VenueGap']);
    expect(desk.mark(1, FUTURE)).toEqual([10, 'Good', 'None']);
    expect(desk.quotes(quote(2, [109, 5, 111, 5])).mark(2)).toEqual([110, 'Good', 'None']);
  });

  test('that was down between two looks at it counts since it came back, although nobody saw it down', () => {
    const desk = new Desk().quotes(quote(0, [99, 5, 101, 5])).venue(4, A, UP, 0, 2);

    expect(desk.mark(4)).toEqual([100, 'VenueDown', 'VenueDown']);
    expect(desk.quotes(quote(3, [109, 5, 111, 5])).mark(4)).toEqual([110, 'Good', 'None']);
  });

  test('that went down by a clock an hour ahead is up again when it says so', () => {
    const desk = new Desk()
      .quotes(quote(0, [99, 5, 101, 5]))
      .venue(1, A, DOWN, 3600)
      .venue(3, A, UP);

    expect(desk.quotes(quote(4, [109, 5, 111, 5])).mark(4)).toEqual([110, 'Good', 'None']);
  });

  test('that is down leaves the price to the others', () => {
    const desk = new Desk().quotes(quote(0, [99, 5, 101, 5]), quote(0, [95, 5, 107, 5], { venue: B }));

    expect(desk.venue(1, A, DOWN).mark(1)).toEqual([101, 'Wide', 'WideSpread']);
  });

  test('that lost quotes counts from what it says while it recovers', () => {
    const desk = new Desk().quotes(quote(0, [99, 5, 101, 5]));

    expect(desk.venue(1, A, GAP).mark(1)).toEqual([100, 'VenueDown', 'VenueGap']);
    desk.venue(2, A, RECOVERING);
    expect(desk.quotes(quote(3, [89, 5, 91, 5])).mark(3)).toEqual([90, 'Good', 'None']);
  });
});

describe('a side', () => {
  test('that is too old does not make a price with one that moves on', () => {
    const desk = new Desk().quotes(quote(0, [100, 5, 110, 5]));
    for (let second = 10; second <= 60; second += 10)
      desk.quotes(quote(second, [100 + second / 10, 5, NONE, NONE]));

    expect(desk.mark(60)).toEqual([106, 'OneSided', 'StaleAsk']);
  });

  test('that was taken back is gone, and an empty book has no price', () => {
    const desk = new Desk().quotes(quote(0, [100, 5, 101, 5]));

    expect(desk.quotes(quote(1, [NONE, 0, NONE, NONE])).mark(1)).toEqual([101, 'OneSided', 'NoBid']);
    expect(desk.quotes(quote(2, [NONE, 0, NONE, 0])).mark(2)).toEqual([NONE, 'Missing', 'Withdrawn']);
    expect(desk.quotes(quote(12, [NONE, 0, NONE, 0])).mark(60)).toEqual([NONE, 'Missing', 'Withdrawn']);
  });

  test('alone makes no price where there never were two', () => {
    expect(new Desk().quotes(quote(0, [100, 5, NONE, NONE])).mark(0)).toEqual([NONE, 'Missing', 'NoAsk']);
  });

  test('is of its own time: a quote that comes late loses, and of one time the lower sequence', () => {
    const desk = new Desk().quotes(quote(5.2, [110, 1, 111, 1]), quote(5.1, [90, 1, 91, 1]));
    expect(desk.mark(6)).toEqual([110.5, 'Good', 'None']);

    desk.quotes(quote(7, [120, 1, 121, 1], { sequence: 9 }), quote(7, [90, 1, 91, 1], { sequence: 8 }));
    expect(desk.mark(7)).toEqual([120.5, 'Good', 'None']);
  });
});

describe('what is no price', () => {
  test('a stub: the last two good sides stand, and it is told', () => {
    const desk = new Desk().quotes(quote(0, [100, 5, 100.5, 5]), quote(1, [0.01, 100, 199_999.99, 100]));

    expect(desk.mark(1)).toEqual([100.25, 'Stale', 'AbsurdSpread']);
    expect(new Desk().quotes(quote(0, [0.01, 1, 199_999.99, 1])).mark(0)).toEqual([
      NONE,
      'Missing',
      'AbsurdSpread',
    ]);
  });

  test('a zero whose size is not known, of a future as well', () => {
    const desk = new Desk().quotes(quote(0, [0, NONE, 4500, 5], { instrument: FUTURE }));

    expect(desk.mark(0, FUTURE)).toEqual([NONE, 'Missing', 'UnknownSize']);
  });

  test('zero and less, unless the product trades there', () => {
    const desk = new Desk().quotes(
      quote(0, [-38, 5, -36, 5], { instrument: FUTURE }),
      quote(0, [-1, 5, 12, 5]),
    );

    expect(desk.mark(0, FUTURE)).toEqual([-37, 'Good', 'None']);
    expect(desk.mark(0)).toEqual([NONE, 'Missing', 'NotPositive']);
  });

  test('a crossed book: the last two good sides stand, and in the end they are stale', () => {
    const desk = new Desk().quotes(quote(0, [100, 5, 102, 5]));
    for (let second = 5; second <= 30; second += 5)
      desk.quotes(quote(second, [105, 5, 106, 5], { venue: B }), quote(second, [100, 5, 102, 5]));

    expect(desk.mark(10)).toEqual([101, 'Stale', 'Crossed']);
  });

  test('… from the moment on at which they are too old, though no quote comes and no side has grown old', () => {
    const desk = new Desk().quotes(quote(0, [100, 5, 102, 5]));
    desk.quotes(quote(14, [105, 5, 106, 5], { venue: B }), quote(14, [100, 5, 102, 5]));
    expect(desk.mark(14)).toEqual([101, 'Wide', 'Crossed']);
    expect(desk.mark(15)).toEqual([101, 'Stale', 'Crossed']);
  });
});

describe('an option', () => {
  const of = { instrument: OPTION };

  test('that nobody bids for is worth something between nothing and its ask', () => {
    const desk = new Desk().quotes(quote(0, [5, 5, 5.2, 5], of), quote(1, [0, 0, 0.05, 5], of));

    expect(desk.mark(1, OPTION)).toEqual([0.025, 'OneSided', 'NoBid']);
    expect(new Desk().quotes(quote(0, [NONE, 0, 0.05, 5], of)).mark(0, OPTION)).toEqual([
      0.025,
      'OneSided',
      'NoBid',
    ]);
  });

  test('with a stub for an ask is not', () => {
    expect(new Desk().quotes(quote(0, [0, 0, 199_999.99, 1], of)).mark(0, OPTION)).toEqual([
      NONE,
      'Missing',
      'AbsurdSpread',
    ]);
  });
});
