/**
 * What a business event carries besides its record, as headers of its message: CloudEvents 1.0 attributes in the Kafka
 * protocol binding's binary mode (names prefixed `ce_`, `content-type` bare), with its extensions for correlation,
 * causation and distributed tracing, and the W3C trace context once more under its own name, for tracers that know
 * nothing of CloudEvents.
 *
 * Nothing here comes from chance or a clock: ids derive from what caused the event, and the trace from the ids, so a
 * replay makes the same ones.
 */
import { createHash } from 'node:crypto';
import { keyReader } from '../runtime/stream/key-text';
import type { Envelope, Headers } from '../runtime/task/outlet';

/** The media type of the record; the schema id before it is Confluent's framing, told by the topic. */
const CONTENT_TYPE = 'application/avro';

export interface BusinessEvent {
  /** Unique within `source`: see `eventId`. */
  readonly id: string;
  /** A URI reference that says who speaks, for example `/breakwater/ledger/0`. */
  readonly source: string;
  /** For example `breakwater.ledger.fill`. */
  readonly type: string;
  /** When it happened, microseconds since 1970 UTC. */
  readonly time: number;
  /** What it is about: the key of the record. */
  readonly subject?: string | undefined;
  /** The id of the event, or the place of the message or timer, that caused this one directly. */
  readonly causation: string;
  /** The id of whatever began the chain of causes; the direct cause where nothing is known beyond it. */
  readonly correlation?: string;
}

export function cloudEventHeaders(event: BusinessEvent): Headers {
  const { correlation = event.causation } = event;
  return headersOf({ ...event, correlation, trace: hashed(correlation, 32) });
}

function headersOf(event: BusinessEvent & { readonly correlation: string; readonly trace: string }): Headers {
  const { id, source, type, time, subject, causation, correlation } = event;
  const trace = traceparent({ trace: event.trace, id });
  return [
    ['ce_specversion', '1.0'],
    ['ce_id', id],
    ['ce_source', source],
    ['ce_type', type],
    ['ce_time', timestamp(time)],
    ...(subject === undefined ? [] : [['ce_subject', subject] as const]),
    ['ce_correlationid', correlation],
    ['ce_causationid', causation],
    ['ce_traceparent', trace],
    ['traceparent', trace],
    ['content-type', CONTENT_TYPE],
  ];
}

/** Where a record was read: `index` is its place in a frame, 0 in a message of one row. */
export const inputCause = (input: {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly index?: number;
}): string => `${input.topic}/${input.partition}/${input.offset}/${input.index ?? 0}`;

/** The timer that fired. `due` is in microseconds since 1970 UTC. */
export const timerCause = (timer: {
  readonly table: string;
  readonly key: number | string;
  readonly due: number;
}): string => `timer/${timer.table}/${timer.key}/${timer.due}`;

/**
 * The id of the `ordinal`-th event that a cause made on a topic. Tasks that read the same broadcast message make events of
 * one cause, so the task is part of it; whoever is no task, a publisher, counts its causes by itself.
 */
export const eventId = (made: {
  readonly topic: string;
  readonly task?: number | undefined;
  readonly cause: string;
  readonly ordinal: number;
}): string =>
  made.task === undefined
    ? `${made.topic}/${made.cause}/${made.ordinal}`
    : `${made.topic}/task-${made.task}/${made.cause}/${made.ordinal}`;

/** What the runtime writes on the business events of a job. `source` names the job, as `/breakwater/ledger` does. */
export function envelopeFrom(source: string): Envelope {
  const traceOf = rememberingLast((correlation) => hashed(correlation, 32));
  const keys = new Map<string, (row: Record<string, unknown>) => string>();
  return ({ topic, row, step, cause, task, ordinal }) => {
    const record = row as Record<string, unknown>;
    const keyOf = keys.get(topic.name) ?? keyReader(topic.key);
    keys.set(topic.name, keyOf);
    return headersOf({
      trace: traceOf(cause),
      id: eventId({ topic: topic.name, task, cause, ordinal }),
      source,
      type: topic.cloudEventType ?? topic.codec.record,
      time: topic.eventTime === undefined ? step.now : (record[topic.eventTime] as number),
      subject: keyOf(record),
      causation: cause,
      correlation: cause,
    });
  };
}

/** RFC 3339 in UTC, to the microsecond. */
function timestamp(micros: number): string {
  const second = Math.floor(micros / 1e6);
  const fraction = String(micros - second * 1e6).padStart(6, '0');
  return `${new Date(second * 1000).toISOString().slice(0, -5)}.${fraction}Z`;
}

/**
 * W3C Trace Context, version 00: all events of one chain of causes are one trace, each event a span of it. Marked as
 * sampled, since it is for those who read it to decide what they keep.
 */
const traceparent = ({ trace, id }: { readonly trace: string; readonly id: string }): string =>
  `00-${trace}-${hashed(id, 16)}-01`;

/** Most events of a step have one cause: its hash is taken once. */
function rememberingLast(compute: (text: string) => string): (text: string) => string {
  let last: readonly [text: string, answer: string] = ['', compute('')];
  return (text) => {
    if (text !== last[0]) last = [text, compute(text)];
    return last[1];
  };
}

function hashed(text: string, digits: number): string {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, digits);
  // All zeros would say that there is no trace.
  return /^0+$/.test(hash) ? '1'.padStart(digits, '0') : hash;
}
