/** docs/TOPICS.md: its example reads what the codecs write, and it speaks of every topic and field. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import avsc from 'avsc';
import type { ColumnsCodec, RowsCodec } from '../../runtime/stream/codec';
import { ByteWriter } from '../../runtime/wire/bytes';
import { type QuoteColumns, quotes } from '../../schemas/market';
import { topics } from '../../schemas/topics';
import { avroType, fieldsOf } from './support/avro';

const page = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'TOPICS.md'), 'utf8');
const example = /```js\n([\s\S]*?)```/.exec(page)![1]!;
type RecordsOf = (value: Buffer, schemaOf: (id: number) => string) => readonly Record<string, unknown>[];
const recordsOf = new Function('require', `${example}; return recordsOf;`)(() => avsc) as RecordsOf;

const message = (write: (to: ByteWriter) => void): Buffer => {
  const to = new ByteWriter();
  to.byte(0);
  to.raw(Buffer.from([0, 0, 0, 7]));
  write(to);
  return to.take();
};

it.each(
  topics.filter(({ codec }) => codec.layout === 'columns').map((topic) => [topic.name, topic] as const),
)('reads a frame of %s with its example', (_, topic) => {
  const codec = topic.codec as ColumnsCodec<{ readonly length: number } & Record<string, Float64Array>>;
  const columns = codec.allocate(3);
  (columns as { length: number }).length = 3;
  for (const { name } of fieldsOf(codec.schema)) columns[name]!.set([0, 1, 1]);
  const value = message((to) => codec.encode(columns, 0, 3, to));
  const records = recordsOf(value, (id) => (id === 7 ? codec.schema : ''));
  expect(records.map((record) => ({ ...record }))).toEqual(
    [0, 1, 2].map((index) => codec.rowOf(columns, index)),
  );
});

it('reads a column that was left out as its default', () => {
  const codec = quotes.codec as ColumnsCodec<QuoteColumns>;
  const type = avroType(codec.schema);
  const left = { bidSize: [], askSize: [], condition: [], sequence: [] };
  const frame = { instrument: [4], venue: [1], bid: [99], ask: [101], time: [5n], ...left };
  const value = message((to) => to.raw(type.toBuffer(frame)));
  expect(recordsOf(value, () => codec.schema)).toEqual([
    {
      instrument: 4,
      venue: 1,
      bid: 99,
      bidSize: Number.NaN,
      ask: 101,
      askSize: Number.NaN,
      condition: 'Regular',
      time: 5,
      sequence: 0,
    },
  ]);
});

it('reads a row with its example, and a tombstone as nothing', () => {
  const codec = topics.find(({ name }) => name === 'reference.names')!.codec as RowsCodec<object>;
  const row = { domain: 'account', name: 'ACME', number: 4 };
  const value = message((to) => codec.encode(row, to));
  expect(recordsOf(value, () => codec.schema).map((record) => ({ ...record }))).toEqual([row]);
  expect(recordsOf(Buffer.alloc(0), () => '')).toEqual([]);
});

it.each(
  topics.map((topic) => [topic.name, topic] as const),
)('tells of %s and of each of its fields', (name, topic) => {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${name}\n`))!;
  expect(section).toContain(topic.codec.record);
  for (const field of fieldsOf(topic.codec.schema)) expect(section).toContain(`| \`${field.name}\` |`);
});
