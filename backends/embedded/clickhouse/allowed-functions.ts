/**
 * The functions that a question may call: what computes a value from its arguments and touches nothing else. Everything
 * else is refused: what reads files or dictionaries, opens connections, tells of the machine or the session, waits, or
 * needs time that grows with the square of a text's length, which no cancelling reaches.
 */

/** Of `system.functions`. A category that a later engine adds is refused until it is named here. */
const CATEGORIES: ReadonlySet<string> = new Set([
  'Arithmetic',
  'Arrays',
  'Bit',
  'Bitmap',
  'Comparison',
  'Conditional',
  'Dates and Times',
  'Distance',
  'Encoding',
  'Financial',
  'Hash',
  'JSON',
  'Logical',
  'Map',
  'Mathematical',
  'Null',
  'Random Number',
  'Rounding',
  'String',
  'String Replacement',
  'String Search',
  'String Splitting',
  'Time Window',
  'Tuple',
  'Type Conversion',
  'UUID',
]);

/** Of the categories "Other" and "Internal", and what the parser makes of operators. */
const SINGLE: ReadonlySet<string> = new Set([
  '_CAST',
  'bar',
  'byteSize',
  'caseWithExpression',
  'countDigits',
  'currentDatabase',
  'defaultValueOfTypeName',
  'finalizeAggregation',
  'formatReadableDecimalSize',
  'formatReadableQuantity',
  'formatReadableSize',
  'formatReadableTimeDelta',
  'identity',
  'ignore',
  'isConstant',
  'isDecimalOverflow',
  'lambda',
  'materialize',
  'neighbor',
  'rowNumberInAllBlocks',
  'rowNumberInBlock',
  'runningAccumulate',
  'runningDifference',
  'runningDifferenceStartingWithFirstValue',
  'throwIf',
  'toColumnTypeName',
  'toTypeName',
  'transform',
  'version',
  'visibleWidth',
]);

/** Table functions that make rows out of nothing. */
const GENERATORS: ReadonlySet<string> = new Set([
  'generateSeries',
  'generate_series',
  'numbers',
  'values',
  'zeros',
]);

const QUADRATIC = /levenshtein|editdistance|jaro|^formatRow|arraySimilarity/i;

const COMBINATOR =
  /(SimpleState|OrDefault|OrNull|Distinct|Resample|ForEach|ArgMax|ArgMin|Tuple|Merge|State|Array|Null|Map|If)$/;

/** A row of `system.functions`, `is_aggregate` as a number. */
export interface EngineFunction {
  readonly name: string;
  readonly alias_to: string;
  readonly is_aggregate: number;
  readonly case_insensitive: number;
  readonly categories: string;
  readonly origin: string;
}

export const FUNCTIONS_SQL =
  'SELECT name, alias_to, is_aggregate, case_insensitive, categories, toString(origin) AS origin FROM system.functions';

/** Says of a function's name, as a question has it, whether it may be called. */
export function allowedFunctions(functions: readonly EngineFunction[]): (name: string) => boolean {
  const exact = new Set<string>([...SINGLE, ...GENERATORS]);
  const anyCase = new Set<string>();
  const aggregates = new Set<string>();
  const own = new Map(functions.map((one) => [one.name, one]));
  for (const one of functions) {
    const meant = one.alias_to === '' ? one : (own.get(one.alias_to) ?? one);
    const safe =
      meant.origin === 'System' &&
      !QUADRATIC.test(meant.name) &&
      (Number(meant.is_aggregate) === 1 || CATEGORIES.has(meant.categories) || SINGLE.has(meant.name));
    if (!safe) continue;
    exact.add(one.name);
    if (Number(meant.is_aggregate) === 1) aggregates.add(one.name.toLowerCase());
    if (Number(one.case_insensitive) === 1) anyCase.add(one.name.toLowerCase());
  }
  const isAggregate = (name: string): boolean => {
    if (aggregates.has(name.toLowerCase())) return true;
    const base = name.replace(COMBINATOR, '');
    return base !== name && isAggregate(base);
  };
  return (name) => exact.has(name) || anyCase.has(name.toLowerCase()) || isAggregate(name);
}
