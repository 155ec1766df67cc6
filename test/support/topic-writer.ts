/** Writes records to a topic of any backend and keeps its own list of what was written, and where. */
import type { Backend } from '../../runtime/ports/backend';
import type { ColumnsCodec, RowsCodec } from '../../runtime/stream/codec';
import type { Columns } from '../../runtime/stream/step';
import type { Topic } from '../../runtime/stream/topic';
import { MessageWriter } from '../../runtime/wire/messages';
import type { PlacedRecord } from './table-rows';

type RecordOf = Readonly<Record<string, unknown>>;

export class TopicWriter {
  readonly placed: PlacedRecord[] = [];
  constructor(
    private readonly backend: Pick<Backend, 'log' | 'registry'>,
    private readonly topic: Topic,
    private readonly partition = 0,
    /** Of the last append: a producer that goes on says where it was. */
    private sequence = 0,
  ) {}

  /** One append; each inner list is a message: one record for rows, a frame for columns. */
  async write(messages: readonly (readonly RecordOf[])[]): Promise<void> {
    const { topic, partition } = this;
    const schemaId = await this.backend.registry.register(`${topic.name}-value`, topic.codec.schema);
    const writer = new MessageWriter();
    const start = this.backend.log.ends({ topic: topic.name, partition }).next;
    messages.forEach((records, message) => {
      writer.begin(undefined, [], schemaId);
      if (topic.codec.layout === 'rows') (topic.codec as RowsCodec<unknown>).encode(records[0], writer.to);
      else encodeFrame(topic.codec as ColumnsCodec<Columns>, records, writer);
      writer.end();
      records.forEach((record, index) => {
        this.placed.push({ partition, offset: start + message, index, record });
      });
    });
    this.sequence += 1;
    await this.backend.log.append({
      producer: producerOf(topic, partition),
      sequence: this.sequence,
      outputs: [{ topic: topic.name, partition, messages: writer.take() }],
    });
  }
}

export const producerOf = ({ name }: Topic, partition = 0): string => `test/${name}/${partition}`;

function encodeFrame(
  codec: ColumnsCodec<Columns>,
  records: readonly RecordOf[],
  writer: MessageWriter,
): void {
  const columns = codec.allocate(records.length) as Columns & Record<string, Float64Array | number>;
  for (const [index, record] of records.entries())
    for (const [name, value] of Object.entries(record))
      (columns[name] as Float64Array)[index] = value as number;
  (columns as { length: number }).length = records.length;
  codec.encode(columns, 0, records.length, writer.to);
}
