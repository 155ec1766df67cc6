/** What may be set aside: a message that the job reads and that is there, by somebody, for a reason. */

import type { Job } from '../runtime/graph/job';
import type { Log } from '../runtime/ports/backend';
import { isTimer } from '../runtime/task/poison';
import type { SkipRequest } from './access';
import { CommandError, ExitCode } from './exit-codes';

const TEXT_BYTES_MAX = 1024;

/** Throws a CommandError otherwise. */
export function checkSkip(
  request: SkipRequest,
  jobs: readonly Job[],
  log: Pick<Log, 'topics' | 'ends'>,
): void {
  const { topic, partition, offset, by, why } = request;
  for (const [name, text] of Object.entries({ by, why }))
    if (typeof text !== 'string' || text.trim() === '' || Buffer.byteLength(text) > TEXT_BYTES_MAX)
      throw refused(`"${name}" is a text of 1 to ${TEXT_BYTES_MAX} bytes`);
  if (isTimer(request)) return;
  const inputs = [...new Set(jobs.flatMap((job) => job.inputs.map((input) => input.topic.name)))];
  if (!inputs.includes(topic))
    throw refused(`the job does not read topic "${topic}". It reads ${inputs.join(', ')}`);
  const partitions = log.topics().find(({ name }) => name === topic)?.partitions ?? 0;
  if (!Number.isSafeInteger(partition) || partition < 0 || partition >= partitions)
    throw refused(`topic "${topic}" has ${partitions} partitions, counted from 0, and no ${partition}`);
  const { first, next } = log.ends({ topic, partition });
  if (!Number.isSafeInteger(offset) || offset < first || offset >= next)
    throw refused(`${topic}/${partition} holds offsets from ${first} to before ${next}, and no ${offset}`);
}

const refused = (what: string): CommandError =>
  new CommandError(`cannot set that aside: ${what}.`, ExitCode.Usage);
