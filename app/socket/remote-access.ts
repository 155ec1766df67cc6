/** What commands need, from the process that holds the folder: the other end of `serve-access.ts`. */
import { type IncomingMessage, request } from 'node:http';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type {
  Access,
  Appended,
  Hold,
  ProduceRequest,
  ProducerPlace,
  SkipRequest,
  TailRecord,
  TailRequest,
} from '../access';
import type { CheckReport } from '../check-report';
import { CommandError, type ExitCode } from '../exit-codes';
import { toWire } from './wire';

/** How long the first answer may take: it costs nothing. */
const PATIENCE_MILLIS = 10_000;

const STATUS = '/status';
/** What the system says of a connection whose other end is gone. */
const BROKEN = ['ECONNRESET', 'EPIPE'];

const ENDED = 'the process that holds the data folder ended before it had answered. Ask again.';

export class RemoteAccess implements Access {
  readonly through = 'socket';

  private constructor(private readonly path: string) {}

  /**
   * Undefined when nobody listens: there is no socket, or one that is left from a process that died. Throws a CommandError
   * where somebody listens and does not answer: a process that was stopped holds its folder all the same.
   */
  static async connect(
    path: string,
    { patienceMillis = PATIENCE_MILLIS } = {},
  ): Promise<RemoteAccess | undefined> {
    const access = new RemoteAccess(path);
    const signal = AbortSignal.timeout(patienceMillis);
    try {
      await access.json('GET', STATUS, undefined, signal);
      return access;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ECONNREFUSED') return undefined;
      if (signal.aborted)
        throw new CommandError(
          `whoever holds the data folder does not answer at ${path}: it is stopped, or has no time. Let it go on (kill -CONT), or end it.`,
        );
      throw error;
    }
  }

  produce({ records, ...rest }: ProduceRequest): Promise<Appended> {
    return this.json('POST', '/produce', { ...rest, records: records.map(toWire) });
  }

  producer(name: string): Promise<ProducerPlace> {
    return this.json('GET', `/producers/${encodeURIComponent(name)}`);
  }

  partitions(topic: string): Promise<number> {
    return this.json('GET', `/partitions/${encodeURIComponent(topic)}`);
  }

  async *tail(tail: TailRequest, signal: AbortSignal): AsyncGenerator<readonly TailRecord[]> {
    try {
      for await (const line of this.lines('/tail', tail, signal)) yield JSON.parse(line);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  query(sql: string, format: string, signal?: AbortSignal): AsyncIterable<string> {
    return this.pieces('/query', { sql, format }, signal);
  }

  check(): Promise<CheckReport> {
    return this.json('POST', '/check', {});
  }

  async skip(skip: SkipRequest): Promise<void> {
    await this.json('POST', '/skip', skip);
  }

  holds(): Promise<readonly Hold[]> {
    return this.json('GET', '/holds');
  }

  async forget(reader: string): Promise<void> {
    await this.json('POST', '/forget', { reader });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private async *lines(route: string, body: unknown, signal: AbortSignal): AsyncGenerator<string> {
    yield* createInterface({ input: Readable.from(this.pieces(route, body, signal)) });
  }

  private async *pieces(route: string, body: unknown, signal?: AbortSignal): AsyncGenerator<string> {
    const answer = await this.send({ method: 'POST', route, body, signal });
    yield* textsOf(answer);
    if (!answer.complete) throw new CommandError(ENDED);
  }

  private async json<Answer>(
    method: 'GET' | 'POST',
    route: string,
    body?: unknown,
    signal?: AbortSignal,
  ): Promise<Answer> {
    return JSON.parse(await textOf(await this.send({ method, route, body, signal })));
  }

  private async send({ method, route, body, signal }: Sent): Promise<IncomingMessage> {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = body === undefined ? {} : { 'content-type': 'application/json' };
      const sent = request({ socketPath: this.path, path: route, method, headers, signal }, resolve);
      sent.on('error', (error) => reject(signal?.aborted === true ? error : endedOr(error, route)));
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
    if (answer.statusCode === 200) return answer;
    const { message, exitCode } = JSON.parse(await textOf(answer)) as {
      message: string;
      exitCode?: ExitCode;
    };
    throw new CommandError(message, exitCode);
  }
}

interface Sent {
  readonly method: 'GET' | 'POST';
  readonly route: string;
  readonly body: unknown;
  readonly signal?: AbortSignal | undefined;
}

async function textOf(answer: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of textsOf(answer)) text += piece;
  return text;
}

async function* textsOf(answer: IncomingMessage): AsyncGenerator<string> {
  answer.setEncoding('utf8');
  try {
    yield* answer as AsyncIterable<string>;
  } catch (error) {
    throw endedOr(error as Error);
  }
}

/** Whoever asks for the status finds out whether anybody listens; all others have been told that somebody does. */
function endedOr(error: NodeJS.ErrnoException, route = ''): Error {
  const gone = route === STATUS ? BROKEN : [...BROKEN, 'ECONNREFUSED', 'ENOENT'];
  return gone.includes(error.code ?? '') ? new CommandError(ENDED) : error;
}
