/** The functions of the payoff language: what they take, what they give, and how they work. */

/** Number or truth, alone or on every date of a schedule. */
export interface ScriptType {
  readonly base: 'number' | 'boolean';
  /** The schedule of a series; absent for a single value. */
  readonly schedule?: string;
}

/** How the next element joins what came before it; few and named, so that each has its own tight loop. */
export type Combine = 'add' | 'min' | 'max' | 'keep' | 'take';

export type ScriptFunction =
  /** Element by element over arguments of one schedule or single values. */
  | {
      readonly shape: 'each';
      readonly least: number;
      readonly most: number;
      readonly apply: (values: Float64Array) => number;
    }
  /** A whole series to one value: each element through `before`, combined, then `after` with their count. */
  | {
      readonly shape: 'fold';
      readonly from: ScriptType['base'];
      readonly to: ScriptType['base'];
      readonly combine: Combine;
      readonly before?: (value: number) => number;
      readonly after?: (value: number, count: number) => number;
    }
  /** A series to a series, each element combined from those up to it, or, `late`, from those before it. */
  | {
      readonly shape: 'scan';
      readonly from: ScriptType['base'];
      readonly to: ScriptType['base'];
      readonly combine: Combine;
      readonly late?: boolean;
    };

const one = (apply: (x: number) => number): ScriptFunction => ({
  shape: 'each',
  least: 1,
  most: 1,
  apply: (values) => apply(values[0]!),
});

/** The n-th largest of the values after n: a few values, so they are sorted where they stand. */
function ranked(values: Float64Array): number {
  const n = values[0]!;
  const rest = values.slice(1).sort();
  return rest[rest.length - n] ?? Number.NaN;
}

type Fold = Extract<ScriptFunction, { shape: 'fold' }>;
type Scan = Extract<ScriptFunction, { shape: 'scan' }>;
const fold = (combine: Combine, more: Partial<Fold> = {}): ScriptFunction => ({
  shape: 'fold',
  from: 'number',
  to: 'number',
  combine,
  ...more,
});
const scan = (combine: Combine, more: Partial<Scan> = {}): ScriptFunction => ({
  shape: 'scan',
  from: 'number',
  to: 'number',
  combine,
  ...more,
});
const truths = { from: 'boolean', to: 'boolean' } as const;

export const scriptFunctions: ReadonlyMap<string, ScriptFunction> = new Map(
  Object.entries({
    abs: one(Math.abs),
    exp: one(Math.exp),
    log: one(Math.log),
    sqrt: one(Math.sqrt),
    floor: one(Math.floor),
    ranked: { shape: 'each', least: 2, most: 51, apply: ranked } as const,
    sum: fold('add'),
    mean: fold('add', { after: (value, count) => value / count }),
    geometricMean: fold('add', { before: Math.log, after: (value, count) => Math.exp(value / count) }),
    first: fold('keep'),
    last: fold('take'),
    any: fold('max', truths),
    all: fold('min', truths),
    count: fold('add', { from: 'boolean' }),
    runningSum: scan('add'),
    runningMin: scan('min'),
    runningMax: scan('max'),
    // True from the first date on which it was true, and true after it.
    ever: scan('max', truths),
    everBefore: scan('max', { ...truths, late: true }),
  }),
);

/** `min` and `max` fold one series, or compare several values. */
export const extremes = new Set(['min', 'max']);

/** Functions of a schedule's name: the year fraction of each date, its number from 1, and how many there are. */
export const scheduleFunctions = new Set(['time', 'index', 'length']);
