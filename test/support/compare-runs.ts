/**
 * Comparing two runs: the one function of every crash, chaos and rescale test.
 *
 *  (a) bytes: `recompute` of the run's own recorded epochs (see `runtime/rerun/recompute.ts`);
 *  (b) against an undisturbed run, after draining: event topics hold the same records per key in order; state topics
 *      the same final value per key; tables the same final records. Offsets, ids, epoch numbers and stamps are left out.
 */
import type { Backend, RestoredTask } from '../../runtime/ports/backend';
import type { ColumnsCodec, RowsCodec } from '../../runtime/stream/codec';
import { keyReader } from '../../runtime/stream/key-text';
import type { Columns } from '../../runtime/stream/step';
import type { Topic } from '../../runtime/stream/topic';
import type { TableDefinition } from '../../runtime/tables/table';
import { ByteReader } from '../../runtime/wire/bytes';
import { MessageCursor, WIRE_PREFIX_BYTES } from '../../runtime/wire/messages';

export interface RunToCompare {
  readonly backend: Pick<Backend, 'log'>;
  /** The tasks as restored at the end, for their tables. */
  readonly tasks: readonly RestoredTask[];
}

export interface CompareOptions {
  readonly topics: readonly Topic[];
  readonly tables: readonly TableDefinition[];
  /** Fields that say when or where and not what, by name of topic or table. */
  readonly stamps?: Readonly<Record<string, readonly string[]>>;
}

/** When a task came to know a thing depends on when it ran, in every topic. */
const STAMPS: readonly string[] = ['knownAt'];

/** Answers what differs, in sentences; none if the runs say the same. */
export function compareRuns(one: RunToCompare, other: RunToCompare, options: CompareOptions): string[] {
  const differences: string[] = [];
  for (const topic of options.topics) {
    const stamps = [...(options.stamps?.[topic.name] ?? []), ...STAMPS];
    differences.push(
      ...compareMaps(`topic ${topic.name}`, contentOf(one, topic, stamps), contentOf(other, topic, stamps)),
    );
  }
  for (const table of options.tables) {
    const stamps = [...(options.stamps?.[table.name] ?? []), ...STAMPS];
    const [ours, theirs] = [recordsOf(one, table, stamps), recordsOf(other, table, stamps)];
    differences.push(...compareMaps(`table ${table.name}`, ours, theirs));
  }
  return differences;
}

function compareMaps(
  what: string,
  one: ReadonlyMap<string, string>,
  other: ReadonlyMap<string, string>,
): string[] {
  const differences: string[] = [];
  for (const key of new Set([...one.keys(), ...other.keys()])) {
    if (one.get(key) === other.get(key)) continue;
    differences.push(
      `${what}, key ${key}: ${one.get(key) ?? 'nothing'} against ${other.get(key) ?? 'nothing'}`,
    );
  }
  return differences;
}

/** Per key: all records in order for an event topic, the last for a state topic unless the key was removed. */
function contentOf({ backend }: RunToCompare, topic: Topic, stamps: readonly string[]): Map<string, string> {
  const keyOf = keyReader(topic.key);
  const content = new Map<string, string>();
  for (const record of recordsOfTopic(backend, topic)) {
    if (typeof record === 'string') {
      content.delete(record);
      continue;
    }
    const key = keyOf(record);
    const text = textOf(record, stamps);
    content.set(key, topic.kind === 'event' && content.has(key) ? `${content.get(key)}\n${text}` : text);
  }
  return content;
}

/** Every record of a topic as a plain object, partition by partition; a text is a key that was removed. */
export function* recordsOfTopic(
  { log }: Pick<Backend, 'log'>,
  topic: Topic,
): Generator<Record<string, unknown> | string> {
  const partitions = log.topics().find(({ name }) => name === topic.name)?.partitions ?? 0;
  const cursor = new MessageCursor();
  const bytes = new ByteReader();
  for (let partition = 0; partition < partitions; partition += 1) {
    const { first } = log.ends({ topic: topic.name, partition });
    const reader = log.reader({ topic: topic.name, partition, next: first }, 'comparison');
    for (let chunk = reader.poll(1 << 20); chunk; chunk = reader.poll(1 << 20)) {
      cursor.over(chunk);
      while (cursor.next()) {
        if (cursor.isTombstone()) {
          yield cursor.key();
          continue;
        }
        yield* decode(
          topic,
          bytes.over(cursor.bytes, cursor.valueStart + WIRE_PREFIX_BYTES, cursor.valueEnd),
        );
      }
    }
    reader.close();
  }
}

function* decode(topic: Topic, from: ByteReader): Generator<Record<string, unknown>> {
  if (topic.codec.layout === 'rows') {
    yield (topic.codec as RowsCodec<Record<string, unknown>>).decode(from);
    return;
  }
  const codec = topic.codec as ColumnsCodec<Columns>;
  const columns = codec.allocate(16);
  codec.append(columns, from);
  for (let index = 0; index < columns.length; index += 1) yield codec.rowOf(columns, index);
}

/** The records of a table, whichever slots they lie in: that is decided by the steps in which they came. */
function recordsOf(
  { tasks }: RunToCompare,
  table: TableDefinition,
  stamps: readonly string[],
): Map<string, string> {
  const { codec } = table as { readonly codec?: RowsCodec<Record<string, unknown>> };
  const counts = new Map<string, number>();
  tasks.forEach((task, partition) => {
    task.table(table.name)?.forEach((_slot, from) => {
      const text = codec ? textOf(codec.decode(from), stamps) : from.bytes.toString('hex', from.at, from.end);
      const record = `${partition}: ${text}`;
      counts.set(record, (counts.get(record) ?? 0) + 1);
    });
  });
  return new Map([...counts].map(([record, count]) => [record, `${count} times`]));
}

const textOf = (record: Record<string, unknown>, stamps: readonly string[]): string =>
  JSON.stringify(record, (name, value: unknown) => (stamps.includes(name) ? undefined : printable(value)));

function printable(value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value;
}
