/** Records in JSON between a command and the process that holds the folder: text for what JSON cannot hold exactly. */
import type { FeedRecord } from '../../sources/feed';
import { FieldTextError, fieldOfJson, formatField } from '../../sources/field-text';
import { type RecordField, recordFields } from '../../sources/record-fields';
import type { ProduceRequest } from '../access';
import { CommandError, ExitCode } from '../exit-codes';
import { topicNamed } from '../tail-topic';
import type { ShownRow } from '../topic-decoder';
import { bodies, bodyOf } from './bodies';

export interface WireRecord {
  readonly topic: string;
  readonly time: number;
  readonly sequence: number;
  readonly row: ShownRow;
}

export interface WireProduce extends Omit<ProduceRequest, 'records'> {
  readonly records: readonly WireRecord[];
}

/** Throws a CommandError for what is no batch: what may come in it, the door behind says. */
export function produceOf(body: unknown): ProduceRequest {
  const { producer, sequence, after, state, records } = bodyOf(bodies.produce, body);
  return {
    producer,
    sequence,
    ...(after !== undefined && { after }),
    ...(state !== undefined && { state }),
    records: records.map((record, index) => {
      const place = `record ${index + 1} of the batch`;
      if (!isRecord(record))
        throw new CommandError(`${place} is no {topic, time, sequence, row: {…}}.`, ExitCode.Usage);
      try {
        return fromWire(record);
      } catch (error) {
        if (!(error instanceof FieldTextError)) throw error;
        const what = error.message.replace(/\.$/, '');
        throw new CommandError(`${place}, for ${record.topic}, ${what}.`, ExitCode.Usage);
      }
    }),
  };
}

function isRecord(value: unknown): value is WireRecord {
  if (typeof value !== 'object' || value === null) return false;
  const { topic, row } = value as Partial<WireRecord>;
  return typeof topic === 'string' && typeof row === 'object' && row !== null && !Array.isArray(row);
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

const namesBefore = new Map<string, ReadonlySet<string>>();

function namesOf(topic: string, fields: readonly RecordField[]): ReadonlySet<string> {
  const before = namesBefore.get(topic);
  if (before) return before;
  const names = new Set(fields.map(({ name }) => name));
  namesBefore.set(topic, names);
  return names;
}

/** Throws a FieldTextError for what is no value of its field. */
export function fromWire({ topic, time, sequence, row }: WireRecord): FeedRecord {
  const known = recordFields(topicNamed(topic));
  const names = namesOf(topic, known);
  for (const name of Object.keys(row))
    if (!names.has(name))
      throw new FieldTextError(`field "${name}": is none of ${known.map((field) => field.name).join(', ')}`);
  const fields = known.map((field) => {
    try {
      return [field.name, fieldOfJson(field, row[field.name])];
    } catch (error) {
      if (!(error instanceof FieldTextError)) throw error;
      throw new FieldTextError(`field "${field.name}": ${error.message}`);
    }
  });
  return { topic, time, sequence, row: Object.fromEntries(fields) };
}
