/**
 * The one way by which records get from outside into topics: names become numbers, rows become messages or frames,
 * and all of a batch is appended at once.
 *
 * Whoever produces has a name and counts its batches by a sequence that grows; a batch that was taken before is
 * recognised by the log and not taken again. So after a crash a producer asks how far it came and goes on from there.
 */
import type { Backend } from '../runtime/ports/backend';
import type { Output } from '../runtime/ports/epoch';
import { changesOf } from '../runtime/stream/changes';
import type { Topic } from '../runtime/stream/topic';
import { type Envelope, Outlet } from '../runtime/task/outlet';
import { columnsOf } from './columns-of-rows';
import type { FeedRecord, FeedRow } from './feed';

export interface PublisherOptions {
  readonly backend: Pick<Backend, 'log' | 'registry' | 'names'>;
  /** Everything that may be published. */
  readonly topics: readonly Topic[];
  readonly envelope?: Envelope | undefined;
}

export interface PublishedBatch {
  readonly producer: string;
  /** Greater than that of the producer's batch before. */
  readonly sequence: number;
  /** Sequence of the batch before, 0 for none: unless that is the last taken, the log refuses with `OutOfOrderError`. */
  readonly previous?: number | undefined;
  /** Becomes the time in the headers of business events, micros. */
  readonly now: number;
  readonly records: readonly FeedRecord[];
  /** What the producer wants back after a restart. */
  readonly state?: Uint8Array;
  /** Messages end before these records, in growing order: whoever reads message by message can stop there. */
  readonly cuts?: readonly number[];
}

/** Messages of one topic partition between two cuts. */
export interface PublishedPart {
  readonly topic: string;
  readonly partition: number;
  readonly messages: number;
}

export interface Published {
  /** This sequence had been taken before, and nothing was done. */
  readonly duplicate: boolean;
  /** What lies before the first cut, between the first and the second, …; one part more than there are cuts. */
  readonly parts: readonly (readonly PublishedPart[])[];
}

/** A record for a topic that is not among those that may be published. */
export class UnknownTopicError extends Error {
  override readonly name = 'UnknownTopicError';
  constructor(topic: string, known: readonly string[]) {
    super(`there is no topic "${topic}" to publish to. There are ${known.join(', ')}.`);
  }
}

export class Publisher {
  /** Names are allotted and records encoded one batch after the other, or batches would mix and overtake. */
  private turn: Promise<void> = Promise.resolve();

  private constructor(
    private readonly options: PublisherOptions,
    private readonly outlets: ReadonlyMap<string, Outlet>,
  ) {}

  static async open(options: PublisherOptions): Promise<Publisher> {
    const { log, registry } = options.backend;
    const partitions = new Map(log.topics().map((spec) => [spec.name, spec.partitions]));
    const outlets = new Map<string, Outlet>();
    for (const topic of options.topics) {
      const schemaId = await registry.register(`${topic.name}-value`, topic.codec.schema);
      const { envelope } = options;
      outlets.set(
        topic.name,
        new Outlet({ topic, partitions: partitions.get(topic.name)!, schemaId, envelope }),
      );
    }
    return new Publisher(options, outlets);
  }

  /** Durable on return. Calls take effect in the order in which they are made. */
  async publish(batch: PublishedBatch): Promise<Published> {
    const encoded = this.turn.then(() => this.encode(batch));
    const sent = encoded.then((parts) => ({ parts, appended: this.append(batch, parts.flat()) }));
    this.turn = sent.then(
      () => undefined,
      () => undefined,
    );
    const { parts, appended } = await sent;
    const { duplicate } = await appended;
    const counted = parts.map((part) =>
      part.map(({ topic, partition, messages }) => ({ topic, partition, messages: messages.count })),
    );
    return { duplicate, parts: counted };
  }

  private append(
    { producer, sequence, previous, state }: PublishedBatch,
    outputs: readonly Output[],
  ): Promise<{ readonly duplicate: boolean }> {
    return this.options.backend.log.append({
      producer,
      sequence,
      outputs,
      ...(previous !== undefined && { previous }),
      ...(state && { state }),
    });
  }

  private async encode({ producer, sequence, now, records, cuts = [] }: PublishedBatch): Promise<Output[][]> {
    const parts: Output[][] = [];
    for (const [index, end] of [...cuts, records.length].entries()) {
      const part = groupByTopic(records.slice(cuts[index - 1] ?? 0, end));
      const outputs: Output[] = [];
      for (const [name, group] of part) {
        const topic = this.topicOf(name);
        const rows = await this.numbered(topic, group);
        const outlet = this.outlets.get(name)!;
        const data = batchOf(topic, rows);
        const cause = `${producer}/${sequence}${index === 0 ? '' : `.${index}`}`;
        try {
          outlet.write(data, { number: sequence, now }, cause);
        } catch (error) {
          outlet.discard();
          throw error;
        }
        outputs.push(...outlet.take());
      }
      parts.push(outputs);
    }
    return parts;
  }

  private topicOf(name: string): Topic {
    const topic = this.options.topics.find((one) => one.name === name);
    if (!topic)
      throw new UnknownTopicError(
        name,
        this.options.topics.map((one) => one.name),
      );
    return topic;
  }

  private async numbered(topic: Topic, records: readonly FeedRecord[]): Promise<FeedRow[]> {
    const fields = Object.entries(topic.numbers);
    if (fields.length === 0) return records.map(({ row }) => row);
    for (const [field, domain] of fields) await this.allot(domain, field, records);
    const { names } = this.options.backend;
    return records.map(({ row }) => {
      const numbered: Record<string, unknown> = { ...row };
      for (const [field, domain] of fields) numbered[field] = numberIn(names, domain, row[field]);
      return numbered;
    });
  }

  private async allot(domain: string, field: string, records: readonly FeedRecord[]): Promise<void> {
    const { names } = this.options.backend;
    const unknown = new Set<string>();
    for (const { row } of records) {
      const name = row[field];
      if (typeof name === 'string' && names.numberOf(domain, name) === undefined) unknown.add(name);
    }
    if (unknown.size > 0) await names.numbersOf(domain, [...unknown]);
  }
}

/** What names nothing has no number; the default of a field, such as −1 for nobody, is one already. */
const numberIn = (names: Backend['names'], domain: string, name: unknown): number | undefined =>
  typeof name === 'string' ? names.numberOf(domain, name) : (name as number | undefined);

function batchOf(topic: Topic, rows: readonly FeedRow[]): unknown {
  if (topic.codec.layout === 'columns') return columnsOf(topic, rows);
  return topic.kind === 'state' ? changesOf(rows) : rows;
}

function groupByTopic(records: readonly FeedRecord[]): Map<string, FeedRecord[]> {
  const groups = new Map<string, FeedRecord[]>();
  for (const record of records) {
    const group = groups.get(record.topic);
    if (group) group.push(record);
    else groups.set(record.topic, [record]);
  }
  return groups;
}
