/**
 * What an option must say to be priced: its words out of lists, its numbers as numbers, and no field besides. A formula that
 * asks "a call?" takes anything else for a put, so a word that nobody knows is refused before any formula is asked.
 */
import { failure, type Result, success } from '../contract';

type Words = readonly string[];
type Shape = Readonly<Record<string, Words | 'number' | 'numbers' | 'level' | Nested>>;
interface Nested {
  readonly of: Shape;
}

const right: Words = ['call', 'put'];
const exercise: Words = ['european', 'american'];
const knock: Words = ['in', 'out'];
const side: Words = ['down', 'up'];
const pays: Words = ['cash', 'asset'];
const vanilla = { right, strike: 'number', time: 'number' } as const;
/** A level may be missing on one side, which zero and infinity say. */
const corridor = { lower: 'level', upper: 'level' } as const;
const average = { ...vanilla, pastFixings: 'numbers', fixingTimes: 'numbers' } as const;
const running = { ...vanilla, elapsed: 'number', averageSoFar: 'number' } as const;

const shapes: Readonly<Record<string, Shape>> = {
  spot: { quantity: 'number' },
  forward: { strike: 'number', time: 'number' },
  future: { settled: 'number', time: 'number' },
  'vanilla-option': { ...vanilla, exercise },
  'forward-option': vanilla,
  'future-option': { ...vanilla, exercise, premium: ['upfront', 'margined'] },
  'digital-option': { ...vanilla, pays, cash: 'number' },
  'gap-option': { ...vanilla, payoffStrike: 'number' },
  'touch-option': {
    ...corridor,
    time: 'number',
    pays,
    when: ['at-hit', 'at-expiry'],
    knock,
    cash: 'number',
  },
  'double-touch-option': { ...corridor, time: 'number', knock, cash: 'number' },
  'barrier-option': { ...vanilla, ...corridor, knock, rebate: 'number' },
  'american-barrier-option': { ...vanilla, ...corridor, knock, rebate: 'number' },
  'binary-barrier-option': { ...vanilla, ...corridor, knock, pays, cash: 'number' },
  'partial-barrier-option': {
    ...vanilla,
    knock,
    barrier: 'number',
    side,
    watch: ['start', 'end-cross', 'end-beyond'],
    cover: 'number',
  },
  'soft-barrier-option': { ...vanilla, knock, side, low: 'number', high: 'number' },
  'fixed-lookback': { ...vanilla, extreme: 'number' },
  'floating-lookback': { right, time: 'number', extreme: 'number' },
  'partial-fixed-lookback': { ...vanilla, watchStart: 'number' },
  'partial-floating-lookback': {
    right,
    time: 'number',
    extreme: 'number',
    lambda: 'number',
    watchEnd: 'number',
  },
  'geometric-asian': average,
  'arithmetic-asian': average,
  'continuous-geometric-asian': running,
  'continuous-arithmetic-asian': running,
  'compound-option': { mother: { of: vanilla }, daughter: { of: vanilla } },
  'forward-start-option': {
    right,
    moneyness: 'number',
    start: 'number',
    time: 'number',
    pays: ['price', 'performance'],
  },
  'exchange-option': { time: 'number', quantity1: 'number', quantity2: 'number', exercise },
  'spread-option': vanilla,
  'rainbow-option': { ...vanilla, best: ['minimum', 'maximum'] },
  'two-asset-barrier-option': { ...vanilla, knock, side, barrier: 'number' },
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** What is wrong with a field, as `is …: … is wanted`; undefined where it is sound. */
function fieldFault(value: unknown, wanted: Shape[string]): string | undefined {
  const said = `is ${typeof value === 'string' ? `"${value}"` : String(value)}`;
  if (wanted === 'number') return Number.isFinite(value) ? undefined : `${said}: a number is wanted`;
  if (wanted === 'level')
    return typeof value === 'number' && value >= 0
      ? undefined
      : `${said}: a level is wanted, or 0 or Infinity`;
  if (wanted === 'numbers') {
    const sound = Array.isArray(value) && value.every((each) => Number.isFinite(each));
    return sound ? undefined : `${said}: a list of numbers is wanted`;
  }
  if ('of' in wanted) return isObject(value) ? undefined : `${said}: an option is wanted`;
  return wanted.includes(value as string) ? undefined : `${said}: one of ${wanted.join(', ')} is wanted`;
}

/** Rule by kind of field: the name leads, so that a row's field is found by it. */
const ruleOf = (wanted: Shape[string]): string =>
  typeof wanted === 'string' ? 'must-be-a-number' : 'of' in wanted ? 'must-be-an-option' : 'must-be-known';

function checked(given: Readonly<Record<string, unknown>>, shape: Shape, what: string): Result<true> {
  for (const [field, wanted] of Object.entries(shape)) {
    const fault = fieldFault(given[field], wanted);
    if (fault !== undefined) return failure(`${field}-${ruleOf(wanted)}`, `${what}: ${field} ${fault}.`);
    if (typeof wanted === 'object' && 'of' in wanted) {
      const inner = checked(given[field] as Readonly<Record<string, unknown>>, wanted.of, `${what} ${field}`);
      if (!inner.ok) return inner;
    }
  }
  const known = new Set(['kind', ...Object.keys(shape)]);
  const extra = Object.keys(given).find((field) => !known.has(field) && given[field] !== undefined);
  if (extra === undefined) return success(true);
  return failure(
    'field-must-be-known',
    `${what}: there is no ${extra}. It has ${Object.keys(shape).join(', ')}.`,
  );
}

/** Kinds that are not listed, such as resolved swaps and a plug-in's own, check themselves. */
export function productDoor(product: { readonly kind: string }): Result<true> {
  const shape = Object.hasOwn(shapes, product.kind) ? shapes[product.kind] : undefined;
  return shape
    ? checked(product as unknown as Readonly<Record<string, unknown>>, shape, product.kind)
    : success(true);
}
