/** ClickHouse as the main thread sees it: a thread that follows committed topics, says how far it is, and answers. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { holdEngine } from '../../backends/embedded/clickhouse/chdb';
import { BackendError, type Log } from '../../runtime/ports/backend';
import type { FollowerStatus } from '../../sinks/clickhouse/follower-status';
import type { ClickhouseAsk, ClickhouseReply, ClickhouseRequest, ClickhouseThreadSettings } from './protocol';

export interface ClickhouseThreadOptions extends ClickhouseThreadSettings {
  readonly log: Pick<Log, 'topics' | 'ends'>;
  /** Told of everything out of the ordinary, for the log. */
  readonly onTrouble: (trouble: Readonly<Record<string, unknown>>) => void;
}

interface Waiting {
  readonly resolve: (value: Uint8Array | undefined) => void;
  readonly reject: (error: Error) => void;
}

/** How much of an answer is handed on at once. */
const PIECE_CHARACTERS = 64 * 1024;

export class ClickhouseThread {
  private readonly waiting = new Map<number, Waiting>();
  private nextId = 1;
  private followers: readonly FollowerStatus[] = [];
  private gone: Error | undefined;

  private constructor(
    private readonly worker: Worker,
    private readonly options: ClickhouseThreadOptions,
  ) {}

  /** Resolves once tables are migrated and followed. Rejects with what stands in the way. */
  static async start(options: ClickhouseThreadOptions): Promise<ClickhouseThread> {
    const { share, dir, lingerMicros, retentionDays = {} } = options;
    holdEngine();
    const worker = new Worker(join(__dirname, 'worker.js'), {
      workerData: { share, dir, lingerMicros, retentionDays } satisfies ClickhouseThreadSettings,
      transferList: [share.port],
    });
    const thread = new ClickhouseThread(worker, options);
    await new Promise<void>((resolve, reject) => {
      const lost = (error: Error): void => {
        thread.lose(error);
        reject(error);
      };
      worker.on('error', lost);
      worker.on('exit', () => lost(new BackendError('the thread of ClickHouse has ended.')));
      worker.on('message', (reply: ClickhouseReply) => {
        if (reply.kind === 'ready') resolve();
        else if (reply.kind === 'failed') lost(new BackendError(reply.message));
        else thread.receive(reply);
      });
    }).catch(async (error) => {
      await worker.terminate();
      throw error;
    });
    return thread;
  }

  /** One status for each topic partition that is followed, at most a quarter of a second old. */
  status(): readonly FollowerStatus[] {
    return this.followers;
  }

  /** One line for each table: the worst of its partitions. */
  statuses(): readonly {
    readonly name: string;
    readonly lagSeconds: number;
    readonly trouble: string | undefined;
  }[] {
    const tables = new Map<string, FollowerStatus[]>();
    for (const status of this.followers)
      tables.set(status.table, [...(tables.get(status.table) ?? []), status]);
    return [...tables].map(([table, partitions]) => ({
      name: `clickhouse.${table}`,
      // What has ended never catches up.
      lagSeconds: this.gone
        ? Number.POSITIVE_INFINITY
        : Math.max(...partitions.map(({ lagMicros }) => lagMicros)) / 1e6,
      trouble: this.gone?.message ?? (partitions.find(({ reason }) => reason !== '')?.reason || undefined),
    }));
  }

  /** Resolves when everything committed before is in the tables, or the follower of a table has stopped. */
  async drained(): Promise<void> {
    const { log } = this.options;
    const ends = log.topics().flatMap(({ name: topic, partitions }) =>
      Array.from({ length: partitions }, (_, partition) => ({
        topic,
        partition,
        next: log.ends({ topic, partition }).next,
      })),
    );
    await this.ask({ kind: 'drain', ends });
  }

  /** The answer to a question, in one of ClickHouse's output formats, piece by piece. Binary formats: `queryBytes`. */
  async *query(sql: string, format: string, signal?: AbortSignal): AsyncGenerator<string> {
    const text = (await this.queryBytes(sql, format, signal)).toString('utf8');
    for (let at = 0; at < text.length; ) {
      const end = pieceEnd(text, at);
      yield text.slice(at, end);
      at = end;
    }
  }

  /** The signal gives the question up. */
  async queryBytes(sql: string, format: string, signal?: AbortSignal): Promise<Buffer> {
    const question = this.nextId;
    const cancel = (): void => void this.ask({ kind: 'cancel', question }).catch(() => undefined);
    const answering = this.ask({ kind: 'query', sql, format });
    signal?.addEventListener('abort', cancel);
    try {
      if (signal?.aborted) cancel();
      const answer = await answering;
      return answer ? Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength) : Buffer.alloc(0);
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  async close(): Promise<void> {
    if (this.gone) return;
    await this.ask({ kind: 'close' });
    this.gone = new BackendError('ClickHouse is closed.');
    await this.worker.terminate();
  }

  private ask(ask: ClickhouseAsk): Promise<Uint8Array | undefined> {
    if (this.gone) return Promise.reject(this.gone);
    const id = this.nextId;
    this.nextId += 1;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ id, ask } satisfies ClickhouseRequest);
    });
  }

  private receive(reply: ClickhouseReply): void {
    if (reply.kind === 'status') this.followers = reply.followers;
    if (reply.kind === 'trouble') this.options.onTrouble(reply.trouble);
    if (reply.kind !== 'answer' && reply.kind !== 'refused') return;
    const waiting = this.waiting.get(reply.id);
    this.waiting.delete(reply.id);
    if (reply.kind === 'answer') waiting?.resolve(reply.value);
    else waiting?.reject(new BackendError(reply.message));
  }

  private lose(error: Error): void {
    this.gone ??= error;
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}

/** Never between the two halves of a character: each piece is written as UTF-8 by itself. */
function pieceEnd(text: string, start: number): number {
  const end = start + PIECE_CHARACTERS;
  const code = text.charCodeAt(end - 1);
  return code >= 0xd800 && code < 0xdc00 ? end + 1 : end;
}
