/** Splits a script into numbers, names and signs, each with its position. `#` starts a comment to the line's end. */
import { type Position, ScriptError } from './ast';

export interface Token {
  readonly kind: 'number' | 'name' | 'sign' | 'end';
  readonly text: string;
  readonly at: Position;
}

const pattern =
  /(?<blank>[ \t\r]+|#[^\n]*)|(?<line>\n)|(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?<name>[A-Za-z_]\w*)|(?<sign><=|>=|==|!=|[-+*/^<>=@(),;])/y;

export function tokensOf(source: string): readonly Token[] {
  const tokens: Token[] = [];
  let line = 1;
  let start = 0;
  pattern.lastIndex = 0;
  for (let index = 0; index < source.length; index = pattern.lastIndex) {
    pattern.lastIndex = index;
    const match = pattern.exec(source);
    const at = { line, column: index - start + 1 };
    if (!match?.groups) {
      throw new ScriptError(
        'script-must-be-readable',
        at,
        `the character "${source[index]}" means nothing here`,
      );
    }
    const { line: newline, number, name, sign } = match.groups;
    if (newline !== undefined) {
      line++;
      start = pattern.lastIndex;
    } else if (number !== undefined) tokens.push({ kind: 'number', text: number, at });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name, at });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign, at });
  }
  tokens.push({ kind: 'end', text: 'the end', at: { line, column: source.length - start + 1 } });
  return tokens;
}
