/** `/metrics`, `/healthz` and `/readyz` on a loopback port. */
import fastify from 'fastify';
import type { Registry } from 'prom-client';
import { CommandError } from './exit-codes';

export interface HttpOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly metrics: Registry;
  /** What is wrong now; ready when empty. */
  readonly troubles: () => readonly string[];
}

/** More are turned away: they would share the job's thread. */
const CONNECTIONS_MAX = 32;
/** Whoever has not said what he wants by then is let go: he keeps the place of one who would. */
const REQUEST_MILLIS_MAX = 2000;
const IDLE_MILLIS_MAX = 5000;
const LOOK_MILLIS = 250;
const METRICS_MILLIS = 1000;

export interface HttpServer {
  readonly url: string;
  close(): Promise<void>;
}

export async function serveHttp({ host, port, metrics, troubles }: HttpOptions): Promise<HttpServer> {
  const server = fastify({
    forceCloseConnections: true,
    requestTimeout: REQUEST_MILLIS_MAX,
    keepAliveTimeout: IDLE_MILLIS_MAX,
    http: { headersTimeout: REQUEST_MILLIS_MAX, connectionsCheckingInterval: LOOK_MILLIS },
  });
  server.server.maxConnections = CONNECTIONS_MAX;
  const text = oncePerSecond(() => metrics.metrics());
  server.get('/metrics', async (_, reply) => reply.type(metrics.contentType).send(await text()));
  server.get('/healthz', () => ({ status: 'alive' }));
  server.get('/readyz', (_, reply) => {
    const wrong = troubles();
    return reply.code(wrong.length === 0 ? 200 : 503).send({ ready: wrong.length === 0, troubles: wrong });
  });
  try {
    const url = await server.listen({ host, port });
    return { url, close: () => server.close() };
  } catch (error) {
    await server.close();
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new CommandError(
      `port ${port} of ${host}, for metrics and health, is taken by another process. Set "http.port" in the configuration, or say --port 0 for any free one.`,
    );
  }
}

/** However many ask, it is made once a second. */
function oncePerSecond(make: () => Promise<string>): () => Promise<string> {
  let made: Promise<string> | undefined;
  return () => {
    made ??= make().finally(() => {
      setTimeout(() => {
        made = undefined;
      }, METRICS_MILLIS).unref();
    });
    return made;
  };
}
