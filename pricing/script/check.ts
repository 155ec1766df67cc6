/**
 * Types of a script before it runs: every name known, numbers and truths not mixed, series of different schedules
 * never combined, payments made on the dates of their amounts.
 */
import { type Expression, type Script, ScriptError, type Statement, scriptLimits } from './ast';
import { extremes, type ScriptType, scheduleFunctions, scriptFunctions } from './functions';

/** What a script may name. */
export interface ScriptScope {
  readonly assets: readonly string[];
  /** Dates of each schedule; a schedule of one date observes a single value. */
  readonly schedules: ReadonlyMap<string, number>;
  readonly parameters: readonly string[];
}

export type Types = ReadonlyMap<string, ScriptType>;

const spoken = ({ base, schedule }: ScriptType): string =>
  schedule === undefined ? `a ${base}` : `a series of ${base}s on ${schedule}`;

const wrong = (at: Expression['at'], detail: string): ScriptError =>
  new ScriptError('script-must-be-typed', at, detail);
const unknown = (at: Expression['at'], detail: string): ScriptError =>
  new ScriptError('script-name-must-be-known', at, detail);

class Checker {
  private readonly names = new Map<string, ScriptType>();
  /** Columns that named values hold to the end, and those of the statement at hand, all of which may be alive at once. */
  private held = 0;
  private passing = 0;

  constructor(private readonly scope: ScriptScope) {
    for (const parameter of scope.parameters) this.names.set(parameter, { base: 'number' });
  }

  statement(statement: Statement): void {
    this.passing = 0;
    this.typed(statement);
    if (statement.kind === 'let') this.held += this.columns(this.names.get(statement.name)!);
    const columns = this.held + this.passing;
    if (columns > scriptLimits.columns) {
      throw new ScriptError(
        'script-must-be-short',
        statement.at,
        `the script holds ${columns} values a path, the limit is ${scriptLimits.columns}: fewer series or dates`,
      );
    }
  }

  private columns({ schedule }: ScriptType): number {
    return schedule === undefined ? 1 : this.scope.schedules.get(schedule)!;
  }

  private typed(statement: Statement): void {
    const { at } = statement;
    if (statement.kind === 'let') {
      const { name } = statement;
      if (this.names.has(name) || this.scope.schedules.has(name) || this.scope.assets.includes(name)) {
        throw wrong(at, `the name "${name}" is taken`);
      }
      this.names.set(name, this.type(statement.value));
      return;
    }
    const type = this.type(statement.amount);
    if (type.base !== 'number') throw wrong(at, `${statement.kind} needs a number, found ${spoken(type)}`);
    const on = this.schedule(statement.schedule, at);
    if (type.schedule !== on.schedule) {
      throw wrong(at, `${spoken(type)} cannot be paid at ${statement.schedule}: use the same schedule`);
    }
  }

  private schedule(name: string, at: Expression['at']): ScriptType {
    const count = this.scope.schedules.get(name);
    if (count === undefined) {
      throw unknown(at, `no schedule "${name}"; there are: ${[...this.scope.schedules.keys()].join(', ')}`);
    }
    return count === 1 ? { base: 'number' } : { base: 'number', schedule: name };
  }

  private type(e: Expression): ScriptType {
    const type = this.typeOf(e);
    this.passing += this.columns(type);
    return type;
  }

  private typeOf(e: Expression): ScriptType {
    switch (e.kind) {
      case 'number':
        return { base: 'number' };
      case 'boolean':
        return { base: 'boolean' };
      case 'name': {
        const known = this.names.get(e.name);
        if (known) return known;
        const hint = this.scope.assets.includes(e.name) ? `; observe the asset with ${e.name}@schedule` : '';
        throw unknown(e.at, `no value "${e.name}"${hint}`);
      }
      case 'observe':
        if (!this.scope.assets.includes(e.asset)) {
          throw unknown(e.at, `no asset "${e.asset}"; there are: ${this.scope.assets.join(', ')}`);
        }
        return this.schedule(e.schedule, e.at);
      case 'negate':
        return this.joined(e, 'number', [this.type(e.operand)]);
      case 'not':
        return this.joined(e, 'boolean', [this.type(e.operand)]);
      case 'binary':
        return this.binary(e);
      case 'if':
        return this.conditional(e);
      case 'call':
        return this.call(e);
    }
  }

  private binary(e: Extract<Expression, { kind: 'binary' }>): ScriptType {
    const sides = [this.type(e.left), this.type(e.right)];
    if (e.operator === 'and' || e.operator === 'or') return this.joined(e, 'boolean', sides);
    const joined = this.joined(e, 'number', sides);
    return ['+', '-', '*', '/', '^'].includes(e.operator) ? joined : { ...joined, base: 'boolean' };
  }

  private conditional(e: Extract<Expression, { kind: 'if' }>): ScriptType {
    const test = this.joined(e.test, 'boolean', [this.type(e.test)]);
    const [then, otherwise] = [this.type(e.then), this.type(e.otherwise)];
    const branches = this.joined(e, then.base, [then, otherwise]);
    const joined = this.joined(e, then.base, [{ ...test, base: then.base }, branches]);
    return joined;
  }

  /** The common type of element-wise arguments; single values go with any one schedule. */
  private joined(e: Expression, base: ScriptType['base'], types: readonly ScriptType[]): ScriptType {
    let schedule: string | undefined;
    for (const type of types) {
      if (type.base !== base) throw wrong(e.at, `expected a ${base}, found ${spoken(type)}`);
      if (type.schedule === undefined) continue;
      if (schedule !== undefined && schedule !== type.schedule) {
        throw wrong(e.at, `series on ${schedule} and on ${type.schedule} cannot be combined`);
      }
      schedule = type.schedule;
    }
    return schedule === undefined ? { base } : { base, schedule };
  }

  private call(e: Extract<Expression, { kind: 'call' }>): ScriptType {
    if (scheduleFunctions.has(e.name)) return this.scheduleCall(e);
    const types = e.arguments.map((argument) => this.type(argument));
    if (extremes.has(e.name)) {
      const joined = this.joined(e, 'number', types);
      return types.length === 1 ? this.folded(e, { ...joined }, 'number') : joined;
    }
    const known = scriptFunctions.get(e.name);
    if (!known) throw unknown(e.at, `no function "${e.name}"`);
    if (known.shape === 'each') {
      const count = types.length;
      if (count < known.least || count > known.most) {
        throw wrong(e.at, `${e.name} takes ${known.least} to ${known.most} values, found ${count}`);
      }
      return this.joined(e, 'number', types);
    }
    const [type] = types;
    if (types.length !== 1 || !type || type.base !== known.from) {
      throw wrong(e.at, `${e.name} takes one series of ${known.from}s`);
    }
    return known.shape === 'fold' ? this.folded(e, type, known.to) : { ...type, base: known.to };
  }

  private folded(e: Expression, type: ScriptType, to: ScriptType['base']): ScriptType {
    if (type.schedule !== undefined || (e.kind === 'call' && e.arguments.length === 1)) return { base: to };
    throw wrong(e.at, `expected a series, found ${spoken(type)}`);
  }

  private scheduleCall(e: Extract<Expression, { kind: 'call' }>): ScriptType {
    const [argument] = e.arguments;
    if (e.arguments.length !== 1 || argument?.kind !== 'name') {
      throw wrong(e.at, `${e.name} takes the name of a schedule`);
    }
    const on = this.schedule(argument.name, e.at);
    return e.name === 'length' ? { base: 'number' } : on;
  }
}

/** Throws a `ScriptError` at the first fault; at least one payment is required. */
export function checkScript(script: Script, scope: ScriptScope): void {
  const start = { line: 1, column: 1 };
  if (scope.assets.length > scriptLimits.assets) {
    throw new ScriptError('script-must-be-short', start, `more than ${scriptLimits.assets} assets`);
  }
  const dates = [...scope.schedules.values()].reduce((a, b) => a + b, 0);
  if (dates > scriptLimits.dates) {
    throw new ScriptError(
      'script-must-be-short',
      start,
      `schedules have ${dates} dates, the limit is ${scriptLimits.dates}`,
    );
  }
  if (dates * scope.assets.length > scriptLimits.columns) {
    throw new ScriptError(
      'script-must-be-short',
      start,
      `${scope.assets.length} assets on ${dates} dates, the limit of both together is ${scriptLimits.columns}`,
    );
  }
  const checker = new Checker(scope);
  for (const statement of script.statements) checker.statement(statement);
  const payments = script.statements.filter(({ kind }) => kind !== 'let');
  if (payments.length === 0) {
    throw new ScriptError('script-must-pay', start, 'no pay or exercise statement');
  }
  if (payments.filter(({ kind }) => kind === 'exercise').length > 1) {
    throw new ScriptError('script-must-exercise-once', payments[1]!.at, 'more than one exercise statement');
  }
}
