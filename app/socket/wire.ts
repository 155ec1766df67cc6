/** Records in JSON between a command and the process that holds the folder: text for what JSON cannot hold exactly. */
import type { FeedRecord } from '../../sources/feed';
import { fieldOfJson, formatField } from '../../sources/field-text';
import { recordFields } from '../../sources/record-fields';
import { topicNamed } from '../tail-topic';
import type { ShownRow } from '../topic-decoder';

export interface WireRecord {
  readonly topic: string;
  readonly time: number;
  readonly sequence: number;
  readonly row: ShownRow;
}

/** Names are names on both sides. */
export function toWire({ topic, time, sequence, row }: FeedRecord): WireRecord {
  const fields = recordFields(topicNamed(topic)).map(({ name, type }) => {
    const value = row[name];
    return [
      name,
      type.kind === 'name' ? (value as string) : formatField(type, value, () => undefined),
    ] as const;
  });
  return { topic, time, sequence, row: Object.fromEntries(fields) };
}

/** Throws a FieldTextError for what is no value of its field. */
export function fromWire({ topic, time, sequence, row }: WireRecord): FeedRecord {
  const fields = recordFields(topicNamed(topic)).map((field) => [
    field.name,
    fieldOfJson(field, row[field.name]),
  ]);
  return { topic, time, sequence, row: Object.fromEntries(fields) };
}
