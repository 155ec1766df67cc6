/**
 * One POST to a provider: with a time by which it has to be over, no redirect followed, no more of the answer read than a
 * person would, and no address asked that is not of the world unless that is allowed. The address is looked at when it is
 * connected to, so that a name cannot lead elsewhere afterwards.
 */
import { lookup } from 'node:dns';
import { type IncomingHttpHeaders, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { DeliveryError } from '../../runtime/ports/delivery';
import { isPrivateAddress } from './private-addresses';

export interface PostRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Private and loopback addresses, and plain http, are refused unless this is set. */
  readonly allowPrivate: boolean;
  readonly timeoutMillis: number;
  readonly stop: AbortSignal;
}

const ANSWER_MAX = 2_000;
/** What says that the notice itself is wrong; all else may pass: a wrong address or key is mended by a person. */
const REFUSALS: ReadonlySet<number> = new Set([400, 413, 415, 422]);

/** Resolves when the answer is 2xx. Rejects with a DeliveryError that says what was answered. Never tells the URL's path. */
export async function post(request: PostRequest): Promise<undefined> {
  const { status, text, retryAfter } = await answerOf(request);
  if (status >= 200 && status < 300) return undefined;
  const isElsewhere = status >= 300 && status < 400;
  const said = isElsewhere
    ? 'a redirect, which is not followed'
    : `${status}${text === '' ? '' : `: ${text.slice(0, 200)}`}`;
  throw new DeliveryError(`${request.url.host} answered ${said}`, {
    isRefused: REFUSALS.has(status),
    ...(retryAfter !== undefined && { retryAfterMicros: retryAfter }),
  });
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly retryAfter: number | undefined;
}

function answerOf({ url, headers, body, allowPrivate, timeoutMillis, stop }: PostRequest): Promise<Answer> {
  const refusal = allowPrivate ? undefined : refusalOf(url);
  if (refusal !== undefined) return Promise.reject(new DeliveryError(refusal));
  const signal = AbortSignal.any([stop, AbortSignal.timeout(timeoutMillis)]);
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const failed = (error: Error): void =>
      reject(new DeliveryError(`${url.host}: ${whyOf(error, timeoutMillis)}`));
    const outgoing = send(
      url,
      {
        method: 'POST',
        headers: { ...headers, 'content-length': Buffer.byteLength(body), 'user-agent': 'breakwater' },
        signal,
        agent: false,
        ...(!allowPrivate && { lookup: publicLookup }),
      },
      (incoming) => {
        let text = '';
        incoming.setEncoding('utf8');
        incoming.on('data', (piece: string) => {
          text += piece.slice(0, ANSWER_MAX - text.length);
          if (text.length >= ANSWER_MAX) incoming.destroy();
        });
        incoming.on('error', failed);
        incoming.on('close', () =>
          incoming.complete || text.length >= ANSWER_MAX
            ? resolve({
                status: incoming.statusCode ?? 0,
                text,
                retryAfter: microsOf(incoming.headers),
              })
            : failed(new Error('the answer broke off')),
        );
      },
    );
    outgoing.on('error', failed);
    outgoing.end(body);
  });
}

function refusalOf({ protocol, hostname, host }: URL): string | undefined {
  if (protocol !== 'https:')
    return `${host} is asked by ${protocol.slice(0, -1)}: only https is, unless "allowPrivate" is set`;
  const address = hostname.replace(/^\[|\]$/g, '');
  return isIP(address) && isPrivateAddress(address) ? privateText(host) : undefined;
}

const privateText = (host: string): string =>
  `${host} leads to a private or loopback address, which is not asked unless "allowPrivate" is set`;

const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '', 0);
    const bad = addresses.find(({ address }) => isPrivateAddress(address));
    const [first] = addresses;
    if (bad || !first) return callback(new Error(privateText(hostname)), '', 0);
    if (options.all) return callback(null, addresses);
    return callback(null, first.address, first.family);
  });
};

const whyOf = (error: Error, timeoutMillis: number): string =>
  error.name === 'TimeoutError' || (error as { code?: string }).code === 'ABORT_ERR'
    ? `no answer in ${timeoutMillis / 1000} s`
    : error.message;

/** Seconds, or a date by the clock of whoever answers (RFC 9110, 10.2.3); at most an hour. */
function microsOf({ date = '', 'retry-after': after }: IncomingHttpHeaders): number | undefined {
  if (after === undefined) return undefined;
  const seconds = /^\d+$/.test(after) ? Number(after) : (Date.parse(after) - Date.parse(date)) / 1000;
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), 3600) * 1e6 : undefined;
}
