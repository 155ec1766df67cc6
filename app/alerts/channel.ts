/** The courier of a channel, as the configuration has it. */

import type { Courier } from '../../sinks/alerts/courier';
import { CommandError, ExitCode } from '../exit-codes';
import type { ChannelConfig } from './alerts-config';
import { type HttpPlace, mailCourier, slackCourier, webhookCourier } from './couriers';
import { type SecretPlaces, secretOf } from './secrets';

/** Throws a CommandError where a secret is missing, or is no address. */
export function courierOf(channel: ChannelConfig, places: SecretPlaces, now: () => number): Courier {
  const tell = (field: string): string => `channel ${channel.name} of alerts, ${field}`;
  const secret = (reference: string | undefined, field: string): string | undefined =>
    reference === undefined ? undefined : secretOf(reference, tell(field), places);
  switch (channel.kind) {
    case 'slack':
      return slackCourier(placeOf(channel));
    case 'webhook':
      return webhookCourier(placeOf(channel), { secret: secret(channel.secret, 'secret'), now });
    case 'email':
      return mailCourier({ ...channel, user: channel.user, password: secret(channel.password, 'password') });
  }

  function placeOf({
    url,
    allowPrivate,
  }: {
    readonly url: string;
    readonly allowPrivate: boolean;
  }): HttpPlace {
    const text = secretOf(url, tell('url'), places);
    if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
      throw new CommandError(`${tell('url')}: what stands there is no http address.`, ExitCode.Usage);
    return { url: new URL(text), allowPrivate };
  }
}
