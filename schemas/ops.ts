/** What the people who run the system look at. */
import { type Topic, topic } from '../runtime/stream/topic';
import { type DeadLetter, deadLetterCodec } from './generated/ops/dead-letter';

export * from './generated/ops/dead-letter';

export const deadLetters: Topic<readonly DeadLetter[]> = topic({
  name: 'ops.dead_letters',
  kind: 'event',
  codec: deadLetterCodec,
  key: ['topic'],
  cloudEventType: 'breakwater.ops.dead_letter',
  eventTime: 'time',
  retentionHours: 24 * 31,
});
