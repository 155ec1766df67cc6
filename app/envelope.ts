/**
 * The headers of business events: CloudEvents 1.0 in the Kafka binding's binary mode, correlation and causation ids,
 * and a W3C trace context. All of it follows from what caused the event, nothing from chance: a replay makes the same.
 *
 *   id         CAUSE/TOPIC/ORDINAL, where CAUSE is the first message of the step, the timer, or the producer's batch
 *   causation  that cause; correlation and trace the same, for a cause from outside starts its own trace
 */
import { createHash } from 'node:crypto';
import type { Envelope } from '../runtime/outlet';

export const cloudEvents: Envelope = ({ topic, step, cause, ordinal }) => {
  const id = `${cause}/${topic.name}/${ordinal}`;
  return [
    ['ce_specversion', '1.0'],
    ['ce_id', id],
    ['ce_source', '/breakwater'],
    ['ce_type', topic.cloudEventType!],
    ['ce_time', new Date(Math.floor(step.now / 1000)).toISOString()],
    ['ce_correlationid', cause],
    ['ce_causationid', cause],
    ['content-type', 'application/avro'],
    ['traceparent', `00-${digest(cause, 32)}-${digest(id, 16)}-01`],
  ];
};

/** Hexadecimal digits of a hash; a trace id of zeros only would be invalid, and is out of the question. */
const digest = (text: string, digits: number): string =>
  createHash('sha256').update(text).digest('hex').slice(0, digits);
