/** Reads a topic partition for people and programs: from a place on, and further if asked. */
import type { Backend } from '../runtime/backend';
import type { SchemaVersions } from '../runtime/codec';
import type { TopicPartition } from '../runtime/epoch';
import type { Topic } from '../runtime/topic';
import { topics } from '../schemas/topics';
import type { TailRecord, TailRequest } from './access';
import { CommandError, ExitCode } from './exit-codes';
import { type DecodedRecord, shownRow, TopicDecoder } from './topic-decoder';

const POLL_BYTES = 1 << 20;

export interface TailOptions {
  readonly backend: Pick<Backend, 'log' | 'registry' | 'names'>;
  readonly versions?: SchemaVersions | undefined;
}

export function topicNamed(name: string): Topic {
  const topic = topics.find((one) => one.name === name);
  if (topic) return topic;
  const known = topics.map((one) => one.name).join(', ');
  throw new CommandError(`there is no topic "${name}". There are ${known}.`, ExitCode.Usage);
}

export async function* tailTopic(
  request: TailRequest,
  signal: AbortSignal,
  { backend, versions }: TailOptions,
): AsyncGenerator<readonly TailRecord[]> {
  const topic = topicNamed(request.topic);
  const place = placeOf(request, backend);
  const decoder = new TopicDecoder({ topic, registry: backend.registry, versions });
  const show = (records: readonly DecodedRecord[]): TailRecord[] =>
    records.map((record) => shown(topic, request.partition, record, backend));
  const { from } = request;
  let next = typeof from === 'object' && 'offset' in from ? from.offset : 0;
  if (typeof from === 'object' && 'last' in from) {
    const last = lastRecords({ place, count: from.last, decoder, backend });
    yield show(last.records);
    next = last.next;
  }
  const reader = backend.log.reader({ ...place, next }, 'tail');
  const stop = (): void => reader.close();
  signal.addEventListener('abort', stop);
  try {
    for (;;) {
      for (let chunk = reader.poll(POLL_BYTES); chunk; chunk = reader.poll(POLL_BYTES)) {
        yield show(decoder.decode(chunk));
      }
      if (!request.follow || signal.aborted) return;
      await reader.whenArrived();
    }
  } finally {
    signal.removeEventListener('abort', stop);
    reader.close();
  }
}

function placeOf({ topic, partition }: TailRequest, { log }: TailOptions['backend']): TopicPartition {
  const partitions = log.topics().find(({ name }) => name === topic)?.partitions ?? 0;
  if (partition < partitions) return { topic, partition };
  throw new CommandError(
    `topic "${topic}" has ${partitions} partitions, counted from 0; there is no partition ${partition}.`,
    ExitCode.Usage,
  );
}

/** Offsets have gaps and messages hold many records: looks back further until enough has been found. */
function lastRecords({
  place,
  count,
  decoder,
  backend,
}: {
  readonly place: TopicPartition;
  readonly count: number;
  readonly decoder: TopicDecoder;
  readonly backend: Pick<Backend, 'log'>;
}): { readonly records: readonly DecodedRecord[]; readonly next: number } {
  const { first, next } = backend.log.ends(place);
  for (let back = count; ; back *= 4) {
    const start = Math.max(first, next - back);
    const found: DecodedRecord[] = [];
    let at = start;
    const reader = backend.log.reader({ ...place, next: start }, 'tail');
    for (let chunk = reader.poll(POLL_BYTES); chunk; chunk = reader.poll(POLL_BYTES)) {
      found.push(...decoder.decode(chunk));
      at = chunk.nextOffset;
    }
    reader.close();
    if (found.length >= count || start === first) return { records: found.slice(-count), next: at };
  }
}

const shown = (
  topic: Topic,
  partition: number,
  { offset, index, key, headers, row, problem }: DecodedRecord,
  { names }: Pick<Backend, 'names'>,
): TailRecord => ({
  topic: topic.name,
  partition,
  offset,
  index,
  key,
  headers: Object.fromEntries(headers),
  record: row ? shownRow(topic, row, names) : null,
  ...(problem !== undefined && { problem }),
});
