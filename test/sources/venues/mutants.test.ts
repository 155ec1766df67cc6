/**
 * Recorded messages with something wrong in them, half of them valid JSON with another meaning: the feed goes on, what is
 * good counts, and no record holds a number that cannot be.
 */
import { AdaptedFeed } from '../../../sources/venues/adapter';
import { MarketRecords } from '../../../sources/venues/market-records';
import { whyNoData } from '../../support/real-data';
import { venues } from './recorded-venues';

const MUTANTS = 400;

/** Park and Miller's: the same mutants each time. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

type Random = () => number;
const pick = <T>(list: readonly T[], random: Random): T => list[Math.floor(random() * list.length)]!;

const RUBBISH: readonly unknown[] = [
  null,
  '',
  'NaN',
  -1,
  0,
  1e308,
  '1e999',
  '0x10',
  true,
  [],
  {},
  [[]],
  '\u0000',
  '__proto__',
  'x'.repeat(10_000),
  2 ** 53,
];

/** Every place in a value, as the path to it. */
function pathsOf(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries = Object.entries(value).slice(0, 30);
  return [
    path,
    ...entries.flatMap(([key, one]) => pathsOf(one, [...path, Array.isArray(value) ? Number(key) : key])),
  ];
}

function changed(value: unknown, path: readonly (string | number)[], by: (old: unknown) => unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return by(value);
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<
    string | number,
    unknown
  >;
  copy[first] = changed(copy[first], rest, by);
  return copy;
}

function mutantOf(text: string, random: Random): string {
  const kind = random();
  if (kind < 0.2) return text.slice(0, Math.floor(random() * text.length));
  if (kind < 0.35) {
    const at = Math.floor(random() * text.length);
    return text.slice(0, at) + String.fromCharCode(Math.floor(random() * 256)) + text.slice(at + 1);
  }
  const message: unknown = JSON.parse(text);
  const path = pick(pathsOf(message), random);
  if (kind < 0.7) return JSON.stringify(changed(message, path, () => pick(RUBBISH, random))) ?? 'null';
  if (kind < 0.8)
    return `{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},${text.slice(1)}`;
  // Another meaning: numbers scaled, words swapped.
  return (
    JSON.stringify(
      changed(message, path, (old) => {
        if (typeof old === 'number') return old * (random() < 0.5 ? 1000 : -1);
        if (typeof old === 'string' && /^-?[\d.]+$/.test(old)) return `${Number(old) * 1000}`;
        return old === 'buy' ? 'sell' : old === 'sell' ? 'buy' : pick(RUBBISH, random);
      }),
    ) ?? 'null'
  );
}

function faultIn(records: MarketRecords): string | undefined {
  const { trades, levels, quotes, books } = records;
  for (let at = 0; at < trades.length; at += 1)
    if (
      !(trades.price[at]! > 0) ||
      !(trades.size[at]! > 0) ||
      !Number.isFinite(trades.price[at]! * trades.size[at]!)
    )
      return `a trade of ${trades.size[at]} at ${trades.price[at]}`;
  for (let at = 0; at < levels.length; at += 1)
    if (!(levels.price[at]! > 0) || !(levels.size[at]! >= 0)) return `a level of ${levels.size[at]}`;
  for (let at = 0; at < quotes.length; at += 1)
    if (quotes.bid[at]! <= 0 || quotes.ask[at]! <= 0) return `a quote ${quotes.bid[at]} / ${quotes.ask[at]}`;
  for (let at = 0; at < books.length; at += 1)
    if (!(books.first[at]! <= books.end[at]! && books.end[at]! <= levels.length))
      return 'a book without its levels';
  return undefined;
}

describe.each(venues)('$name', (venue) => {
  const why = whyNoData(venue.files);
  (why === undefined ? test : test.skip)(
    `${MUTANTS} mutants among the messages of a recording${why === undefined ? '' : ` (${why})`}`,
    () => {
      const random = randomOf(20_240_601);
      const traffic = venue.traffic();
      const step = Math.max(1, Math.floor(traffic.length / MUTANTS));
      const records = new MarketRecords();
      const feed = new AdaptedFeed(venue.adapter(), records);
      let [good, taken] = [0, 0];
      const few = traffic.filter(({ text }) => text.length < 20_000);
      traffic.forEach(({ text, received }, at) => {
        records.clear();
        good += 1;
        if (feed.receive(text, received)) taken += 1;
        expect(faultIn(records)).toBeUndefined();
        if (at % step !== 0) return;
        records.clear();
        feed.receive(mutantOf(pick(few, random).text, random), received);
        expect(faultIn(records)).toBeUndefined();
      });
      expect(taken).toBe(good);
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
      expect(feed.counts.refused.size).toBeLessThanOrEqual(101);
    },
  );
});
