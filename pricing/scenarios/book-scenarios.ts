/**
 * Scenarios on a live book of options: inputs are moved, what they move is repriced, and at the end everything is back, to the
 * bit, because a book has no past. Costs the rows that each scenario moves, and no copy of the book.
 */
import { type PreparedBook, repriceMoved, setRate, setSpot, setYield } from '../batch/book';
import { markRow } from '../batch/book-state';
import { rowWorth } from '../batch/row-worth';
import { failure, type Result, success } from '../contract';
import { type FactorSet, factorKey } from './factors';
import { applyScenario, type CompiledScenario, soundValues } from './scenario';

/** Where a factor enters a book. A smile's factor is a volatility, by which each row of the smile moves its own. */
export interface BookBinding {
  readonly factor: number;
  readonly input: 'spot' | 'rate' | 'yield' | 'volatility' | 'smile';
  /** The input's place, or the row of a volatility. */
  readonly place: number;
}

export interface BookScenarios {
  readonly set: FactorSet;
  /** Values of the factors now. Volatility factors of smiles hold a level, such as at the money. */
  readonly values: Float64Array;
  readonly bindings: readonly BookBinding[];
  readonly scenarios: readonly CompiledScenario[];
}

/** Volatilities of the rows of a smile move as the factor does: by the same share. */
const moveSmile = (book: PreparedBook, place: number, base: Float64Array, share: number): void => {
  const { state, columns: c } = book;
  const { first, next } = state.rowsOfSmile;
  for (let item = first[place]!; item > 0; item = next[item - 1]!) {
    const row = item - 1;
    const volatility = base[row]! * share;
    if (Object.is(c.volatilities[row], volatility)) continue;
    c.volatilities[row] = volatility;
    markRow(state, c, row);
  }
};

const moveRow = ({ state, columns: c }: PreparedBook, row: number, volatility: number): void => {
  if (Object.is(c.volatilities[row], volatility)) return;
  c.volatilities[row] = volatility;
  markRow(state, c, row);
};

interface Moving {
  readonly values: Float64Array;
  readonly moved: Float64Array;
  /** Volatilities of all rows before any scenario. */
  readonly volatilities: Float64Array;
}

function setFactor(book: PreparedBook, binding: BookBinding, moving: Moving): void {
  const { factor, input, place } = binding;
  const value = moving.moved[factor]!;
  if (input === 'spot') setSpot(book, place, value);
  else if (input === 'rate') setRate(book, place, value);
  else if (input === 'yield') setYield(book, place, value);
  else if (input === 'volatility') moveRow(book, place, value);
  // A factor that stands still leaves every digit, also where its level is missing.
  else if (Object.is(value, moving.values[factor])) moveSmile(book, place, moving.volatilities, 1);
  else moveSmile(book, place, moving.volatilities, value / moving.values[factor]!);
}

/**
 * The first factor whose value is not what the book holds: putting the book back would move it. Smiles hold no level to
 * compare with.
 */
function strayFactor({ columns: c }: PreparedBook, { set, values, bindings }: BookScenarios): Result<true> {
  for (const { factor, input, place } of bindings) {
    if (input === 'smile') continue;
    const column = { spot: c.spots, rate: c.rateValues, yield: c.yieldValues, volatility: c.volatilities }[
      input
    ];
    if (Object.is(column[place], values[factor])) continue;
    return failure(
      'factor-must-be-what-the-book-holds',
      `factor "${factorKey(set.factors[factor]!)}" is ${values[factor]}, and the book has ${column[place]} as its ${input} ${place}. Give the book's own values.`,
    );
  }
  return success(true);
}

/**
 * Prices the book under each scenario and calls back with its number while the book's columns hold that scenario's values;
 * they are the reader's to sum. A row without a value there has its reason, as ever. Afterwards the book is as it was.
 *
 * Failures: `book-is-repricing`, `factor-must-be-what-the-book-holds`, `factor-must-be-positive`; the book is as it was then,
 * too.
 */
export function runScenarios(
  book: PreparedBook,
  { set, values, bindings, scenarios }: BookScenarios,
  visit: (scenario: number) => void,
): Result<true> {
  if (book.state.busy)
    return failure('book-is-repricing', 'threads reprice the book. Wait for the round, then ask.');
  const own = strayFactor(book, { set, values, bindings, scenarios });
  if (!own.ok) return own;
  repriceMoved(book);
  const moving: Moving = {
    values,
    moved: Float64Array.from(values),
    volatilities: book.columns.volatilities.slice(0, book.state.rows),
  };
  const setAll = (): void => {
    for (const binding of bindings) setFactor(book, binding, moving);
    repriceMoved(book);
  };
  try {
    for (const [number, scenario] of scenarios.entries()) {
      applyScenario(scenario, values, moving.moved);
      const sound = soundValues(set, scenario, moving.moved);
      if (!sound.ok) return sound;
      setAll();
      visit(number);
    }
  } finally {
    moving.moved.set(values);
    setAll();
  }
  return success(true);
}

export interface ScenarioProfit {
  /** Σ quantity · (worth in the scenario − worth now), by scenario, in money: a coin's options count at its price. */
  readonly profits: Float64Array;
  /** Rows held that have no price now or in the scenario, and so are in no sum; by scenario. */
  readonly unpriced: Uint32Array;
}

/** Profit of positions by row; a row that cannot be priced is counted and left out, never read as zero. */
export function scenarioProfits(
  book: PreparedBook,
  run: BookScenarios,
  quantities: Float64Array,
): Result<ScenarioProfit> {
  const { columns: c, state } = book;
  if (state.busy)
    return failure('book-is-repricing', 'threads reprice the book. Wait for the round, then ask.');
  repriceMoved(book);
  const base = Float64Array.from({ length: state.rows }, (_, row) => rowWorth(c, row));
  const profits = new Float64Array(run.scenarios.length);
  const unpriced = new Uint32Array(run.scenarios.length);
  const done = runScenarios(book, run, (scenario) => {
    let sum = 0;
    for (let row = 0; row < base.length; row += 1) {
      const quantity = quantities[row]!;
      if (quantity === 0) continue;
      const change = rowWorth(c, row) - base[row]!;
      if (Number.isNaN(change)) unpriced[scenario]! += 1;
      else sum += quantity * change;
    }
    profits[scenario] = sum;
  });
  return done.ok ? success({ profits, unpriced }) : done;
}
