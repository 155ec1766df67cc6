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

export interface HttpServer {
  readonly url: string;
  close(): Promise<void>;
}

export async function serveHttp({ host, port, metrics, troubles }: HttpOptions): Promise<HttpServer> {
  const server = fastify({ forceCloseConnections: true });
  server.get('/metrics', async (_, reply) => reply.type(metrics.contentType).send(await metrics.metrics()));
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
