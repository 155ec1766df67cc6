/**
 * Runs recorded epochs again and holds what they write against what the log holds, byte for byte (law 7).
 *
 * Starts from nothing, so it needs the task's epochs from the first on, and its inputs, as far back as they go. For
 * one build and Node major: `Math.pow` and the like may differ between versions.
 */
import type { Backend } from '../ports/backend';
import type { Epoch, EpochOutput, RecordedEpoch, TopicPartition } from '../ports/epoch';
import type { RunnerOptions } from '../task/runner';
import { type Chunk, MessageCursor } from '../wire/messages';
import { Rerun } from './rerun';

export type RecomputeOptions = Omit<RunnerOptions, 'restored' | 'backend' | 'phase'> & {
  readonly backend: Pick<Backend, 'log' | 'registry' | 'names'>;
};

/** Something that came out differently the second time. */
export interface Difference extends TopicPartition {
  readonly epoch: number;
  readonly detail: string;
}

/** Answers the differences, none if the run was deterministic. Throws where an epoch is missing or of another build. */
export async function recompute(
  recorded: Iterable<RecordedEpoch> | AsyncIterable<RecordedEpoch>,
  options: RecomputeOptions,
): Promise<Difference[]> {
  const rerun = new Rerun(options);
  const differences: Difference[] = [];
  let expected = 1;
  for await (const epoch of recorded) {
    if (epoch.number !== expected) {
      throw new RangeError(
        `epoch ${expected} of ${epoch.task.job}/${epoch.task.partition} is no longer kept. Recompute needs every epoch from the first.`,
      );
    }
    if (epoch.build !== options.build) {
      throw new RangeError(
        `epoch ${epoch.number} was computed by build ${epoch.build}, this is ${options.build}. Recompute with that build.`,
      );
    }
    differences.push(...(await compare(epoch, await rerun.run(epoch), options.backend)));
    expected += 1;
  }
  rerun.close();
  return differences;
}

async function compare(
  recorded: RecordedEpoch,
  again: Epoch,
  { log }: Pick<Backend, 'log'>,
): Promise<Difference[]> {
  const differences: Difference[] = [];
  const places = new Map<string, TopicPartition>();
  for (const { topic, partition } of [...recorded.outputs, ...again.outputs])
    places.set(`${topic}/${partition}`, { topic, partition });
  for (const place of places.values()) {
    const isHere = (one: TopicPartition): boolean =>
      one.topic === place.topic && one.partition === place.partition;
    const before: Buffer[] = [];
    for (const range of recorded.outputs.filter(isHere))
      before.push(...(await committedMessages(log, range)));
    const after = again.outputs.filter(isHere).flatMap(({ messages }) => messagesOf(messages));
    const detail = firstDifference(before, after);
    if (detail)
      differences.push({ topic: place.topic, partition: place.partition, epoch: recorded.number, detail });
  }
  return differences;
}

/** What lies in a range of the log: the epoch's own messages, whatever others wrote before and behind. */
async function committedMessages(
  log: Backend['log'],
  { topic, partition, first, next }: EpochOutput,
): Promise<Buffer[]> {
  const reader = log.reader({ topic, partition, next: first }, 'recompute');
  const messages: Buffer[] = [];
  try {
    for (;;) {
      const chunk = reader.poll(1 << 20);
      if (chunk) messages.push(...messagesOf(chunk, next));
      else if (reader.atEnd()) return messages;
      else await reader.whenArrived();
      if (chunk && chunk.nextOffset >= next) return messages;
    }
  } finally {
    reader.close();
  }
}

/** Key, headers and value of each message before `limit`, as they lie in the packed form. */
function messagesOf(chunk: Chunk, limit = Number.POSITIVE_INFINITY): Buffer[] {
  const messages: Buffer[] = [];
  const cursor = new MessageCursor().over(chunk);
  while (cursor.next() && cursor.offset < limit)
    messages.push(Buffer.from(cursor.bytes.subarray(cursor.keyStart, cursor.valueEnd)));
  return messages;
}

function firstDifference(before: readonly Buffer[], after: readonly Buffer[]): string | undefined {
  if (before.length !== after.length)
    return `${before.length} messages before, ${after.length} when run again`;
  const at = before.findIndex((message, index) => !message.equals(after[index]!));
  return at < 0
    ? undefined
    : `message ${at} of ${before.length}: ${before[at]!.toString('hex')} before, ${after[at]!.toString('hex')} when run again`;
}
