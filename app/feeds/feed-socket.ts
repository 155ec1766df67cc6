/**
 * A connection to a venue's stream as an observable: what comes of it, one after another, until it is closed; it never
 * errors. Unsubscribing closes it. Messages and what waits to be sent are bounded.
 */
import { Observable } from 'rxjs';
import { WebSocket } from 'ws';

const MESSAGE_BYTES_MAX = 16 * 1024 * 1024;
const HANDSHAKE_MILLIS = 10_000;
const PING_MILLIS = 10_000;
const UNSENT_BYTES_MAX = 1024 * 1024;
/** How long a venue may take to answer that it closes, too. */
const CLOSE_MILLIS = 1000;

export interface FeedWire {
  send(text: string): void;
  close(reason: string): void;
}

export type WireEvent =
  | { readonly kind: 'opened'; readonly wire: FeedWire }
  | { readonly kind: 'text'; readonly text: string }
  /** A sign of life was answered after so many microseconds. */
  | { readonly kind: 'alive'; readonly roundTrip: number }
  | { readonly kind: 'closed'; readonly reason: string };

export const feedSocket = (url: string): Observable<WireEvent> =>
  new Observable((subscriber) => {
    const socket = new WebSocket(url, {
      perMessageDeflate: false,
      maxPayload: MESSAGE_BYTES_MAX,
      handshakeTimeout: HANDSHAKE_MILLIS,
    });
    let why: string | undefined;
    let pinged = Number.NaN;
    let pings: NodeJS.Timeout | undefined;
    const close = (reason: string): void => {
      why ??= reason;
      socket.close(1000);
      setTimeout(() => socket.terminate(), CLOSE_MILLIS).unref();
    };
    const send = (text: string): void => {
      if (socket.bufferedAmount > UNSENT_BYTES_MAX) close('the venue does not take what is said to it');
      else socket.send(text, () => undefined);
    };
    socket.on('open', () => {
      pings = setInterval(() => {
        pinged = performance.now();
        socket.ping(undefined, undefined, () => undefined);
      }, PING_MILLIS);
      socket.ping(undefined, undefined, () => undefined);
      pinged = performance.now();
      subscriber.next({ kind: 'opened', wire: { send, close } });
    });
    socket.on('message', (data) => {
      if (why === undefined) subscriber.next({ kind: 'text', text: String(data) });
    });
    socket.on('pong', () =>
      subscriber.next({ kind: 'alive', roundTrip: (performance.now() - pinged) * 1000 }),
    );
    socket.on('error', (error) => {
      why ??= error.message;
    });
    socket.on('close', (code, reason) => {
      clearInterval(pings);
      const said = reason.toString('utf8').slice(0, 100);
      subscriber.next({
        kind: 'closed',
        reason: why ?? `closed by the venue, ${code}${said && `: ${said}`}`,
      });
      subscriber.complete();
    });
    return () => {
      clearInterval(pings);
      why ??= 'stopped';
      socket.terminate();
    };
  });
