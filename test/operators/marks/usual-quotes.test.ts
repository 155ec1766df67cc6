/** Which quotes are taken in the quick loop, and which are left to the book, which knows what to do with any. */
import { BestQuotes } from '../../../operators/marks/best-quotes';
import { everyRule, type RulesByKind, rulesByNumber, USUAL_RULES } from '../../../operators/marks/rules';
import { UsualQuotes } from '../../../operators/marks/usual-quotes';
import { VenueBook } from '../../../operators/marks/venue-book';
import { Venues } from '../../../operators/marks/venues';
import { Marker } from '../../../runtime/stream/marker';
import { type QuoteColumns, quoteCodec } from '../../../schemas/market';
import { quotedInstrumentTable, venueBeliefTable, venueQuoteTable } from '../../../schemas/tables';

const SECOND = 1_000_000;
const NOW = 1_700_000_000 * SECOND;
const EARLIER = NOW - SECOND;
const { NaN: NONE } = Number;
const SAID = {
  instrument: 1,
  venue: 1,
  bid: 10,
  bidSize: 5,
  ask: 11,
  askSize: 5,
  condition: 0,
  time: EARLIER,
  sequence: 7,
};
type Quote = typeof SAID;

function columnsOf(...quotes: readonly Partial<Quote>[]): QuoteColumns {
  const columns = quoteCodec.allocate(quotes.length);
  quotes.forEach((quote, index) => {
    for (const [name, value] of Object.entries({ ...SAID, ...quote }))
      (columns[name as keyof QuoteColumns] as Float64Array)[index] = value;
  });
  (columns as { length: number }).length = quotes.length;
  return columns;
}

/** A desk to which venues 1 and 2 have quoted instrument 1. */
function desk(rules: RulesByKind = USUAL_RULES) {
  const tables = {
    quoted: quotedInstrumentTable.open(),
    venueQuotes: venueQuoteTable.open(),
    beliefs: venueBeliefTable.open(),
  };
  const venues = new Venues(tables.beliefs);
  const book = new VenueBook(tables.venueQuotes, venues);
  const best = new BestQuotes();
  const byNumber = rulesByNumber(rules);
  const usual = new UsualQuotes(tables, book, best, byNumber);
  const first = columnsOf({}, { venue: 2, bid: 10.5, ask: 10.75 });
  for (let index = 0; index < first.length; index += 1) book.take(first, index, byNumber[0]!, EARLIER);
  const take = (...quotes: readonly Partial<Quote>[]): number =>
    usual.take(columnsOf(...quotes), 0, NOW, new Marker());
  return { take, venues, best: best.columns };
}

test('quotes of both sides, in order, are taken, and each says what is best then', () => {
  const { take, best } = desk();

  expect(
    take(
      { time: NOW, bid: 10.625, ask: 10.75 },
      { time: NOW, bid: 10.125, ask: 10.875 },
      { time: NOW + SECOND, venue: 2, bid: 10, ask: 11 },
    ),
  ).toBe(3);
  expect(best.length).toBe(3);
  expect([...best.bid.subarray(0, 3)]).toEqual([10.625, 10.5, 10.125]);
  expect([...best.ask.subarray(0, 3)]).toEqual([10.75, 10.75, 10.875]);
  expect([...best.time.subarray(0, 3)]).toEqual([NOW, NOW, NOW + SECOND]);
});

test.each<[string, Partial<Quote>]>([
  ['of one time and sequence', {}],
  ['of one time and a later sequence', { sequence: 8 }],
  ['of a later time and an earlier sequence', { time: NOW, sequence: 1 }],
  ['of sizes that are not known', { bidSize: NONE, askSize: NONE }],
  ['whose sides are locked', { bid: 11 }],
])('a quote %s is taken', (_, quote) => {
  expect(desk().take(quote)).toBe(1);
});

test.each<[string, Partial<Quote>]>([
  ['that is suspect', { condition: 1 }],
  ['without a bid', { bid: NONE }],
  ['without an ask', { ask: NONE }],
  ['without end', { ask: Number.POSITIVE_INFINITY }],
  ['of a bid of zero', { bid: 0 }],
  ['of prices below zero', { bid: -2, ask: -1 }],
  ['that is crossed', { bid: 12 }],
  ['that withdraws its bid', { bidSize: 0 }],
  ['that withdraws its ask', { askSize: 0 }],
  ['that is late', { time: EARLIER - 1 }],
  ['that is late by its sequence', { sequence: 6 }],
  ['that is too old', { time: NOW - 60 * SECOND }],
  ['of a venue that had not quoted the instrument', { venue: 3 }],
  ['of an instrument that nobody had quoted', { instrument: 2 }],
  ['of an instrument beyond all that are known', { instrument: 5_000 }],
])('a quote %s is left to the book, and so is what follows it', (_, quote) => {
  const { take, best } = desk();

  expect(take({ time: NOW, sequence: 7 }, { time: NOW, ...quote }, { time: NOW })).toBe(1);
  expect(best.length).toBe(1);
});

test.each([
  ['down', 1, 0],
  ['losing quotes', 2, 0],
  ['recovering since after the quote', 3, NOW + 1],
])('a quote of a venue that is %s is left to the book', (_, state, time) => {
  const { take, venues } = desk();
  venues.take({ venue: 1, state, detail: '', time } as Parameters<Venues['take']>[0], NOW + 1);

  expect(take({ time: NOW })).toBe(0);
  expect(take({ time: NOW, venue: 2 })).toBe(1);
});

test('where the best of both sides has become too old, the book looks at all that was said', () => {
  expect(desk(everyRule(USUAL_RULES, { staleAfterMicros: SECOND })).take({ time: NOW })).toBe(0);
});

test('where the latest venue counts, not the best, every quote is left to the book', () => {
  expect(desk(everyRule(USUAL_RULES, { consolidate: 'latest' })).take({ time: NOW })).toBe(0);
});
