/**
 * Recorded traffic with things wrong in it, played to a feed's session: cut and garbled texts, and as many messages that
 * are valid JSON and mean something else. The session goes on, every good message counts, nothing it tells cannot be, and
 * where a chain or a checksum holds a book no price comes from one that is not the venue's.
 */
import { feedStates, type MarketRecords } from '../../../sources/venues/market-records';
import { inLongRuns } from '../../support/long-runs';
import { whyNoData } from '../../support/real-data';
import { type Venue, venues } from '../venues/recorded-venues';
import type { Recorded } from '../venues/recording';
import { type Mutation, mutationsOf, type Random, randomOf } from './mutations';
import { PlayedFeed, symbolsOf, type Told } from './played-feed';

/** Garbled ones a venue, and as many of the two other rounds together: over 100,000 of twelve venues in a long run. */
const MUTANTS = inLongRuns(4_300, 16);
const WINDOW = 240;
/** A mutant in so many messages; with more of them books would break before they are tried. */
const ONE_IN = 9;

/** What holds the books of a venue. */
const HELD_BY: Readonly<Record<string, 'chain' | 'checksum'>> = {
  binance: 'chain',
  binance_futures: 'chain',
  deribit: 'chain',
  kraken_futures: 'chain',
  bitfinex: 'chain',
  okx: 'checksum',
  kraken: 'checksum',
};

interface Recording {
  readonly traffic: readonly Recorded[];
  readonly symbols: readonly string[];
  readonly truth: readonly Told[];
  readonly trades: readonly (readonly string[])[];
}

function recorded(venue: Venue): Recording {
  const traffic = venue.traffic().slice(0, WINDOW);
  const symbols = symbolsOf(venue, traffic);
  const play = new PlayedFeed(venue, symbols, traffic[0]!.received);
  const trades: string[][] = [];
  const truth = traffic.map((message) => {
    const told = play.take(message);
    trades.push(play.trades);
    return told;
  });
  return { traffic, symbols, truth, trades };
}

/** Plays the recording once with mutants in it; answers how many there were. */
function pass(venue: Venue, recording: Recording, kinds: readonly Mutation[], random: Random): number {
  const { traffic, symbols, truth, trades } = recording;
  const held = HELD_BY[venue.name];
  const play = new PlayedFeed(venue, symbols, traffic[0]!.received);
  const best = new Map<string, string>();
  const wrong = new Map<string, string>();
  let mutants = 0;
  // What begins a connection is left as it is: without it there is nothing to break.
  const first = Math.floor(traffic.length / 4);
  const checked = kinds.every((kind) => held === 'checksum' || kind.showsInChain);
  traffic.forEach((message, at) => {
    for (const [symbol, sides] of truth[at]!) best.set(symbol, sides ?? '');
    const isMutant = at >= first && random() < 1 / ONE_IN;
    const kind = isMutant ? kinds[Math.floor(random() * kinds.length)]! : undefined;
    const texts = kind?.texts(message.text, { random, symbols, next: traffic[at + 1]?.text ?? message.text });
    if (!texts) {
      const told = play.take(message);
      // Good messages count, whatever came before them.
      expect(play.trades).toEqual(trades[at]);
      if (held && checked) noteWrong(told, best, wrong, `${venue.name} ${at}`);
      return;
    }
    mutants += 1;
    for (const text of texts) {
      const told = play.take({ ...message, text });
      // What it tells itself is what was so, or what is so a message later.
      if (held && checked)
        noteWrong(
          told,
          new Map([...best, ...heardNext(truth[at + 1], told, best)]),
          wrong,
          `${venue.name} ${at} itself`,
        );
    }
  });
  expect([...wrong]).toEqual([]);
  expect(play.session.wantsClosed).toBeUndefined();
  boundedIn(play.session.records);
  expect(play.session.counts.refused.size).toBeLessThanOrEqual(101);
  return mutants;
}

/** Prices told that are not the venue's. */
function noteWrong(
  told: Told,
  best: ReadonlyMap<string, string>,
  wrong: Map<string, string>,
  where: string,
): void {
  for (const [symbol, sides] of told)
    if (sides !== undefined && digitsOf(sides) !== digitsOf(best.get(symbol)))
      wrong.set(symbol, `${where}: ${sides}, not ${best.get(symbol)}`);
}

/** Kraken's checksum is over digits: it does not see where the point is, and nothing else does. */
const digitsOf = (sides = ''): string => sides.replaceAll('.', '').replaceAll(/(?<=^| )0+(?=\d)/g, '');

/** The sides of the message behind, where a mutant told them before their time. */
function heardNext(
  next: Told | undefined,
  told: Told,
  best: ReadonlyMap<string, string>,
): [string, string][] {
  return [...(next ?? [])].flatMap(([symbol, sides]): [string, string][] =>
    sides !== undefined && told.get(symbol) === sides && best.get(symbol) !== sides ? [[symbol, sides]] : [],
  );
}

function boundedIn(records: MarketRecords): void {
  for (const kind of [records.books, records.levels, records.states, records.derivatives, records.options])
    expect(kind.length).toBe(0);
  expect(records.symbols.length).toBeLessThan(10_000);
  for (let at = 0; at < records.states.length; at += 1)
    expect(feedStates[records.states.state[at]!]).toBeDefined();
}

const here = venues.filter(({ files }) => whyNoData(files) === undefined);
for (const { name, files } of venues) {
  const why = whyNoData(files);
  if (why !== undefined) test.skip(`mutants of ${name} (${why})`, () => undefined);
}

if (here.length > 0)
  describe.each(here)('$name', (venue) => {
    let recording: Recording;
    beforeAll(() => {
      recording = recorded(venue);
    });

    test.each(['garbled', 'another meaning', 'another order'] as const)('mutants: %s', (round) => {
      const random = randomOf(20_261_130);
      const kinds = mutationsOf(round);
      const wanted = round === 'garbled' ? MUTANTS : MUTANTS / 2;
      for (let made = 0; made < wanted; ) made += pass(venue, recording, kinds, random);
      expect(Object.keys(Object.prototype)).toEqual([]);
      expect(Object.keys(Array.prototype)).toEqual([]);
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    }, 1_200_000);
  });
