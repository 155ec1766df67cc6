/**
 * Questions of people and programs to ClickHouse in process: read only, on a connection of their own, one at a time,
 * with limits that a question cannot change.
 */
import { join } from 'node:path';
import type { ClickHouseClient, DataFormat } from '@clickhouse/client';
import type { Clock } from '../../../runtime/clock';
import { DatabaseError, DatabaseTimeoutError } from '../../../runtime/database';
import { connectChdb } from './chdb';

export interface QueryLimits {
  readonly seconds: number;
  readonly resultRows: number;
  readonly resultBytes: number;
  readonly memoryBytes: number;
  /** Questions that may wait for the one that runs. */
  readonly waiting: number;
}

export const QUERY_LIMITS: QueryLimits = {
  seconds: 60,
  resultRows: 1_000_000,
  resultBytes: 256 * 1024 * 1024,
  memoryBytes: 2 * 1024 * 1024 * 1024,
  waiting: 16,
};

const FORMAT = /^[A-Za-z][A-Za-z0-9]*$/;
/** The engine looks at its clock between blocks only: so much later the connection is given up. */
const GRACE_SECONDS = 5;

export class ReadOnlyQueries {
  private client: Promise<ClickHouseClient> | undefined;
  private turn: Promise<unknown> = Promise.resolve();
  private waiting = 0;

  constructor(
    private readonly options: {
      readonly dir: string;
      readonly database: string;
      readonly clock: Clock;
      readonly limits?: QueryLimits;
    },
  ) {}

  /** The answer in one of ClickHouse's output formats, unless the question names another itself. */
  async run(sql: string, format: string): Promise<Buffer> {
    const { waiting } = this.limits;
    if (!FORMAT.test(format))
      throw new DatabaseError(`"${format}" is no output format. Use one of ClickHouse, such as JSONEachRow.`);
    if (this.waiting >= waiting)
      throw new DatabaseError(`${waiting} questions wait already. Ask again when they are answered.`);
    this.waiting += 1;
    const answer = this.turn.then(() => this.ask(sql, format));
    this.turn = answer.catch(() => undefined);
    try {
      return await answer;
    } finally {
      this.waiting -= 1;
    }
  }

  async close(): Promise<void> {
    await this.turn;
    await (await this.client)?.close();
    this.client = undefined;
  }

  private get limits(): QueryLimits {
    return this.options.limits ?? QUERY_LIMITS;
  }

  private async ask(sql: string, format: string): Promise<Buffer> {
    this.client ??= this.connect();
    const client = await this.client;
    const answer = read(client, sql, format);
    const { seconds } = this.limits;
    let cancel = (): void => undefined;
    const late = new Promise<never>((_, reject) => {
      cancel = this.options.clock.after((seconds + GRACE_SECONDS) * 1e6, () => {
        this.client = undefined;
        answer.catch(() => undefined).then(() => client.close());
        reject(
          new DatabaseTimeoutError(`no answer within ${seconds} s. Ask for less, or for a shorter time.`),
        );
      });
    });
    return Promise.race([answer, late]).finally(cancel);
  }

  private async connect(): Promise<ClickHouseClient> {
    const client = connectChdb(join(this.options.dir, 'data'));
    const { seconds, resultRows, resultBytes, memoryBytes } = this.limits;
    const settings = [
      `max_execution_time = ${seconds}`,
      `max_result_rows = ${resultRows}`,
      `max_result_bytes = ${resultBytes}`,
      `max_memory_usage = ${memoryBytes}`,
      `result_overflow_mode = 'throw'`,
      'max_threads = 1',
    ];
    await client.command({ query: `USE ${this.options.database}` });
    for (const setting of settings) await client.command({ query: `SET ${setting}` });
    await client.command({ query: 'SET readonly = 1' });
    return client;
  }
}

async function read(client: ClickHouseClient, sql: string, format: string): Promise<Buffer> {
  try {
    const { stream } = await client.exec({
      query: sql,
      clickhouse_settings: { default_format: format as DataFormat },
    });
    const pieces: Buffer[] = [];
    for await (const piece of stream) pieces.push(piece as Buffer);
    return Buffer.concat(pieces);
  } catch (error) {
    throw new DatabaseError((error as Error).message, { cause: error });
  }
}
