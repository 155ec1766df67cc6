/** Messages dropped, doubled, swapped and altered: no book is believed that is not the venue's. */
import { AdaptedFeed } from '../../../sources/venues/adapter';
import { feedStates, MarketRecords } from '../../../sources/venues/market-records';
import { inLongRuns } from '../../support/long-runs';
import { whyNoData } from '../../support/real-data';
import { type Venue, venues } from './recorded-venues';
import type { Recorded } from './recording';
import { ToldBooks } from './told-books';

/** What a run tells after each message: of each symbol that the message was about, its book, or that it is in a gap. */
interface Told {
  readonly symbol: string;
  readonly book: string;
}

class Run {
  private readonly records = new MarketRecords();
  private readonly feed: AdaptedFeed;
  private readonly books = new ToldBooks();
  private readonly gaps = new Set<string>();

  constructor(venue: Venue) {
    this.feed = new AdaptedFeed(venue.adapter(), this.records);
  }

  /** The symbols that the message told of. */
  take({ text, received }: Recorded): string[] {
    const { records } = this;
    records.clear();
    this.feed.receive(text, received);
    this.books.apply(records);
    const told = new Set<string>();
    for (let at = 0; at < records.states.length; at += 1) {
      const symbol = records.symbols[records.states.symbol[at]!]!;
      told.add(symbol);
      if (feedStates[records.states.state[at]!] === 'live') this.gaps.delete(symbol);
      else this.gaps.add(symbol);
    }
    for (let at = 0; at < records.books.length; at += 1)
      told.add(records.symbols[records.books.symbol[at]!]!);
    return [...told];
  }

  isInGap(symbol: string): boolean {
    return this.gaps.has(symbol);
  }

  bookOf(symbol: string): string {
    const book = this.books.books.get(this.records.symbol(symbol));
    if (!book) return '';
    const levels: number[] = [];
    for (const side of [book.bids, book.asks])
      for (let at = 0; at < Math.min(side.length, 200); at += 1) levels.push(side.price(at), side.size(at));
    return levels.join(' ');
  }
}

/** Places of messages that change a book which changes again later. */
function changesOf(
  venue: Venue,
  traffic: readonly Recorded[],
  howMany: number,
): { place: number; symbol: string }[] {
  const run = new Run(venue);
  const seen = new Map<string, number>();
  const found: { place: number; symbol: string }[] = [];
  traffic.forEach((message, place) => {
    for (const symbol of run.take(message)) {
      const before = seen.get(symbol);
      if (before !== undefined && before > 0) found.push({ place: before, symbol });
      seen.set(symbol, before === undefined ? 0 : place);
    }
  });
  const step = Math.max(1, Math.floor(found.length / howMany));
  return found.filter((_, at) => at % step === 0).slice(0, howMany);
}

type Fault = 'dropped' | 'doubled' | 'swapped';

/** Messages numbered as they were; a fault leaves one out, repeats it, or puts it behind the next of its symbol. */
function withFault(numbers: number[], fault: Fault, place: number, next: number): number[] {
  const rest = numbers.filter((number) => number !== place);
  if (fault === 'dropped') return rest;
  if (fault === 'doubled') return [...numbers.slice(0, place + 1), place, ...numbers.slice(place + 1)];
  const at = rest.indexOf(next);
  return [...rest.slice(0, at + 1), place, ...rest.slice(at + 1)];
}

/** Venues whose updates carry a chain or a checksum; of the others docs say what shows. */
const followed = venues.filter(({ name }) =>
  ['binance', 'binance_futures', 'kraken_futures', 'kraken', 'okx', 'deribit', 'bitfinex'].includes(name),
);
const cases = followed.flatMap((venue) =>
  (['dropped', 'doubled', 'swapped'] as const).map((fault) => [venue.name, fault, venue] as const),
);

describe.each(cases)('%s: a message %s', (_name, fault, venue) => {
  const why = whyNoData(venue.files);
  (why === undefined ? test : test.skip)(
    `shows at the next one at the latest, and nothing is told of the book until a snapshot${why === undefined ? '' : ` (${why})`}`,
    () => {
      const traffic = venue.traffic();
      const places = changesOf(venue, traffic, inLongRuns(3, 1));
      expect(places.length).toBeGreaterThan(0);
      let detected = 0;
      for (const { place, symbol } of places) {
        // Truth: the book after each message, undisturbed.
        const truth = new Run(venue);
        const books: Told[][] = [];
        let next = -1;
        const horizon = Math.min(traffic.length, place + 200);
        for (let at = 0; at < horizon; at += 1) {
          const told = truth.take(traffic[at]!);
          if (at > place && next < 0 && told.includes(symbol)) next = at;
          books[at] = told.includes(symbol) ? [{ symbol, book: truth.bookOf(symbol) }] : [];
        }
        if (next < 0) continue;
        const disturbed = new Run(venue);
        let latest = '';
        const numbers = withFault([...Array(horizon).keys()], fault, place, next);
        numbers.forEach((number, at) => {
          disturbed.take(traffic[number]!);
          latest = books[number]![0]?.book ?? latest;
          // Until the next message of the symbol has come, nobody can know that one is missing.
          const isSettled = at >= numbers.indexOf(next) + (fault === 'swapped' ? 1 : 0);
          if (!isSettled || books[number]!.length === 0) return;
          if (disturbed.isInGap(symbol)) detected += 1;
          else if (fault !== 'swapped') expect(disturbed.bookOf(symbol)).toBe(latest);
        });
      }
      if (fault === 'dropped') expect(detected).toBeGreaterThan(0);
    },
  );
});

test.each([
  ['okx', /("checksum":-?\d{3})(\d)/],
  ['kraken', /("c":"\d{3})(\d)/],
] as const)('%s: a checksum that is another puts the book in a gap at once', (name, pattern) => {
  const venue = venues.find((one) => one.name === name)!;
  if (whyNoData(venue.files) !== undefined) return;
  const traffic = venue.traffic();
  const { place, symbol } = changesOf(venue, traffic, 3)[1]!;
  const run = new Run(venue);
  for (const message of traffic.slice(0, place)) run.take(message);
  const altered = traffic[place]!.text.replace(
    pattern,
    (_, start: string, digit: string) => `${start}${(Number(digit) + 1) % 10}`,
  );
  expect(altered).not.toBe(traffic[place]!.text);
  run.take({ ...traffic[place]!, text: altered });
  expect(run.isInGap(symbol)).toBe(true);
  const before = run.bookOf(symbol);
  for (const message of traffic.slice(place + 1)) run.take(message);
  expect(run.bookOf(symbol)).toBe(before);
});
