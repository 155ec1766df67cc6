/**
 * Recursive descent over the payoff language, loosest binding first:
 *   if … then … else … | or | and | not | comparison | + − | * / | unary − | ^ | call, @, brackets
 */
import {
  type BinaryOperator,
  type Expression,
  type Position,
  type Script,
  ScriptError,
  type Statement,
  scriptLimits,
} from './ast';
import { type Token, tokensOf } from './tokens';

const reserved = new Set('let pay exercise at if then else and or not true false'.split(' '));
const comparisons: readonly BinaryOperator[] = ['<', '<=', '>', '>=', '==', '!='];

class Parser {
  private index = 0;
  private depth = 0;
  nodes = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  statements(): readonly Statement[] {
    const list: Statement[] = [];
    while (this.peek().kind !== 'end') list.push(this.statement());
    return list;
  }

  private peek(): Token {
    return this.tokens[this.index]!;
  }

  private next(): Token {
    const token = this.peek();
    if (token.kind !== 'end') this.index++;
    return token;
  }

  private takes(text: string): boolean {
    const token = this.peek();
    if (token.kind === 'end' || token.kind === 'number' || token.text !== text) return false;
    this.index++;
    return true;
  }

  private expect(text: string): void {
    const found = this.peek();
    if (!this.takes(text)) {
      throw new ScriptError('script-must-be-readable', found.at, `expected "${text}", found "${found.text}"`);
    }
  }

  private name(what: string): string {
    const token = this.next();
    if (token.kind === 'name' && !reserved.has(token.text)) return token.text;
    throw new ScriptError('script-must-be-readable', token.at, `expected ${what}, found "${token.text}"`);
  }

  private statement(): Statement {
    const { at, text } = this.peek();
    if (this.takes('let')) {
      const name = this.name('a name after "let"');
      this.expect('=');
      const value = this.expression();
      this.expect(';');
      return { at, kind: 'let', name, value };
    }
    if (!this.takes('pay')) {
      if (!this.takes('exercise')) {
        throw new ScriptError(
          'script-must-be-readable',
          at,
          `a statement starts with let, pay or exercise, not with "${text}"`,
        );
      }
    }
    const amount = this.expression();
    this.expect('at');
    const schedule = this.name('a schedule after "at"');
    this.expect(';');
    return { at, kind: text === 'pay' ? 'pay' : 'exercise', amount, schedule };
  }

  private made(expression: Expression): Expression {
    this.nodes++;
    if (this.nodes <= scriptLimits.nodes) return expression;
    throw new ScriptError(
      'script-must-be-short',
      expression.at,
      `the script has more than ${scriptLimits.nodes} parts`,
    );
  }

  private expression(): Expression {
    const { at } = this.peek();
    if (++this.depth > scriptLimits.depth) {
      throw new ScriptError('script-must-be-short', at, `more than ${scriptLimits.depth} levels of nesting`);
    }
    const result = this.takes('if') ? this.conditional(at) : this.binary(0);
    this.depth--;
    return result;
  }

  private conditional(at: Position): Expression {
    const test = this.expression();
    this.expect('then');
    const then = this.expression();
    this.expect('else');
    return this.made({ at, kind: 'if', test, then, otherwise: this.expression() });
  }

  private static readonly levels: readonly (readonly BinaryOperator[])[] = [
    ['or'],
    ['and'],
    comparisons,
    ['+', '-'],
    ['*', '/'],
  ];

  private binary(level: number): Expression {
    if (level === 2 && this.peek().text === 'not') return this.prefixed('not');
    const operators = Parser.levels[level];
    if (!operators) return this.unary();
    let left = this.binary(level + 1);
    for (;;) {
      const { at } = this.peek();
      const operator = operators.find((sign) => this.takes(sign));
      if (!operator) return left;
      left = this.made({ at, kind: 'binary', operator, left, right: this.binary(level + 1) });
      // a < b < c would compare a truth with a number: one comparison only.
      if (level === 2) return left;
    }
  }

  private prefixed(kind: 'not' | 'negate'): Expression {
    const { at } = this.next();
    if (++this.depth > scriptLimits.depth) {
      throw new ScriptError('script-must-be-short', at, `more than ${scriptLimits.depth} levels of nesting`);
    }
    const operand = kind === 'not' ? this.binary(2) : this.unary();
    this.depth--;
    return this.made({ at, kind, operand });
  }

  private unary(): Expression {
    const { kind, text } = this.peek();
    if (kind === 'sign' && text === '-') return this.prefixed('negate');
    const left = this.primary();
    const { at } = this.peek();
    if (!this.takes('^')) return left;
    return this.made({ at, kind: 'binary', operator: '^', left, right: this.unary() });
  }

  private primary(): Expression {
    const { at, kind, text } = this.peek();
    if (kind === 'number') {
      this.next();
      return this.made({ at, kind: 'number', value: Number(text) });
    }
    if (this.takes('(')) {
      const inner = this.expression();
      this.expect(')');
      return inner;
    }
    for (const value of [true, false]) {
      if (this.takes(String(value))) return this.made({ at, kind: 'boolean', value });
    }
    const name = this.name('a value');
    if (this.takes('@')) {
      return this.made({ at, kind: 'observe', asset: name, schedule: this.name('a schedule after "@"') });
    }
    return this.made(
      this.takes('(') ? { at, kind: 'call', name, arguments: this.list() } : { at, kind: 'name', name },
    );
  }

  private list(): readonly Expression[] {
    const values = [this.expression()];
    while (this.takes(',')) values.push(this.expression());
    this.expect(')');
    return values;
  }
}

/** The tree of a script; throws a `ScriptError` with line and column. */
export function parseScript(source: string): Script {
  if (source.length > scriptLimits.characters) {
    const at = { line: 1, column: 1 };
    throw new ScriptError(
      'script-must-be-short',
      at,
      `the script has ${source.length} characters, the limit is ${scriptLimits.characters}`,
    );
  }
  const parser = new Parser(tokensOf(source));
  const statements = parser.statements();
  return { statements, nodes: parser.nodes };
}
