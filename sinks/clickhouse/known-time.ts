import { schemaFields } from '../../runtime/stream/schema-fields';
import type { Topic } from '../../runtime/stream/topic';

/**
 * When the system knew, as an expression: a bust at 10:30 then leaves 10:06 as it was known at 10:06. Records from before
 * they said so go by their event time.
 */
export function knownTime({ codec, eventTime }: Topic): string {
  const saysSo = schemaFields(codec).some(({ name }) => name === 'knownAt');
  return saysSo ? `if(knownAt <= fromUnixTimestamp64Micro(0, 'UTC'), ${eventTime!}, knownAt)` : eventTime!;
}
