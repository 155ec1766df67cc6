/**
 * Runs a checked script over a block of paths at once: every value is a column with one number per path, so the tree
 * is walked once per block and the loops are over typed arrays. Values that are equal on all paths stay plain numbers.
 */
import type { BinaryOperator, Expression, Script } from './ast';
import { type Combine, extremes, scheduleFunctions, scriptFunctions } from './functions';

/** One number for all paths, or one per path. */
export type Cell = number | Float64Array;

export interface ScriptInputs {
  readonly paths: number;
  /** The fixing of an asset on date `index` of a schedule. */
  readonly observe: (asset: string, schedule: string, index: number) => Cell;
  /** Year fractions of each schedule, negative for past dates. */
  readonly schedules: ReadonlyMap<string, readonly number[]>;
  readonly parameters: ReadonlyMap<string, number>;
}

/** What a script pays: one column per date of each statement. */
export interface ScriptPayments {
  readonly kind: 'pay' | 'exercise';
  readonly schedule: string;
  readonly amounts: readonly Cell[];
}

const loops: Readonly<Record<BinaryOperator, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '^': (a, b) => a ** b,
  '<': (a, b) => (a < b ? 1 : 0),
  '<=': (a, b) => (a <= b ? 1 : 0),
  '>': (a, b) => (a > b ? 1 : 0),
  '>=': (a, b) => (a >= b ? 1 : 0),
  '==': (a, b) => (a === b ? 1 : 0),
  '!=': (a, b) => (a !== b ? 1 : 0),
  and: (a, b) => (a !== 0 && b !== 0 ? 1 : 0),
  or: (a, b) => (a !== 0 || b !== 0 ? 1 : 0),
};

const combiners: Readonly<Record<Combine, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  min: Math.min,
  max: Math.max,
  keep: (a) => a,
  take: (_, b) => b,
};

function mapCell(a: Cell, apply: (x: number) => number): Cell {
  return typeof a === 'number' ? apply(a) : a.map(apply);
}

function zipCells(a: Cell, b: Cell, apply: (x: number, y: number) => number): Cell {
  if (typeof a === 'number') return typeof b === 'number' ? apply(a, b) : b.map((y) => apply(a, y));
  const out = new Float64Array(a.length);
  if (typeof b === 'number') for (let p = 0; p < out.length; p++) out[p] = apply(a[p]!, b);
  else for (let p = 0; p < out.length; p++) out[p] = apply(a[p]!, b[p]!);
  return out;
}

/** Sums are the commonest long loop (averages over hundreds of dates), so they do not go through a call each. */
function addInto(sum: Float64Array, b: Cell): void {
  if (typeof b === 'number') for (let p = 0; p < sum.length; p++) sum[p]! += b;
  else for (let p = 0; p < sum.length; p++) sum[p]! += b[p]!;
}

type Series = readonly Cell[];
/** A single value, or one cell per date. */
type Value = Cell | Series;
const isSeries = (value: Value): value is Series => Array.isArray(value);

class Evaluator {
  private readonly names = new Map<string, Value>();

  constructor(private readonly inputs: ScriptInputs) {
    for (const [name, value] of inputs.parameters) this.names.set(name, value);
  }

  bind(name: string, value: Expression): void {
    this.names.set(name, this.value(value));
  }

  amounts(e: Expression): readonly Cell[] {
    const value = this.value(e);
    return isSeries(value) ? value : [value];
  }

  private value(e: Expression): Value {
    switch (e.kind) {
      case 'number':
        return e.value;
      case 'boolean':
        return e.value ? 1 : 0;
      case 'name':
        return this.names.get(e.name)!;
      case 'observe':
        return this.onDates(e.schedule, (index) => this.inputs.observe(e.asset, e.schedule, index));
      case 'negate':
        return this.each([this.value(e.operand)], ([a]) => mapCell(a!, (x) => -x));
      case 'not':
        return this.each([this.value(e.operand)], ([a]) => mapCell(a!, (x) => (x === 0 ? 1 : 0)));
      case 'binary':
        return this.each([this.value(e.left), this.value(e.right)], ([a, b]) =>
          zipCells(a!, b!, loops[e.operator]),
        );
      case 'if':
        return this.each([this.value(e.test), this.value(e.then), this.value(e.otherwise)], choose);
      case 'call':
        return this.call(e.name, e.arguments);
    }
  }

  private onDates(schedule: string, at: (index: number) => Cell): Value {
    const count = this.inputs.schedules.get(schedule)!.length;
    return count === 1 ? at(0) : Array.from({ length: count }, (_, index) => at(index));
  }

  private each(values: readonly Value[], apply: (cells: readonly Cell[]) => Cell): Value {
    const length = values.find(isSeries)?.length;
    if (length === undefined) return apply(values as readonly Cell[]);
    return Array.from({ length }, (_, i) => apply(values.map((v) => (isSeries(v) ? v[i]! : v))));
  }

  private call(name: string, list: readonly Expression[]): Value {
    if (scheduleFunctions.has(name)) return this.scheduleCall(name, list[0]!);
    const values = list.map((e) => this.value(e));
    if (extremes.has(name)) {
      const combine = combiners[name as 'min' | 'max'];
      if (values.length === 1) return folded(asSeries(values[0]!), name as 'min' | 'max');
      return this.each(values, (cells) => cells.reduce((a, b) => zipCells(a, b, combine)));
    }
    const known = scriptFunctions.get(name)!;
    if (known.shape === 'each') return this.each(values, (cells) => gathered(cells, known.apply));
    const series = asSeries(values[0]!);
    if (known.shape === 'scan') {
      const all = scanned(series, known.combine, known.late ?? false);
      return isSeries(values[0]!) ? all : all[0]!;
    }
    const { before, after } = known;
    const mapped = before ? series.map((cell) => mapCell(cell, before)) : series;
    const result = folded(mapped, known.combine);
    return after ? mapCell(result, (x) => after(x, series.length)) : result;
  }

  private scheduleCall(name: string, argument: Expression): Value {
    const schedule = argument.kind === 'name' ? argument.name : '';
    const times = this.inputs.schedules.get(schedule)!;
    if (name === 'length') return times.length;
    return this.onDates(schedule, (index) => (name === 'time' ? times[index]! : index + 1));
  }
}

const asSeries = (value: Value): Series => (isSeries(value) ? value : [value]);

function choose([test, then, otherwise]: readonly Cell[]): Cell {
  if (typeof test === 'number') return test !== 0 ? then! : otherwise!;
  const out = new Float64Array(test!.length);
  for (let p = 0; p < out.length; p++) {
    const chosen = test![p] !== 0 ? then! : otherwise!;
    out[p] = typeof chosen === 'number' ? chosen : chosen[p]!;
  }
  return out;
}

function gathered(cells: readonly Cell[], apply: (values: Float64Array) => number): Cell {
  const column = cells.find((cell) => typeof cell !== 'number');
  const values = new Float64Array(cells.length);
  const at = (p: number): number => {
    for (let c = 0; c < cells.length; c++) {
      const cell = cells[c]!;
      values[c] = typeof cell === 'number' ? cell : cell[p]!;
    }
    return apply(values);
  };
  return column === undefined ? at(0) : Float64Array.from(column as Float64Array, (_, p) => at(p));
}

function folded(series: Series, combine: Combine): Cell {
  const column = series.find((cell): cell is Float64Array => typeof cell !== 'number');
  if (combine === 'add' && column) {
    const sum = new Float64Array(column.length);
    for (const cell of series) addInto(sum, cell);
    return sum;
  }
  return series.reduce((a, b) => zipCells(a, b, combiners[combine]));
}

function scanned(series: Series, combine: Combine, late: boolean): Series {
  let sofar: Cell = 0;
  return series.map((cell, i) => {
    const before = sofar;
    sofar = i === 0 ? cell : zipCells(sofar, cell, combiners[combine]);
    return late ? before : sofar;
  });
}

/** The payments of every path of the block, in the order of the script. */
export function runScript(script: Script, inputs: ScriptInputs): readonly ScriptPayments[] {
  const evaluator = new Evaluator(inputs);
  const payments: ScriptPayments[] = [];
  for (const statement of script.statements) {
    if (statement.kind === 'let') evaluator.bind(statement.name, statement.value);
    else {
      const amounts = evaluator.amounts(statement.amount);
      payments.push({ kind: statement.kind, schedule: statement.schedule, amounts });
    }
  }
  return payments;
}
