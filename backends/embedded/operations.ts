/**
 * What the commit thread can do to the store, one function an operation. Each checks everything before it writes
 * anything: a refusal leaves the transaction as it was, and the others in it go on.
 */
import {
  BackendError,
  FencedError,
  OutOfOrderError,
  QuotaError,
  type TopicSpec,
} from '../../runtime/ports/backend';
import type { TaskId } from '../../runtime/ports/epoch';
import { NO_CHAIN } from './epoch-entry';
import { Kind, keyOf, numberOfKey, textKey } from './keys';
import { NO_TASK } from './log-entry';
import type { AppendRequest, NamesRequest, Operation } from './protocol';
import {
  type BookmarkRecord,
  NO_ENDS,
  type ProducerRecord,
  type SchemaRecord,
  type SkipRecord,
  type TaskRecord,
  type TopicRecord,
  taskName,
} from './records';
import { unsealJson } from './seal';
import { prefixed } from './store';
import type { Transaction } from './transaction';
import { checkOutputs, writeOutputs } from './write-outputs';

export function append(
  tx: Transaction,
  request: AppendRequest,
  quota: QuotaState,
): { readonly duplicate: boolean } {
  const key = textKey(Kind.Producer, request.producer);
  const before = tx.json<ProducerRecord>(key);
  if (before && before.sequence >= request.sequence) return { duplicate: true };
  checkPrevious(request, before?.sequence ?? 0);
  if (quota.full) throw quotaError(quota);
  checkOutputs(tx, request.outputs);
  writeOutputs(tx, request.buffer, request.outputs, { writer: NO_TASK, sequence: request.sequence });
  const state = request.state ? Buffer.from(request.state).toString('base64') : before?.state;
  tx.putJson(key, { sequence: request.sequence, state } satisfies ProducerRecord);
  return { duplicate: false };
}

function checkPrevious({ producer, sequence, previous }: AppendRequest, last: number): void {
  if (previous === undefined || previous === last) return;
  throw new OutOfOrderError(
    `append ${sequence} of producer "${producer}" follows ${previous}, but the last that was taken is ${last}. Go on from there.`,
  );
}

export interface QuotaState {
  readonly full: boolean;
  readonly usedBytes: number;
  readonly quotaBytes: number;
}

const quotaError = ({ usedBytes, quotaBytes }: QuotaState): QuotaError =>
  new QuotaError(
    `the log holds ${usedBytes} bytes, and its quota is ${quotaBytes}. Shorten the retention of topics, let slow readers catch up, or raise the quota.`,
  );

export function createTopics(tx: Transaction, topics: readonly TopicSpec[]): readonly TopicRecord[] {
  const known = new Map(
    [...tx.range(prefixed(keyOf(Kind.Topic)))].map(
      ({ key }) => [key.toString(), tx.json<TopicRecord>(key)!] as const,
    ),
  );
  for (const spec of topics) {
    const old = known.get(textKey(Kind.Topic, spec.name).toString());
    if (old) checkSame(old, spec);
    else checkSpec(spec);
  }
  let number = known.size;
  return topics.map((spec) => {
    const key = textKey(Kind.Topic, spec.name);
    const old = known.get(key.toString());
    if (old && old.retentionHours === spec.retentionHours) return old;
    const { name, kind, layout, partitions, retentionHours } = spec;
    const record: TopicRecord = {
      name,
      kind,
      layout,
      partitions,
      retentionHours,
      number: old?.number ?? number,
    };
    if (!old) number += 1;
    tx.putJson(key, record);
    if (!old)
      for (let partition = 0; partition < partitions; partition += 1)
        tx.setEnds(record.number, partition, NO_ENDS);
    known.set(key.toString(), record);
    return record;
  });
}

function checkSame(old: TopicRecord, spec: TopicSpec): void {
  for (const setting of ['kind', 'layout', 'partitions'] as const) {
    if (old[setting] !== spec[setting])
      throw new BackendError(
        `topic "${spec.name}" exists with ${setting} ${old[setting]}, not ${spec[setting]}. Give the new topic another name, or repartition the old one.`,
      );
  }
}

const PARTITIONS_MAX = 1024;

function checkSpec({ name, partitions, retentionHours }: TopicSpec): void {
  if (!/^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$/.test(name))
    throw new BackendError(
      `"${name}" is no name for a topic. Write domain.plural in small letters, such as market.quotes.`,
    );
  if (!Number.isInteger(partitions) || partitions < 1 || partitions > PARTITIONS_MAX)
    throw new BackendError(
      `topic "${name}" cannot have ${partitions} partitions. Choose 1 to ${PARTITIONS_MAX}.`,
    );
  if (!(retentionHours > 0))
    throw new BackendError(`topic "${name}" cannot be kept for ${retentionHours} hours. Choose more than 0.`);
}

/** A new owner: whoever opened the task before can no longer commit. */
export function openTask(tx: Transaction, id: TaskId): TaskRecord {
  const key = textKey(Kind.Task, taskName(id));
  const before = tx.json<TaskRecord>(key) ?? {
    job: id.job,
    partition: id.partition,
    number: nextTaskNumber(tx),
    generation: 0,
    epoch: 0,
    nextStep: 0,
    now: 0,
    chain: Buffer.from(NO_CHAIN).toString('hex'),
    firstEpoch: 1,
    progress: [],
    tables: [],
  };
  const record: TaskRecord = { ...before, generation: before.generation + 1 };
  tx.putJson(key, record);
  return record;
}

/** Tasks may have been retired: numbers below the highest are not free. */
const nextTaskNumber = (tx: Transaction): number =>
  [...tx.range(prefixed(keyOf(Kind.Task)))].reduce(
    (next, { key, value }) => Math.max(next, unsealJson<TaskRecord>(key, value).number + 1),
    0,
  );

/** The record of a task whose owner is still the one who asks. */
export function ownedTask(tx: Transaction, id: TaskId, generation: number): TaskRecord {
  const task = tx.json<TaskRecord>(textKey(Kind.Task, taskName(id)));
  if (!task) throw new BackendError(`task ${taskName(id)} was never opened.`);
  if (task.generation !== generation)
    throw new FencedError(
      `task ${taskName(id)} has been opened by another owner (${task.generation}, this one is ${generation}). Drop the task: its state is no longer the true one.`,
    );
  return task;
}

export function writeNames(tx: Transaction, { entries, buffer, outputs }: NamesRequest): void {
  checkOutputs(tx, outputs);
  for (const { domain, name, number } of entries) {
    const key = textKey(Kind.Name, nameKey(domain, name));
    if (tx.get(key)) throw new BackendError(`the name "${name}" of domain "${domain}" has a number already.`);
    tx.putJson(key, number);
  }
  writeOutputs(tx, buffer, outputs, { writer: NO_TASK, sequence: 0 });
}

export const nameKey = (domain: string, name: string): string => `${domain}\0${name}`;

/** The id of a schema under its subject: the one it has, or the next. Ids count from 1. */
export function registerSchema(tx: Transaction, subject: string, schema: string): number {
  let last = 0;
  for (const { key, value } of tx.range(prefixed(keyOf(Kind.Schema)))) {
    const record = unsealJson<SchemaRecord>(key, value);
    last = numberOfKey(key, 0);
    if (record.subject === subject && record.schema === schema) return last;
  }
  tx.putJson(keyOf(Kind.Schema, last + 1), { subject, schema } satisfies SchemaRecord);
  return last + 1;
}

/** The operations that are one record each. */
export function writeRecord(
  tx: Transaction,
  operation: Extract<Operation, { kind: 'bookmark' | 'skip' }>,
): void {
  switch (operation.kind) {
    case 'bookmark': {
      const key = textKey(Kind.Bookmark, operation.name);
      if (!operation.bookmark) return tx.remove(key);
      const { state, needs } = operation.bookmark;
      const record: BookmarkRecord = {
        state: Buffer.from(state).toString('base64'),
        needs: needs.map(({ topic, partition, next }) => [topic, partition, next] as const),
      };
      return tx.putJson(key, record);
    }
    case 'skip': {
      const { topic, partition, offset, by, why, epoch } = operation.skip;
      const task = taskName(operation.task);
      const key = textKey(Kind.Skip, `${task}\0${topic}\0${partition}\0${offset}`);
      const said = { task, topic, partition, offset, by, why, ...(epoch !== undefined && { epoch }) };
      return tx.putJson(key, said satisfies SkipRecord);
    }
  }
}
