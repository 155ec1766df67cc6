/**
 * For each venue, recorded messages dropped, doubled, put behind the next, with sequences that begin anew or another
 * checksum: what the feed makes of it. `gap`: by the next message of the book at the latest it has no price, it is asked
 * for anew, and nothing of it has a price until a snapshot. `harmless`: the prices are those of the undisturbed feed.
 * `true`: a gap as above; or, where the levels that a checksum covers are as they should be, no price that the undisturbed
 * feed does not tell.
 * `any`: in messages of that version it shows only
 * now and then (a crossed book, a level told twice), and the docs say so.
 */
import { inLongRuns, isLongRun } from '../../support/long-runs';
import { whyNoData } from '../../support/real-data';
import { type Venue, venues } from '../venues/recorded-venues';
import type { Recorded } from '../venues/recording';
import { PlayedFeed, symbolsOf, type Told } from './played-feed';

const FAULTS = ['dropped', 'doubled', 'reordered', 'restarted', 'flipped'] as const;
type Fault = (typeof FAULTS)[number];
type Outcome = 'gap' | 'harmless' | 'true' | 'unseen';
/** Places in a recording at which each fault is tried, at most: a recording may have fewer. */
const PLACES = inLongRuns(12, 2);

/** What must come of each fault, by the recorded version of each venue; - where it has no such thing. */
const OUTCOMES = `
                  dropped  doubled   reordered restarted flipped
  binance         gap      gap       gap       gap       -
  binance_futures gap      gap       gap       gap       -
  deribit         gap      gap       gap       gap       -
  kraken_futures  gap      gap       gap       gap       -
  bitfinex        gap      gap       gap       gap       -
  okx             gap      harmless  gap       -         gap
  kraken          true     harmless  any       -         gap
  bybit           any      any       gap       -         -
  bitmex          any      any       any       -         -
  bitstamp        any      harmless  gap       gap       -
  coinbase        any      harmless  gap       -         -
  gemini          any      harmless  any       -         -`;

/** Makes the sequences of a message those of a venue that has begun anew. */
const RESTARTED: Readonly<Record<string, (text: string) => string>> = {
  binance: (text) => text.replace(/"(U|u)":\d+/g, '"$1":1'),
  binance_futures: (text) => text.replace(/"(U|u|pu)":\d+/g, '"$1":1'),
  deribit: (text) => text.replace(/"(prev_change_id|change_id)":\d+/g, '"$1":1'),
  kraken_futures: (text) => text.replace(/"seq":\d+/, '"seq":1'),
  bitfinex: (text) => text.replace(/,\d+,(\d{13})\]$/, ',1,$1]').replace(/,\d+\]$/, ',1]'),
  bitstamp: (text) => text.replace(/"(micro)?timestamp": ?"\d+"/g, '"$1timestamp":"1500000000"'),
};
const FLIPPED: Readonly<Record<string, (text: string) => string>> = {
  okx: (text) =>
    text.replace(/("checksum":-?\d{3})(\d)/, (_, a: string, b: string) => `${a}${(Number(b) + 1) % 10}`),
  kraken: (text) =>
    text.replace(/("c":"\d{3})(\d)/, (_, a: string, b: string) => `${a}${(Number(b) + 1) % 10}`),
};

interface Place {
  readonly at: number;
  readonly next: number;
  readonly symbol: string;
}

type Truth = readonly Told[];

interface Recording {
  readonly traffic: readonly Recorded[];
  readonly symbols: readonly string[];
  readonly truth: Truth;
}

function truthOf(venue: Venue, traffic: readonly Recorded[], symbols: readonly string[]): Truth {
  const play = new PlayedFeed(venue, symbols, traffic[0]!.received);
  return traffic.map((message) => play.take(message));
}

/** Messages that moved the best of a book which moves again later, some of them. */
function placesOf(truth: Truth, howMany: number): Place[] {
  const last = new Map<string, number>();
  const seen = new Map<string, number>();
  const places: Place[] = [];
  truth.forEach((told, at) => {
    for (const symbol of told.keys()) {
      const count = seen.get(symbol) ?? 0;
      if (count >= 2) places.push({ at: last.get(symbol)!, next: at, symbol });
      last.set(symbol, at);
      seen.set(symbol, count + 1);
    }
  });
  // The earliest: what comes before has to be played anew for each.
  const step = isLongRun ? Math.max(1, Math.floor(places.length / howMany)) : 3;
  return places.filter((_, index) => index % step === 0).slice(0, howMany);
}

function disturbed(
  venue: Venue,
  traffic: readonly Recorded[],
  { at, next }: Place,
  fault: Fault,
): Recorded[] {
  const message = traffic[at]!;
  const altered = (by: (text: string) => string): Recorded[] =>
    traffic.map((one, index) => (index === at ? { ...one, text: by(one.text) } : one));
  if (fault === 'dropped') return traffic.filter((_, index) => index !== at);
  if (fault === 'doubled') return traffic.flatMap((one, index) => (index === at ? [one, one] : [one]));
  if (fault === 'restarted') return altered(RESTARTED[venue.name]!);
  if (fault === 'flipped') return altered(FLIPPED[venue.name]!);
  return traffic.flatMap((one, index) => (index === at ? [] : index === next ? [one, message] : [one]));
}

function outcomeOf(
  venue: Venue,
  { traffic, truth, symbols }: Recording,
  place: Place,
  fault: Fault,
): Outcome {
  const end = Math.min(traffic.length, place.next + 150);
  const part = traffic.slice(0, end);
  const told = truth.slice(0, end).flatMap((one) => (one.has(place.symbol) ? [one.get(place.symbol)] : []));
  const faulty = disturbed(venue, part, place, fault);
  if (fault === 'restarted' || fault === 'flipped')
    expect(faulty[place.at]!.text).not.toBe(part[place.at]!.text);
  const play = new PlayedFeed(venue, symbols, part[0]!.received);
  let gapAt = Number.POSITIVE_INFINITY;
  const prices: string[] = [];
  faulty.forEach((message, index) => {
    const said = play.take(message);
    if (!said.has(place.symbol)) return;
    const quote = said.get(place.symbol);
    if (quote === undefined) gapAt = Math.min(gapAt, index);
    // From the gap on nothing of it has a price: no snapshot comes.
    else if (index > gapAt) throw new Error(`a price of ${place.symbol} in a gap`);
    else prices.push(quote);
  });
  if (gapAt <= place.next + 1) {
    expect(play.resyncs).toContain(place.symbol);
    return 'gap';
  }
  if (prices.join('\n') === told.join('\n')) return 'harmless';
  let from = 0;
  const isTold = prices.every((price) => {
    from = told.indexOf(price, from) + 1;
    return from > 0;
  });
  return isTold ? 'true' : 'unseen';
}

const rows = OUTCOMES.trim()
  .split('\n')
  .slice(1)
  .map((row) => row.trim().split(/ +/));

describe.each(rows)('%s', (name, ...outcomes) => {
  const venue = venues.find((one) => one.name === name)!;
  const why = whyNoData(venue.files);
  let played: Recording;
  beforeAll(() => {
    if (why !== undefined) return;
    const traffic = venue.traffic();
    const symbols = symbolsOf(venue, traffic);
    played = { traffic, symbols, truth: truthOf(venue, traffic, symbols) };
  });

  const cases = FAULTS.map((fault, index) => ({ fault, expected: outcomes[index] }));
  test.each(
    cases.filter(({ expected }) => expected !== '-'),
  )(`a message $fault: $expected${why === undefined ? '' : ` (${why})`}`, ({ fault, expected }) => {
    if (why !== undefined) return;
    const places = placesOf(played.truth, PLACES);
    expect(places.length).toBeGreaterThanOrEqual(Math.min(PLACES, 2));
    const seen = places.map((place) => outcomeOf(venue, played, place, fault));
    if (expected === 'true') expect(seen).not.toContain('unseen');
    else if (expected !== 'any') expect(seen).toEqual(places.map(() => expected));
  });
});

test('every recorded venue is in the table', () => {
  expect(rows.map(([name]) => name).sort()).toEqual(venues.map(({ name }) => name).sort());
});
