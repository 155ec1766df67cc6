/** Writes docs/TOPICS.md: what there is to read, and how any Avro client reads it. */
import type { Topic } from '../../runtime/stream/topic';
import { type FieldModel, type FieldType, type RecordModel, SchemaError } from './model';
import { kebab } from './naming';
import { READING } from './topics-reading';

export const TOPICS_PAGE = 'docs/TOPICS.md';

export function topicsPage(topics: readonly Topic[], records: readonly RecordModel[]): string {
  const sections = topics.map((topic) => section(topic, recordOf(topic, records)));
  return [READING, overview(topics, records), ...sections].join('\n\n').concat('\n');
}

function recordOf({ name, codec }: Topic, records: readonly RecordModel[]): RecordModel {
  const record = records.find(({ fullName }) => fullName === codec.record);
  if (!record)
    throw new SchemaError(
      `topic ${name} is of ${codec.record}, which has no schema. Compile, and generate again.`,
    );
  return record;
}

function overview(topics: readonly Topic[], records: readonly RecordModel[]): string {
  const rows = topics.map((topic) => [
    `[${topic.name}](#${topic.name.replace('.', '')})`,
    topic.kind,
    topic.codec.layout,
    topic.key.join(', '),
    topic.partitionedBy ?? '–',
    recordOf(topic, records).doc,
  ]);
  return `## All topics\n\n${table(['Topic', 'Kind', 'Layout', 'Key', 'Partitioned by', 'A record is'], rows)}`;
}

function section(topic: Topic, record: RecordModel): string {
  const facts = [
    `**Record** \`${record.fullName}\`, from [schemas/${record.file}](../schemas/${record.file}).`,
    layoutText(topic, record),
    `**Kind** ${kindText(topic)}`,
    `**Key** ${keyText(topic)}`,
    `**Partitioned by** ${topic.partitionedBy ? `\`${topic.partitionedBy}\` (murmur2 of its text)` : 'nothing: partition 0 has all of it'}.`,
    `**Kept** ${retentionText(topic)}`,
    ...(topic.eventTime ? [`**Event time** \`${topic.eventTime}\`.`] : []),
    ...(topic.cloudEventType ? [`**CloudEvents type** \`${topic.cloudEventType}\`, in headers.`] : []),
  ];
  const rows = record.fields.map((field) => [
    `\`${field.name}\``,
    typeText(field.type),
    field.unit ?? '',
    docText(topic, field),
  ]);
  return `## ${topic.name}\n\n${record.doc}\n\n${facts.map((fact) => `- ${fact}`).join('\n')}\n\n${table(['Field', 'Type', 'Unit', 'What it says'], rows)}`;
}

function layoutText({ codec }: Topic, record: RecordModel): string {
  if (codec.layout === 'rows') return '**Layout** rows: one record a message.';
  const frame = `schemas/generated/frames/${kebab(record.name)}.avsc`;
  return `**Layout** columns: one message is a frame of many records, [${frame}](../${frame}).`;
}

const kindText = ({ kind }: Topic): string =>
  kind === 'event' ? 'event: every record counts.' : 'state: only the last record of a key counts.';

function keyText({ key, codec }: Topic): string {
  const names = key.map((name) => `\`${name}\``).join(', ');
  return codec.layout === 'rows'
    ? `${names}; the message key is ${key.length > 1 ? 'their text, joined by `/`' : 'its text'}.`
    : `${names}; a frame holds records of many keys, so its message has none.`;
}

function retentionText({ kind, retentionHours, codec }: Topic): string {
  const time =
    retentionHours % 24 === 0 && retentionHours > 24
      ? `${retentionHours / 24} days`
      : `${retentionHours} hours`;
  if (kind === 'event') return `${time} at least, and until the slowest reader has read it.`;
  return codec.layout === 'rows'
    ? 'compacted: the last record of each key stays; an empty value says that the key is gone.'
    : `${time} at least; within that time a snapshot repeats the last record of every key.`;
}

function docText({ numbers }: Topic, { name, doc, nan, default: initial, type }: FieldModel): string {
  const domain = numbers[name];
  const notes = [
    doc,
    ...(type.kind === 'enum' ? [`One of ${type.enum.symbols.join(', ')}.`] : []),
    ...(nan === undefined ? [] : [`NaN: ${nan}.`]),
    ...(domain === undefined ? [] : [`Its name is in reference.names, domain \`${domain}\`.`]),
    ...(initial === undefined ? [] : [`Default: ${defaultText(type, initial)}.`]),
  ];
  return notes.join(' ');
}

/** A decimal's default is text whose characters stand for its bytes: the only one here is zero. */
const defaultText = (type: FieldType, initial: unknown): string =>
  type.kind === 'decimal' ? '0' : initial === null ? 'null' : String(initial);

function typeText(type: FieldType): string {
  switch (type.kind) {
    case 'time':
      return 'long, timestamp-micros';
    case 'scaled':
      return `long, scale ${type.scale}`;
    case 'decimal':
      return `decimal(38, ${type.scale})`;
    case 'enum':
      return `enum ${type.enum.name}`;
    case 'optional':
      return `${typeText(type.of)} or null`;
    case 'array':
      return `array of ${typeText(type.of)}`;
    default:
      return type.kind;
  }
}

const cell = (text: string): string => text.replace(/\|/g, '\\|');

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
