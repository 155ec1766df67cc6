/** Who brings notices: by Slack's incoming webhooks, by a signed request, by mail. */
import { post } from '../../backends/delivery/http-post';
import { type MailPlace, mailerTo } from '../../backends/delivery/mailer';
import type { Courier } from '../../sinks/alerts/courier';
import { emailMessage } from '../../sinks/email/email-message';
import { slackMessage } from '../../sinks/slack/slack-message';
import { webhookRequest } from '../../sinks/webhook/webhook-request';

const TIMEOUT_MILLIS = 10_000;

export interface HttpPlace {
  readonly url: URL;
  /** Whether private and loopback addresses, and plain http, may be asked. */
  readonly allowPrivate: boolean;
}

export const slackCourier = ({ url, allowPrivate }: HttpPlace): Courier => ({
  deliver: (notice, stop) =>
    post({
      url,
      allowPrivate,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(slackMessage(notice)),
      timeoutMillis: TIMEOUT_MILLIS,
      stop,
    }),
});

export const webhookCourier = (
  { url, allowPrivate }: HttpPlace,
  { secret, now }: { readonly secret: string | undefined; readonly now: () => number },
): Courier => ({
  deliver(notice, stop) {
    const request = webhookRequest(notice, { secret, seconds: Math.floor(now() / 1e6) });
    return post({ url, allowPrivate, ...request, timeoutMillis: TIMEOUT_MILLIS, stop });
  },
});

export function mailCourier(place: Omit<MailPlace, 'timeoutMillis'>): Courier {
  const send = mailerTo({ ...place, timeoutMillis: TIMEOUT_MILLIS });
  const domain = place.from.slice(place.from.lastIndexOf('@') + 1);
  return { deliver: (notice) => send(emailMessage(notice, domain)) };
}
