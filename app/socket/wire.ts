/** Records in JSON between a command and the process that holds the folder: text for what JSON cannot hold exactly. */
import type { FeedRecord } from '../../sources/feed';
import { FieldTextError, fieldOfJson, formatField } from '../../sources/field-text';
import { recordFields } from '../../sources/record-fields';
import type { ProduceRequest } from '../access';
import { CommandError, ExitCode } from '../exit-codes';
import { topicNamed } from '../tail-topic';
import type { ShownRow } from '../topic-decoder';

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
export function produceOf(body: WireProduce): ProduceRequest {
  if (typeof body !== 'object' || body === null || !Array.isArray(body.records))
    throw new CommandError('a batch is {producer, sequence, records: […]}.', ExitCode.Usage);
  const { producer, sequence, after, state, records } = body;
  return {
    producer,
    sequence,
    ...(after !== undefined && { after }),
    ...(state !== undefined && { state: String(state) }),
    records: records.map((record, index) => {
      try {
        return fromWire(record);
      } catch (error) {
        if (!(error instanceof FieldTextError)) throw error;
        throw new CommandError(
          `record ${index + 1} of the batch, for ${record.topic}, ${error.message}.`,
          ExitCode.Usage,
        );
      }
    }),
  };
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
  const known = recordFields(topicNamed(topic));
  for (const name of Object.keys(row ?? {}))
    if (!known.some((field) => field.name === name))
      throw new FieldTextError(`field "${name}": is none of ${known.map((field) => field.name).join(', ')}`);
  const fields = known.map((field) => {
    try {
      return [field.name, fieldOfJson(field, row?.[field.name])];
    } catch (error) {
      if (!(error instanceof FieldTextError)) throw error;
      throw new FieldTextError(`field "${field.name}": ${error.message}`);
    }
  });
  return { topic, time, sequence, row: Object.fromEntries(fields) };
}
