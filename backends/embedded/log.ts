/** The log as one thread sees it. */
import {
  BackendError,
  type Log,
  type LogReader,
  type ProducerAppend,
  type ProducerState,
  type Reading,
  type TopicSpec,
} from '../../runtime/ports/backend';
import type { Progress, TopicPartition } from '../../runtime/ports/epoch';
import { layArena } from './arena';
import { STATE_BYTES_MAX } from './bookmarks';
import { type Connection, readOnlyError } from './connection';
import { Kind, textKey } from './keys';
import { EmbeddedReader } from './log-reader';
import type { LogState } from './log-state';
import type { ProducerRecord, TopicRecord } from './records';

export class EmbeddedLog implements Log {
  /** The last append of each producer that has not been answered yet. */
  private readonly sent = new Map<string, number>();

  constructor(
    private readonly connection: Connection | undefined,
    private readonly state: LogState,
  ) {}

  async createTopics(topics: readonly TopicSpec[]): Promise<void> {
    this.state.learn(await this.writer().ask<readonly TopicRecord[]>({ kind: 'topics', topics }));
  }

  async append({
    producer,
    sequence,
    previous,
    state,
    outputs,
  }: ProducerAppend): Promise<{ readonly duplicate: boolean }> {
    if (state && state.length > STATE_BYTES_MAX)
      throw new BackendError(
        `producer "${producer}" has ${state.length} bytes of state. Keep it below ${STATE_BYTES_MAX}.`,
      );
    const arena = layArena({ outputs, tables: [], computed: new Uint8Array(0) });
    const writer = this.writer();
    const behind = this.sent.get(producer);
    this.sent.set(producer, sequence);
    const { buffer, outputs: places } = arena;
    try {
      return await writer.ask<{ readonly duplicate: boolean }>(
        { kind: 'append', producer, sequence, previous, behind, state, buffer, outputs: places },
        [buffer],
      );
    } finally {
      if (this.sent.get(producer) === sequence) this.sent.delete(producer);
    }
  }

  producer(name: string): Promise<ProducerState | undefined> {
    this.state.view.refresh();
    const record = this.state.view.json<ProducerRecord>(textKey(Kind.Producer, name));
    if (!record) return Promise.resolve(undefined);
    const { sequence, state } = record;
    return Promise.resolve({
      sequence,
      state: state === undefined ? undefined : Buffer.from(state, 'base64'),
    });
  }

  reader(at: Progress, who: string | Reading): LogReader {
    return new EmbeddedReader(this.state, at, typeof who === 'string' ? who : who.name);
  }

  ends(partition: TopicPartition): { readonly first: number; readonly next: number } {
    return this.state.ends(this.state.topic(partition).number, partition.partition);
  }

  topics(): readonly TopicSpec[] {
    return this.state.all();
  }

  private writer(): Connection {
    if (!this.connection) throw readOnlyError();
    return this.connection;
  }
}
