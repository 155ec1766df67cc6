/**
 * Questions of people and programs to ClickHouse in process: one SELECT over the project's tables (`question.ts`), each
 * on a connection of its own, one at a time, with limits that a question cannot change. A connection that was used is
 * thrown away: the engine leaves what one answer did not fetch to the next one of the same connection.
 */
import { join } from 'node:path';
import type { ClickHouseClient, DataFormat } from '@clickhouse/client';
import type { Clock } from '../../../runtime/ports/clock';
import { DatabaseError, DatabaseTimeoutError } from '../../../runtime/ports/database';
import { allowedFunctions, type EngineFunction, FUNCTIONS_SQL } from './allowed-functions';
import { connectChdb } from './chdb';
import { type Question, type QuestionRules, questionOf } from './question';

export interface QueryLimits {
  readonly seconds: number;
  readonly resultRows: number;
  readonly resultBytes: number;
  readonly memoryBytes: number;
  /** Questions that may wait for the one that runs. */
  readonly waiting: number;
  /** Questions that were given up and that the engine still is at; each may hold its memory. */
  readonly abandoned: number;
}

export const QUERY_LIMITS: QueryLimits = {
  seconds: 60,
  resultRows: 1_000_000,
  resultBytes: 256 * 1024 * 1024,
  memoryBytes: 2 * 1024 * 1024 * 1024,
  waiting: 16,
  abandoned: 1,
};

/** Formats of text that need no schema from a file. */
const FORMAT =
  /^(Pretty|CSV|TSV|TabSeparated|JSON)[A-Za-z]*$|^(Vertical|Markdown|XML|Values|Null|Native|RowBinary)$/;
/** The engine looks at its clock between blocks only: so much later the connection is given up. */
const GRACE_SECONDS = 5;
/** How long a question that was told to stop is waited for. */
const STOP_MICROS = 4_000_000;
const KILL_AGAIN_MICROS = 100_000;

export interface ReadOnlyOptions {
  readonly dir: string;
  readonly database: string;
  readonly clock: Clock;
  readonly limits?: QueryLimits;
}

export class ReadOnlyQueries {
  private rules: Promise<QuestionRules> | undefined;
  private turn: Promise<unknown> = Promise.resolve();
  private waiting = 0;
  private abandoned = 0;
  private asked = 0;
  /** Ends the one that runs. */
  private readonly closing = new AbortController();

  constructor(private readonly options: ReadOnlyOptions) {}

  /**
   * The answer in one of ClickHouse's output formats, unless the question names another itself. The signal gives a
   * question up that nobody waits for any more. Throws a DatabaseError for what may not be asked.
   */
  async run(sql: string, format: string, signal?: AbortSignal): Promise<Buffer> {
    const { waiting } = this.limits;
    if (this.waiting >= waiting)
      throw new DatabaseError(`${waiting} questions wait already. Ask again when they are answered.`);
    this.waiting += 1;
    const stop = AbortSignal.any([this.closing.signal, ...(signal ? [signal] : [])]);
    const answer = this.turn.then(() => this.ask(sql, format, stop));
    this.turn = answer.catch(() => undefined);
    try {
      return await answer;
    } finally {
      this.waiting -= 1;
    }
  }

  /** Stops what runs; what the engine does not let go of by then ends with the process. */
  async close(): Promise<void> {
    this.closing.abort();
    await this.turn;
  }

  private get limits(): QueryLimits {
    return this.options.limits ?? QUERY_LIMITS;
  }

  private async ask(sql: string, format: string, stop: AbortSignal): Promise<Buffer> {
    if (stop.aborted) throw new DatabaseError('the question was given up.');
    if (this.abandoned > this.limits.abandoned)
      throw new DatabaseError(
        `the engine is still at ${this.abandoned} questions that were given up. Ask again when it has let go of them.`,
      );
    this.rules ??= this.readRules();
    const rules = await this.rules.catch((error) => {
      this.rules = undefined;
      throw error;
    });
    const question = await this.once((client) =>
      questionOf((one) => read(client, one, 'TSVRaw').then(String), sql, rules),
    );
    const shown = question.format ?? format;
    if (!FORMAT.test(shown))
      throw new DatabaseError(
        `"${shown.slice(0, 40)}" is no output format for questions. Use one such as JSONEachRow, CSVWithNames or PrettyCompact.`,
      );
    return this.answer(question, shown, stop);
  }

  private async answer({ sql }: Question, format: string, stop: AbortSignal): Promise<Buffer> {
    this.asked += 1;
    const tag = `breakwater-question-${this.asked}`;
    const client = await this.connect();
    const answer = read(client, `${sql}\n/* ${tag} */`, format);
    answer.catch(() => undefined).then(() => client.close());
    const { seconds } = this.limits;
    const cleanUp: (() => void)[] = [];
    let given: Error | undefined;
    const late = new Promise<never>((_, reject) => {
      const giveUp = (error: Error): void => {
        given = error;
        const leave = (): void => {
          this.abandoned += 1;
          const gone = (): void => {
            this.abandoned -= 1;
          };
          answer.then(gone, gone);
          reject(error);
        };
        cleanUp.push(this.options.clock.after(STOP_MICROS, leave));
        void this.killUntil(answer, tag);
      };
      const limit = `no answer within ${seconds} s. Ask for less, or for a shorter time.`;
      cleanUp.push(
        this.options.clock.after((seconds + GRACE_SECONDS) * 1e6, () =>
          giveUp(new DatabaseTimeoutError(limit)),
        ),
      );
      const stopped = (): void => giveUp(new DatabaseError('the question was given up.'));
      stop.addEventListener('abort', stopped);
      if (stop.aborted) stopped();
      cleanUp.push(() => stop.removeEventListener('abort', stopped));
    });
    try {
      return await Promise.race([answer, late]);
    } catch (error) {
      throw given ?? error;
    } finally {
      for (const undo of cleanUp) undo();
    }
  }

  /** The engine may not list the question yet when it is told for the first time. */
  private async killUntil(answer: Promise<unknown>, tag: string): Promise<void> {
    let ended = false;
    const end = answer.then(
      () => undefined,
      () => undefined,
    );
    void end.then(() => {
      ended = true;
    });
    while (!ended) {
      await this.once((client) =>
        client.command({ query: `KILL QUERY WHERE position(query, '/* ${tag} */') > 0 ASYNC` }),
      ).catch(() => undefined);
      await Promise.race([end, new Promise<void>((go) => this.options.clock.after(KILL_AGAIN_MICROS, go))]);
    }
  }

  private async readRules(): Promise<QuestionRules> {
    const { database } = this.options;
    const [functions, databases] = await this.once(async (client) => [
      lines<EngineFunction>(await read(client, FUNCTIONS_SQL, 'JSONEachRow')),
      lines<{ readonly name: string }>(
        await read(client, 'SELECT name FROM system.databases', 'JSONEachRow'),
      ).map(({ name }) => name),
    ]);
    return { database, databases, isAllowedFunction: allowedFunctions(functions) };
  }

  /** On a connection for this alone. */
  private async once<T>(work: (client: ClickHouseClient) => Promise<T>): Promise<T> {
    const client = connectChdb(join(this.options.dir, 'data'));
    try {
      return await work(client);
    } finally {
      await client.close();
    }
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
      // Between blocks the engine looks whether it should stop.
      'max_block_size = 8192',
      'max_threads = 1',
      'allow_ddl = 0',
      'allow_introspection_functions = 0',
    ];
    await client.command({ query: `USE ${this.options.database}` });
    for (const setting of settings) await client.command({ query: `SET ${setting}` });
    await client.command({ query: 'SET readonly = 1' });
    return client;
  }
}

const lines = <Row>(answer: Buffer): Row[] =>
  answer
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);

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
