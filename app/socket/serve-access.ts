/**
 * The socket of a data folder: the process that holds it does for other commands what they need, one route for each
 * method of `Access`. Only the folder's owner may connect.
 *
 * The folder is held when this is called, so a socket that lies there is left from a process that died.
 */
import { chmodSync, rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import type { Access } from '../access';
import { CommandError, ExitCode } from '../exit-codes';
import { bodies, bodyOf } from './bodies';
import { produceOf } from './wire';

/** Taken apart in one go: so much holds the loop for some hundredths of a second. */
const BODY_BYTES_MAX = 4 << 20;

export interface ServedAccess {
  readonly path: string;
  close(): Promise<void>;
}

export async function serveAccess(
  access: Access,
  { path, status }: { readonly path: string; readonly status: () => unknown },
): Promise<ServedAccess> {
  rmSync(path, { force: true });
  const server = fastify({ bodyLimit: BODY_BYTES_MAX, forceCloseConnections: true });
  server.setErrorHandler((error, _, reply) => {
    const message = error instanceof Error ? error.message : String(error);
    const exitCode = exitCodeOf(error);
    return reply.code(exitCode === ExitCode.Usage ? 400 : 500).send({ message, exitCode });
  });
  addRoutes(server, access, status);
  await server.listen({ path });
  chmodSync(path, 0o600);
  return { path, close: () => server.close() };
}

/** What is no request at all is the asker's mistake, too. */
function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CommandError) return error.exitCode;
  const { statusCode = 500 } = error as { readonly statusCode?: number };
  return statusCode < 500 ? ExitCode.Usage : ExitCode.Failure;
}

function addRoutes(server: FastifyInstance, access: Access, status: () => unknown): void {
  server.get('/status', () => status());
  server.get<{ Params: { name: string } }>('/producers/:name', ({ params }) => access.producer(params.name));
  server.get<{ Params: { topic: string } }>('/partitions/:topic', async ({ params }, reply) =>
    reply.type('application/json').send(JSON.stringify(await access.partitions(params.topic))),
  );
  server.post('/produce', ({ body }) => access.produce(produceOf(body)));
  server.post('/skip', async ({ body }) => {
    await access.skip(bodyOf(bodies.skip, body));
    return {};
  });
  server.get('/holds', () => access.holds());
  server.post('/forget', async ({ body }) => {
    await access.forget(bodyOf(bodies.forget, body).reader);
    return {};
  });
  server.post('/check', () => access.check());
  server.post('/query', async ({ body }, reply) => {
    const { sql, format } = bodyOf(bodies.query, body);
    const answer = access.query(sql, format, untilClosed(reply));
    return reply.type('text/plain').send(await streamOf(answer, (piece) => piece));
  });
  server.post('/tail', async ({ body }, reply) => {
    const batches = access.tail(bodyOf(bodies.tail, body), untilClosed(reply));
    const lines = await streamOf(batches, (records) => `${JSON.stringify(records)}\n`);
    return reply.type('application/x-ndjson').send(lines);
  });
}

/** Aborted when nobody is there any more to whom the answer goes. */
function untilClosed(reply: FastifyReply): AbortSignal {
  const stopped = new AbortController();
  reply.raw.on('close', () => stopped.abort());
  return stopped.signal;
}

/** Waits for the first item: what is wrong with a request shows there, while a refusal can still be answered. */
async function streamOf<Item>(
  source: AsyncIterable<Item>,
  textOf: (item: Item) => string,
): Promise<Readable> {
  const items = source[Symbol.asyncIterator]();
  const first = await items.next();
  return Readable.from(texts(first, items, textOf));
}

async function* texts<Item>(
  first: IteratorResult<Item>,
  rest: AsyncIterator<Item>,
  textOf: (item: Item) => string,
): AsyncGenerator<string> {
  try {
    for (let next = first; !next.done; next = await rest.next()) yield textOf(next.value);
  } finally {
    await rest.return?.();
  }
}
