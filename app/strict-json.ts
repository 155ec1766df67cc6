/**
 * JSON that a person wrote: what would be lost without a word is refused. Of two equal keys `JSON.parse` drops the first,
 * and a text that is no UTF-8 is read with a sign in place of each wrong byte, so that two names may become one.
 */
import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { visit } from 'jsonc-parser';

/** Throws a SyntaxError for a text that is no JSON, and for a key that an object has twice. */
export function parseStrictJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  const objects: Set<string>[] = [];
  const twice: string[] = [];
  visit(text, {
    onObjectBegin: () => {
      objects.push(new Set());
    },
    onObjectProperty: (key, _offset, _length, line, character) => {
      const keys = objects.at(-1)!;
      if (keys.has(key)) twice.push(`"${key}" is there twice, in line ${line + 1}, column ${character + 1}`);
      keys.add(key);
    },
    onObjectEnd: () => {
      objects.pop();
    },
  });
  if (twice.length > 0) throw new SyntaxError(twice.slice(0, 10).join('; '));
  return value;
}

/** The text of a file in UTF-8, a byte order mark left out. Throws what the system says, or a SyntaxError. */
export function readStrictText(file: string | 0): string {
  const bytes = readFileSync(file);
  if (!isUtf8(bytes)) throw new SyntaxError('is no text in UTF-8');
  return bytes.toString('utf8').replace(/^\ufeff/, '');
}
