/** Ways in which a message can be wrong. Each is drawn from a generator with a seed: the same mutants each time. */

export type Random = () => number;

/** Park and Miller's. */
export function randomOf(seed: number): Random {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

interface Around {
  readonly random: Random;
  readonly symbols: readonly string[];
  /** The message behind it. */
  readonly next: string;
}

export interface Mutation {
  /** What comes instead of the message; undefined where it cannot be made of this one. */
  readonly texts: (text: string, around: Around) => readonly string[] | undefined;
  /** Whether a chain of sequences shows it, by the next message of the book. */
  readonly showsInChain: boolean;
}

type Path = readonly (string | number)[];

const pick = <T>(list: readonly T[], random: Random): T => list[Math.floor(random() * list.length)]!;

/** Places in a value, as the paths to them; of long lists the first thirty. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const isList = Array.isArray(value);
  const entries = Object.entries(value).slice(0, 30);
  return [path, ...entries.flatMap(([key, one]) => pathsOf(one, [...path, isList ? Number(key) : key]))];
}

const REMOVED = Symbol('removed');

function changed(value: unknown, [first, ...rest]: Path, by: (old: unknown) => unknown): unknown {
  if (first === undefined) return by(value);
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<
    string | number,
    unknown
  >;
  copy[first] = changed(copy[first], rest, by);
  if (copy[first] === REMOVED) delete copy[first];
  return copy;
}

const RUBBISH: readonly unknown[] = [
  null,
  '',
  'NaN',
  -1,
  0,
  1e308,
  -1e-320,
  '1e999',
  '0x10',
  '9'.repeat(39),
  true,
  [],
  {},
  [[]],
  { toString: 1, valueOf: null, toJSON: 'x' },
  { length: 2 ** 31 },
  '\u0000',
  '\ud800',
  '__proto__',
  'x'.repeat(10_000),
  2 ** 53,
];

const at = (text: string, random: Random): number => Math.floor(random() * text.length);

const anywhere =
  (by: (old: unknown, random: Random) => unknown): Mutation['texts'] =>
  (text, { random }) => {
    const message: unknown = JSON.parse(text);
    return [
      JSON.stringify(changed(message, pick(pathsOf(message), random), (old) => by(old, random))) ?? 'null',
    ];
  };

/** Texts that are no JSON, or JSON of another shape. */
const GARBLED: readonly Mutation[] = [
  { showsInChain: false, texts: (text, { random }) => [text.slice(0, at(text, random))] },
  {
    showsInChain: false,
    texts: (text, { random }) => {
      const place = at(text, random);
      return [text.slice(0, place) + String.fromCharCode(Math.floor(random() * 256)) + text.slice(place + 1)];
    },
  },
  { showsInChain: false, texts: anywhere((_, random) => pick(RUBBISH, random)) },
  {
    showsInChain: false,
    texts: (text) => [text.replace(/"[^"]*"|\d+/, `${'['.repeat(20_000)}${']'.repeat(20_000)}`)],
  },
  {
    showsInChain: false,
    texts: (text) => [
      `{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},${text.slice(1)}`,
      text.replace('{', '{"__proto__":{"polluted":1},'),
    ],
  },
];

const isNumeric = (value: unknown): boolean =>
  typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value));

/** Valid JSON of the venue's shapes that says something else. */
const MEANING: readonly Mutation[] = [
  {
    showsInChain: false,
    texts: anywhere((old, random) => {
      if (!isNumeric(old)) return old === 'buy' ? 'sell' : old === 'sell' ? 'buy' : old;
      const scaled = Number(old) * pick([1000, 0.001, -1, 1.0001], random);
      return typeof old === 'number' ? scaled : String(scaled);
    }),
  },
  {
    showsInChain: false,
    // Sides swapped, whatever the venue calls them.
    texts: (text) => {
      const swapped = text.replace(
        /"(bids|asks|b|a|bs|as|bid|ask|buy|sell|Buy|Sell)"/g,
        (whole, word: string) => {
          const other = {
            bids: 'asks',
            asks: 'bids',
            b: 'a',
            a: 'b',
            bs: 'as',
            as: 'bs',
            bid: 'ask',
            ask: 'bid',
          };
          const sides = { buy: 'sell', sell: 'buy', Buy: 'Sell', Sell: 'Buy' };
          return `"${({ ...other, ...sides } as Record<string, string>)[word] ?? whole}"`;
        },
      );
      return swapped === text ? undefined : [swapped];
    },
  },
  { showsInChain: false, texts: anywhere(() => REMOVED) },
];

/** Good messages at the wrong place, of another instrument, or with a sequence that is another. */
const ORDER: readonly Mutation[] = [
  { showsInChain: true, texts: (text) => [text, text] },
  { showsInChain: true, texts: () => [] },
  { showsInChain: true, texts: (text, { next }) => [next, text] },
  {
    showsInChain: true,
    texts: (text, { random }) => {
      const by = pick([1, -1, 1000, -100_000], random);
      const other = text.replace(
        /"(U|u|pu|change_id|prev_change_id|seq|seqId|prevSeqId)":(\d+)/g,
        (_, name: string, value: string) => `"${name}":${Math.max(1, Number(value) + by)}`,
      );
      return other === text ? undefined : [other];
    },
  },
  {
    showsInChain: true,
    texts: (text, { random, symbols }) => {
      const own = symbols.find((symbol) => text.includes(`"${symbol}"`));
      const other = pick(symbols, random);
      return own === undefined || other === own ? undefined : [text.replaceAll(`"${own}"`, `"${other}"`)];
    },
  },
];

export function mutationsOf(round: 'garbled' | 'another meaning' | 'another order'): readonly Mutation[] {
  return { garbled: GARBLED, 'another meaning': MEANING, 'another order': ORDER }[round];
}
