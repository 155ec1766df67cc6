/**
 * The database port on ClickHouse in process. Two connections: one that writes, and one that asks and stops what the
 * other is at. A request that takes too long is given up: its connection is thrown away, and the tag of its insert is
 * remembered as running until the engine has let go of it.
 */
import { join } from 'node:path';
import type { ClickHouseClient } from '@clickhouse/client';
import type { Clock } from '../../../runtime/ports/clock';
import {
  type BlockInsert,
  type Database,
  DatabaseError,
  DatabaseTimeoutError,
} from '../../../runtime/ports/database';
import { BlockFiles } from './block-files';
import { connectChdb } from './chdb';

export interface ChdbOptions {
  /** The engine's own folder, with room for blocks beside it. */
  readonly dir: string;
  readonly clock: Clock;
  readonly insertMicrosMax: number;
  /** For statements and questions: they may have to read a whole table. */
  readonly statementMicrosMax: number;
  /** How long a request that was told to stop is waited for before its end is doubted. */
  readonly stopMicrosMax: number;
}

export class ChdbDatabase implements Database {
  private readonly files: BlockFiles;
  private writer: ClickHouseClient | undefined;
  private asker: ClickHouseClient | undefined;
  /** Inserts that have not ended, by tag. */
  private readonly running = new Map<string, Promise<void>>();
  /** Of each connection, the last request. */
  private readonly last = {
    writer: Promise.resolve<unknown>(undefined),
    asker: Promise.resolve<unknown>(undefined),
  };

  constructor(private readonly options: ChdbOptions) {
    this.files = new BlockFiles(join(options.dir, 'blocks'));
  }

  command(sql: string): Promise<void> {
    return this.inTurn('writer', async () => {
      this.writer ??= this.connect();
      await this.within(this.options.statementMicrosMax, this.writer.command({ query: sql }), 'writer');
    });
  }

  rows<Row>(sql: string): Promise<readonly Row[]> {
    return this.inTurn('asker', () => {
      this.asker ??= this.connect();
      const answer = this.asker
        .query({ query: sql, format: 'JSONEachRow' })
        .then((result) => result.json<Row>());
      return this.within(this.options.statementMicrosMax, answer, 'asker');
    });
  }

  insert({ into, block, tag }: BlockInsert): Promise<void> {
    return this.inTurn('writer', () => {
      this.writer ??= this.connect();
      const path = this.files.write(block);
      const insert = this.writer
        .command({ query: `${into} SELECT * FROM file('${path}', Native)` })
        .then(() => undefined);
      this.track(tag, path, insert);
      return this.within(this.options.insertMicrosMax, insert, 'writer');
    });
  }

  async ended(tag: string): Promise<boolean> {
    const request = this.running.get(tag);
    if (!request) return true;
    // The engine lists a failed query until its connection is used again: only the request itself tells that it is over.
    await this.rows(`KILL QUERY WHERE position(query, '${tag}') > 0 AND query LIKE 'INSERT%' ASYNC`);
    await this.waitFor(request);
    return !this.running.has(tag);
  }

  async close(): Promise<void> {
    await Promise.all([this.last.writer, this.last.asker]);
    await this.writer?.close();
    await this.asker?.close();
  }

  private connect(): ClickHouseClient {
    return connectChdb(join(this.options.dir, 'data'));
  }

  private track(tag: string, path: string, insert: Promise<void>): void {
    const over = insert
      .catch(() => undefined)
      .then(() => {
        this.running.delete(tag);
        this.files.release(path);
      });
    this.running.set(tag, over);
  }

  /** One after the other: a connection runs one query at a time. */
  private inTurn<T>(connection: 'writer' | 'asker', work: () => Promise<T>): Promise<T> {
    const result = this.last[connection].then(work);
    this.last[connection] = result.catch(() => undefined);
    return result;
  }

  private async within<T>(micros: number, request: Promise<T>, connection: 'writer' | 'asker'): Promise<T> {
    let cancel = (): void => undefined;
    const late = new Promise<never>((_, reject) => {
      cancel = this.options.clock.after(micros, () => {
        this.throwAway(connection, request);
        reject(new DatabaseTimeoutError(`ClickHouse did not answer within ${micros / 1e6} s`));
      });
    });
    try {
      return await Promise.race([request, late]);
    } catch (error) {
      if (error instanceof DatabaseTimeoutError) throw error;
      throw new DatabaseError((error as Error).message, { cause: error });
    } finally {
      cancel();
    }
  }

  /** Closed once its request has ended: the engine would not survive it before. */
  private throwAway(connection: 'writer' | 'asker', request: Promise<unknown>): void {
    const client = this[connection];
    this[connection] = undefined;
    request.catch(() => undefined).then(() => client?.close());
  }

  private async waitFor(request: Promise<void>): Promise<void> {
    let cancel = (): void => undefined;
    const patience = new Promise<void>((resolve) => {
      cancel = this.options.clock.after(this.options.stopMicrosMax, resolve);
    });
    await Promise.race([request, patience]);
    cancel();
  }
}
