/** Reads a topic partition for people and programs: from a place on, and further if asked. */
import type { Backend } from '../runtime/ports/backend';
import type { TopicPartition } from '../runtime/ports/epoch';
import type { SchemaVersions } from '../runtime/stream/codec';
import type { Topic } from '../runtime/stream/topic';
import { topics } from '../schemas/topics';
import type { TailRecord, TailRequest } from './access';
import { CommandError, ExitCode } from './exit-codes';
import { nearest } from './nearest';
import { alone, type Turns } from './reader-turns';
import { type DecodedRecord, shownRow, TopicDecoder } from './topic-decoder';

/** So much is taken apart in one go, and so many records shown; between two goes others have their turns. */
const SLICE_BYTES = 1 << 14;
const PIECE_RECORDS = 500;
/** "The last N records": more are read from an offset on. */
export const LAST_MAX = 10_000;

export interface TailOptions {
  readonly backend: Pick<Backend, 'log' | 'registry' | 'names'>;
  readonly versions?: SchemaVersions | undefined;
  /** Whose turn it is to take something apart. */
  readonly turns?: Turns | undefined;
}

export function topicNamed(name: string): Topic {
  const topic = topics.find((one) => one.name === name);
  if (topic) return topic;
  const known = topics.map((one) => one.name);
  const meant = nearest(name, known);
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  throw new CommandError(
    `there is no topic "${name}".${hint} There are ${known.join(', ')}.`,
    ExitCode.Usage,
  );
}

export async function* tailTopic(
  request: TailRequest,
  signal: AbortSignal,
  { backend, versions, turns = alone }: TailOptions,
): AsyncGenerator<readonly TailRecord[]> {
  const topic = topicNamed(request.topic);
  const place = placeOf(request, backend);
  const decoder = new TopicDecoder({ topic, registry: backend.registry, versions });
  const show = async function* (records: readonly DecodedRecord[]): AsyncGenerator<readonly TailRecord[]> {
    for (let at = 0; at < records.length; at += PIECE_RECORDS) {
      const piece = records.slice(at, at + PIECE_RECORDS);
      yield await turns.take(() => piece.map((record) => shown(topic, request.partition, record, backend)));
    }
  };
  const reading: Reading = { place, decoder, backend, turns };
  const { from, follow } = request;
  let next = firstOffset(from, place, backend);
  if (typeof from === 'object' && 'last' in from) {
    const last = await lastRecords(reading, from.last, signal);
    yield* show(last.records);
    next = last.next;
  }
  const end = follow ? Number.POSITIVE_INFINITY : backend.log.ends(place).next;
  while (!signal.aborted && next < end) {
    const { first } = backend.log.ends(place);
    if (next > 0 && next < first) yield [gap(topic, request.partition, next, first)];
    if (next < first) next = first;
    const from = next;
    const slice = await turns.take(() => readSlice(reading, from));
    if (slice) {
      yield* show(slice.records);
      next = slice.next;
    } else if (follow) await arrival(place, next, backend, signal);
    else return;
  }
}

interface Reading {
  readonly place: TopicPartition;
  readonly decoder: TopicDecoder;
  readonly backend: Pick<Backend, 'log'>;
  readonly turns: Turns;
}

function firstOffset(
  from: TailRequest['from'],
  place: TopicPartition,
  { log }: Pick<Backend, 'log'>,
): number {
  if (from === 'start') return log.ends(place).first;
  if ('offset' in from) {
    if (Number.isSafeInteger(from.offset) && from.offset >= 0) return from.offset;
  } else if (Number.isSafeInteger(from.last) && from.last >= 0 && from.last <= LAST_MAX) return 0;
  throw new CommandError(
    `a place is "start", an offset from 0, or the last ${LAST_MAX} records at most; for more say an offset, or "start".`,
    ExitCode.Usage,
  );
}

/** The reader is let go at once: a slow one must not hold back retention. */
function readSlice(
  { place, decoder, backend }: Reading,
  next: number,
): { readonly records: readonly DecodedRecord[]; readonly next: number } | undefined {
  const { first, next: end } = backend.log.ends(place);
  if (next >= end) return undefined;
  const reader = backend.log.reader({ ...place, next: Math.max(next, first) }, 'tail');
  try {
    const chunk = reader.poll(SLICE_BYTES);
    return chunk && { records: decoder.decode(chunk), next: chunk.nextOffset };
  } finally {
    reader.close();
  }
}

async function arrival(
  place: TopicPartition,
  next: number,
  { log }: Pick<Backend, 'log'>,
  signal: AbortSignal,
): Promise<void> {
  const { next: end } = log.ends(place);
  if (next > end)
    throw new CommandError(
      `${place.topic}/${place.partition} ends at ${end}, before offset ${next}.`,
      ExitCode.Usage,
    );
  const reader = log.reader({ ...place, next }, 'tail');
  const stop = (): void => reader.close();
  signal.addEventListener('abort', stop);
  try {
    await reader.whenArrived();
  } finally {
    signal.removeEventListener('abort', stop);
    reader.close();
  }
}

export const partitionsOf = (log: Pick<Backend['log'], 'topics'>, topic: string): number =>
  log.topics().find(({ name }) => name === topic)?.partitions ?? 0;

function placeOf({ topic, partition }: TailRequest, { log }: TailOptions['backend']): TopicPartition {
  const partitions = partitionsOf(log, topic);
  if (partition < partitions) return { topic, partition };
  throw new CommandError(
    `topic "${topic}" has ${partitions} partitions, counted from 0; there is no partition ${partition}.`,
    ExitCode.Usage,
  );
}

/** Offsets have gaps and messages hold many records: looks back further until enough has been found. */
async function lastRecords(
  reading: Reading,
  count: number,
  signal: AbortSignal,
): Promise<{ readonly records: readonly DecodedRecord[]; readonly next: number }> {
  const { first, next: end } = reading.backend.log.ends(reading.place);
  for (let back = 1; ; back *= 4) {
    const start = Math.max(first, end - back);
    let found: DecodedRecord[] = [];
    let next = start;
    while (next < end && !signal.aborted) {
      const from = next;
      const slice = await reading.turns.take(() => readSlice(reading, from));
      if (!slice) break;
      next = slice.next;
      found = [...found, ...slice.records].slice(-count || found.length);
    }
    if (found.length >= count || start === first || signal.aborted)
      return { records: found.slice(Math.max(found.length - count, 0)), next: Math.max(next, start) };
  }
}

const gap = (topic: Topic, partition: number, from: number, to: number): TailRecord => ({
  topic: topic.name,
  partition,
  offset: from,
  index: 0,
  key: '',
  headers: {},
  record: null,
  problem: `what lay before offset ${to} is kept no longer`,
});

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
