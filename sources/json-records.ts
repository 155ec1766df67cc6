/**
 * One flat JSON object a line, by the package jsonc-parser, which tells of a number the digits that it had and of an
 * object every key that it had: `JSON.parse` rounds the one and drops of two equal keys the first.
 */
import { type JSONVisitor, visit } from 'jsonc-parser';
import { JsonNumber } from './field-text';

export interface JsonFault {
  readonly what: string;
  readonly field?: string | undefined;
}

const STRICT = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false };

/** The object's values by key, numbers as `JsonNumber`; or why the line is none. */
export function jsonRecord(line: string): ReadonlyMap<string, unknown> | JsonFault {
  const values = new Map<string, unknown>();
  let depth = 0;
  let key: string | undefined;
  let fault: JsonFault | undefined;
  const wrong = (what: string, field?: string): void => {
    fault ??= { what, field };
  };
  const deeper = (): boolean => {
    depth += 1;
    if (depth > 1 || key !== undefined) wrong('holds more than one value', key);
    return fault === undefined;
  };
  const visitor: JSONVisitor = {
    onObjectBegin: deeper,
    onObjectEnd: () => {
      depth -= 1;
      key = undefined;
    },
    onArrayBegin: () => {
      if (depth === 0) wrong('is no JSON object');
      return deeper();
    },
    onObjectProperty: (property) => {
      if (values.has(property)) wrong('is there twice', property);
      key = property;
    },
    onLiteralValue: (value, offset, length) => {
      if (depth === 0) return wrong('is no JSON object');
      const literal = typeof value === 'number' ? new JsonNumber(line.slice(offset, offset + length)) : value;
      if (key !== undefined) values.set(key, literal);
    },
    onError: () => wrong('is no JSON object'),
  };
  try {
    visit(line, visitor, STRICT);
  } catch (error) {
    // The package calls itself for each bracket, and a line has room for a million.
    if (!(error instanceof RangeError)) throw error;
    wrong('holds more than one value', key);
  }
  return fault ?? values;
}
