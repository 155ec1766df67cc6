import { everyRule, USUAL_RULES } from '../../operators/marks/rules';
import { marksWith } from '../../pipelines/marks';
import { InstrumentKind } from '../../schemas/reference';
import { type Row, Run } from '../support/run';

const SECOND = 1_000_000;
const START = 1_700_000_000 * SECOND;
const [NYSE, ARCA] = [1, 2];

const listed = (kind: number): Row => ({
  instrument: 1,
  name: 'ONE',
  currency: 'USD',
  multiplier: 10n ** 9n,
  inverse: false,
  kind,
});
type Quote = Partial<Record<'venue' | 'bid' | 'bidSize' | 'ask' | 'askSize' | 'condition' | 'time', number>>;
const quote = (told: Quote): Row => ({
  instrument: 1,
  venue: NYSE,
  bid: Number.NaN,
  bidSize: Number.NaN,
  ask: Number.NaN,
  askSize: Number.NaN,
  condition: 0,
  sequence: 0,
  ...told,
  time: START + (told.time ?? 0) * SECOND,
});

class Desk {
  readonly run = new Run([marksWith({ rules: everyRule(USUAL_RULES, { staleAfterMicros: 10 * SECOND }) })]);

  /** What is said of the mark after quotes, at a time in seconds. */
  at(seconds: number, quotes: readonly Row[], reference: readonly Row[] = []): readonly Row[] {
    const data = { 'reference.instruments': reference, 'market.quotes': quotes };
    return this.run.bring({ now: START + seconds * SECOND, data })['market.marks']!;
  }
}

const BOTH = quote({ bid: 10, ask: 12 });

describe('marks', () => {
  test.each`
    case                                          | quotes                                                                                  | bid   | ask
    ${'both sides of a venue'}                    | ${[BOTH]}                                                                               | ${10} | ${12}
    ${'one side at a time'}                       | ${[quote({ bid: 10 }), quote({ ask: 12 })]}                                             | ${10} | ${12}
    ${'the best of two venues'}                   | ${[BOTH, quote({ venue: ARCA, bid: 11, ask: 13 })]}                                     | ${11} | ${12}
    ${'a venue that was best and falls back'}     | ${[BOTH, quote({ venue: ARCA, bid: 11 }), quote({ venue: ARCA, bid: 9 })]}              | ${10} | ${12}
    ${'a venue that withdraws'}                   | ${[BOTH, quote({ venue: ARCA, bid: 11 }), quote({ venue: ARCA, bid: 11, bidSize: 0 })]} | ${10} | ${12}
    ${'a side of which nothing is said stands'}   | ${[BOTH, quote({ bid: 11 })]}                                                           | ${11} | ${12}
    ${'locked is good'}                           | ${[quote({ bid: 12, ask: 12 })]}                                                        | ${12} | ${12}
    ${'crossed is not: the last good one stands'} | ${[BOTH, quote({ venue: ARCA, bid: 13 })]}                                              | ${10} | ${12}
    ${'nor what is suspect'}                      | ${[BOTH, quote({ bid: 11, condition: 1 })]}                                             | ${10} | ${12}
    ${'nor a price that is no number'}            | ${[BOTH, quote({ bid: Number.POSITIVE_INFINITY })]}                                     | ${10} | ${12}
    ${'a moment counts though its step goes on'}  | ${[BOTH, quote({ bid: 11 }), quote({ venue: ARCA, bid: 13 })]}                          | ${11} | ${12}
  `('$case', ({ quotes, bid, ask }) => {
    expect(new Desk().at(0, quotes, [listed(InstrumentKind.Equity)])).toEqual([
      expect.objectContaining({ bid, ask, price: (bid + ask) / 2, state: 'Priced' }),
    ]);
  });

  test('11 missing: an instrument that has quoted, but never well, has a mark that says so', () => {
    const desk = new Desk();

    expect(desk.at(0, [quote({ bid: 10 })])).toEqual([
      expect.objectContaining({ price: Number.NaN, state: 'Missing', quality: 'Missing', reason: 'NoAsk' }),
    ]);
    expect(desk.at(1, [quote({ bid: 11 })])).toEqual([]);
    expect(desk.at(2, [quote({ ask: 12, time: 2 })])).toMatchObject([{ state: 'Priced', bid: 11, ask: 12 }]);
  });

  test('a future may trade below zero, once reference data says that it is one', () => {
    const desk = new Desk();
    const below = quote({ bid: -38, ask: -36 });

    expect(desk.at(0, [below])).toMatchObject([{ state: 'Missing' }]);
    expect(desk.at(1, [below], [listed(InstrumentKind.Future)])).toMatchObject([
      { state: 'Priced', price: -37 },
    ]);
  });

  test('a mark is stale when nothing has come for the time allowed, and priced again with the next quote', () => {
    const desk = new Desk();
    desk.at(0, [BOTH]);
    desk.at(6, [quote({ bid: 10, ask: 12, time: 6 })]);
    const drained = desk.run.drain(START + 60 * SECOND).flatMap((written) => written['market.marks']!);

    expect(drained).toMatchObject([
      { state: 'Stale', quality: 'Stale', reason: 'StaleQuote', bid: 10, ask: 12, price: 11 },
    ]);
    expect(drained).toMatchObject([{ knownAt: START + 16 * SECOND, time: START }]);
    expect(desk.at(61, [quote({ bid: 10, ask: 12, time: 61 })])).toMatchObject([
      { state: 'Priced', time: START },
    ]);
  });

  test('a quote that was long under way makes no price; one from the future is of now', () => {
    expect(new Desk().at(20, [BOTH])).toMatchObject([{ state: 'Missing', reason: 'StaleQuote' }]);

    const ahead = new Desk();
    ahead.at(0, [quote({ bid: 10, ask: 12, time: 3_600 })]);
    expect(ahead.at(1, [quote({ bid: 11, ask: 12, time: 1 })])).toMatchObject([{ bid: 11 }]);
    const drained = ahead.run.drain(START + 60 * SECOND).flatMap((written) => written['market.marks']!);
    expect(drained).toMatchObject([{ state: 'Stale' }]);
  });

  test('of a venue whose clock is a little ahead the later quote counts, not the one that came last', () => {
    const desk = new Desk();
    const [later, earlier] = [quote({ bid: 10, ask: 12, time: 0.9 }), quote({ bid: 20, ask: 22, time: 0.8 })];

    expect(desk.at(0, [later])).toMatchObject([{ bid: 10, time: START + 0.9 * SECOND }]);
    expect(desk.at(0.5, [earlier])).toEqual([]);
  });

  test('a quote that changes neither side says nothing; its timer is not moved, but asked when it fires', () => {
    const desk = new Desk();
    desk.at(0, [BOTH]);
    const due = desk.run.task.nextDue();

    expect(desk.at(1, [quote({ bid: 10, ask: 12, time: 1 })])).toEqual([]);
    expect(desk.run.task.nextDue()).toBe(due);
  });
});
