/** The generator: what it refuses, what it adds to the history, and that its code for every kind of type is right. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transformSync } from '@swc/core';
import fc from 'fast-check';
import type { RowsCodec } from '../../runtime/stream/codec';
import { ByteReader, ByteWriter } from '../../runtime/wire/bytes';
import { historyFiles } from '../../tools/generate/history';
import { SchemaError } from '../../tools/generate/model';
import { generatedFiles } from '../../tools/generate/modules';
import { readSchemas } from '../../tools/generate/read-schemas';
import { avroType, fieldsOf } from '../schemas/support/avro';
import { recordsOf } from '../schemas/support/values';
import { cases } from '../support/long-runs';

const repository = join(__dirname, '..', '..', '..');
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'breakwater-generate-'));
  mkdirSync(join(root, 'schemas', 'tables'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

type Field = Readonly<Record<string, unknown>>;
const size: Field = { name: 'size', type: 'int', doc: 'How many.' };
const thing = (change: Field = {}, fields: readonly Field[] = [size]): Field => ({
  type: 'record',
  name: 'Thing',
  namespace: 'breakwater.test',
  layout: 'rows',
  doc: 'A thing.',
  fields,
  ...change,
});
const place = (schema: Field, file = 'thing.avsc'): void =>
  writeFileSync(join(root, 'schemas', file), JSON.stringify(schema));
const read = (): ReturnType<typeof readSchemas> => readSchemas(join(root, 'schemas'));

describe('refuses', () => {
  it.each([
    ['a record without doc', thing({ doc: '' }), 'needs a doc that says what a record is'],
    ['a field without doc', thing({}, [{ name: 'size', type: 'int' }]), 'field "size" needs a doc'],
    ['another namespace', thing({ namespace: 'elsewhere' }), 'needs a namespace like "breakwater.market"'],
    ['no layout', thing({ layout: 'heap' }), 'needs "layout": "rows" or "columns"'],
    ['a field called length', thing({}, [{ ...size, name: 'length' }]), 'not "length"'],
    ['a field twice', thing({}, [size, size]), 'size is in schemas/thing.avsc and in schemas/thing.avsc'],
    [
      'an unknown type',
      thing({}, [{ ...size, type: 'Elsewhere' }]),
      'unknown type "breakwater.test.Elsewhere"',
    ],
    [
      'a map',
      thing({}, [{ ...size, type: { type: 'map', values: 'int' } }]),
      'a type that records here do not use',
    ],
    [
      'another decimal',
      thing({}, [{ ...size, type: { type: 'bytes', logicalType: 'decimal', precision: 10, scale: 2 } }]),
      'precision 38 and scale 18, or 9',
    ],
    [
      'a union of more than null and one',
      thing({}, [{ ...size, type: ['null', 'int', 'string'] }]),
      'must be of null and one other type',
    ],
    [
      'a meaning of NaN where there is none',
      thing({}, [{ ...size, nan: 'missing' }]),
      'has "nan" but is no double',
    ],
  ])('%s', (_, schema, message) => {
    place(schema);
    expect(read).toThrow(SchemaError);
    expect(read).toThrow(message);
  });

  it.each([
    ['a string in columns', thing({ layout: 'columns' }, [{ ...size, type: 'string' }]), 'thing.avsc'],
    [
      'a string in a numbered table',
      thing({ table: 'numbered' }, [{ ...size, type: 'string' }]),
      'tables/thing.avsc',
    ],
  ])('%s', (_, schema, file) => {
    place(schema, file);
    expect(() => generatedFiles(read())).toThrow('which has no column');
  });

  it('a name that is taken', () => {
    place(thing());
    place(thing(), 'other.avsc');
    expect(read).toThrow('breakwater.test.Thing is in other.avsc and in thing.avsc');
  });
});

describe('the history', () => {
  const commit = (): readonly string[] => {
    const { added, refusals } = historyFiles(root, read());
    for (const [path, text] of added) {
      mkdirSync(join(root, path, '..'), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return [...added.keys(), ...refusals];
  };

  it('begins with the first schema, goes on with each that reads it, and takes no note of words', () => {
    place(thing());
    expect(commit()).toEqual(['schemas/versions/test.Thing/1.avsc']);
    place(thing({ doc: 'A better word for it.' }));
    expect(commit()).toEqual([]);
    place(thing({}, [size, { name: 'weight', type: 'double', default: 0, doc: 'How heavy.' }]));
    expect(commit()).toEqual(['schemas/versions/test.Thing/2.avsc']);
  });

  it('refuses a schema that cannot read every version before, with what to do', () => {
    place(thing());
    commit();
    place(thing({}, [{ ...size, type: 'string' }]));
    const [reason, advice] = commit();
    expect(reason).toBe(
      'schemas/thing.avsc cannot read schemas/versions/test.Thing/1.avsc: field "size" was int and is string.',
    );
    expect(advice).toContain('Give new fields a default');
  });

  it('refuses to lose a schema of which records may exist', () => {
    place(thing());
    commit();
    rmSync(join(root, 'schemas', 'thing.avsc'));
    expect(commit()).toEqual([expect.stringContaining('schemas/versions/test.Thing has no schema any more')]);
  });
});

it('is not behind the schemas that are committed', () => {
  cpSync(join(repository, 'schemas'), join(root, 'schemas'), { recursive: true });
  const records = read();
  const different = [...generatedFiles(records)].filter(
    ([path, text]) => readFileSync(join(root, path), 'utf8') !== text,
  );
  expect(different.map(([path]) => path)).toEqual([]);
  expect(historyFiles(root, records)).toEqual({ added: new Map(), refusals: [] });
});

it('writes codecs that avsc agrees with, for every kind of type', () => {
  const types: Readonly<Record<string, unknown>> = {
    flag: 'boolean',
    data: 'bytes',
    last: ['string', 'null'],
    amount: ['null', { type: 'bytes', logicalType: 'decimal', precision: 38, scale: 18 }],
    side: { type: 'enum', name: 'Side', symbols: ['Buy', 'Sell'], doc: 'Which way.' },
    counts: { type: 'array', items: 'int' },
    prices: { type: 'array', items: { type: 'long', scale: 9 } },
    notes: ['null', { type: 'array', items: ['null', 'string'] }],
    seen: { type: 'long', logicalType: 'timestamp-micros' },
  };
  place(
    thing(
      {},
      Object.entries(types).map(([name, type]) => ({ name, type, doc: 'A field.' })),
    ),
  );
  const codec = loaded(generatedFiles(read()).get('schemas/generated/test/thing.ts')!);
  const avro = avroType(codec.schema);
  fc.assert(
    fc.property(recordsOf(fieldsOf(codec.schema)), ({ ours, theirs }) => {
      expect(codec.decode(new ByteReader().over(avro.toBuffer(theirs)))).toEqual(ours);
      const to = new ByteWriter(1);
      codec.encode(ours, to);
      expect(codec.decode(new ByteReader().over(avro.toBuffer(avro.fromBuffer(to.take()))))).toEqual(ours);
    }),
    { numRuns: cases(300) },
  );
});

/** The codec of a generated module, compiled and run here. */
function loaded(source: string): RowsCodec<Record<string, unknown>> {
  const { code } = transformSync(source, {
    module: { type: 'commonjs' },
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
  });
  const exports: Record<string, unknown> = {};
  const from = (path: string): unknown => require(path.replace('../../', '../../schemas/'));
  new Function('require', 'exports', code)(from, exports);
  return exports['thingCodec'] as RowsCodec<Record<string, unknown>>;
}
