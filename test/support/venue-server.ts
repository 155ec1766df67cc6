/**
 * A venue on this machine: a stream by WebSocket and answers by HTTP, as the test says them. What is said to it is kept.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

export class VenueServer {
  readonly said: string[] = [];
  readonly asked: string[] = [];
  /** By the beginning of the path; undefined answers 503. */
  readonly answers = new Map<string, () => string | undefined>();
  /** What to do with each connection. */
  onConnection: (socket: WebSocket, connection: number) => void = () => undefined;
  private readonly sockets = new Set<WebSocket>();
  private readonly waiting = new Set<() => void>();
  private connections = 0;

  private constructor(
    private readonly http: Server,
    private readonly streams: WebSocketServer,
  ) {}

  static async open(): Promise<VenueServer> {
    const http = createServer();
    const server = new VenueServer(http, new WebSocketServer({ server: http }));
    http.on('request', (request, response) => {
      const path = request.url ?? '';
      server.asked.push(path);
      const answer = [...server.answers].find(([start]) => path.startsWith(start))?.[1]();
      response.statusCode = answer === undefined ? 503 : 200;
      response.end(answer ?? 'not now');
      server.changed();
    });
    server.streams.on('connection', (socket) => {
      server.sockets.add(socket);
      socket.on('close', () => server.sockets.delete(socket));
      socket.on('message', (data) => {
        server.said.push(String(data));
        server.changed();
      });
      server.onConnection(socket, server.connections);
      server.connections += 1;
      server.changed();
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get connected(): number {
    return this.connections;
  }

  get stream(): string {
    return `ws://127.0.0.1:${(this.http.address() as AddressInfo).port}`;
  }

  get requests(): string {
    return this.stream.replace('ws:', 'http:');
  }

  send(...texts: readonly string[]): void {
    for (const socket of this.sockets) for (const text of texts) socket.send(text);
  }

  /** Bytes as they are, past WebSocket's own framing. */
  raw(bytes: Uint8Array): void {
    for (const socket of this.sockets) (socket as unknown as { _socket: Socket })._socket.write(bytes);
  }

  /** Ends every connection as if the network had gone. */
  drop(): void {
    for (const socket of this.sockets) socket.terminate();
  }

  /** Resolves as soon as it is so. */
  async until(what: () => boolean): Promise<void> {
    while (!what()) await new Promise<void>((resolve) => this.waiting.add(resolve));
  }

  async close(): Promise<void> {
    this.drop();
    this.streams.close();
    this.http.closeAllConnections();
    await new Promise((resolve) => this.http.close(resolve));
  }

  private changed(): void {
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }
}
