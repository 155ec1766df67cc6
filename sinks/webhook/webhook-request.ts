/**
 * A notice as a signed request for any program. The body is JSON; `breakwater-signature` holds the time of signing in seconds
 * and the HMAC-SHA256 of `time.body` under the secret that both sides know, in hex: who takes it computes the same, and
 * refuses what is older than five minutes. `idempotency-key` is the same whenever the notice is sent again.
 */
import { createHmac } from 'node:crypto';
import type { Notice } from '../alerts/notice';
import { headline } from '../alerts/notice';

export interface WebhookRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface WebhookSigning {
  /** None: it is not signed. */
  readonly secret: string | undefined;
  /** Seconds since 1970 UTC. */
  readonly seconds: number;
}

export function webhookRequest(notice: Notice, { secret, seconds }: WebhookSigning): WebhookRequest {
  const { id, alerts, more } = notice;
  const body = JSON.stringify({ version: 1, id, headline: headline(notice), alerts, more });
  return {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'idempotency-key': id,
      ...(secret !== undefined && { 'breakwater-signature': signatureOf(body, { secret, seconds }) }),
    },
    body,
  };
}

/** `t=1764547200,v1=…` */
export function signatureOf(
  body: string,
  { secret, seconds }: { readonly secret: string; readonly seconds: number },
): string {
  const digest = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${digest}`;
}
