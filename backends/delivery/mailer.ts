/** Mails, by a server that speaks SMTP. */
import { createTransport } from 'nodemailer';
import { DeliveryError } from '../../runtime/ports/delivery';

export interface MailPlace {
  readonly host: string;
  readonly port: number;
  /** From the first byte; asked for after the greeting, and a must; or none. */
  readonly security: 'tls' | 'starttls' | 'none';
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly from: string;
  readonly to: readonly string[];
  readonly timeoutMillis: number;
}

export interface Mail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
  /** Mails with the same make one thread. */
  readonly thread: string;
}

/**
 * Resolves when the server has taken it for anybody, with a remark where not for all: sent again it would come twice to
 * those others. Rejects with a DeliveryError.
 */
export type Mailer = (mail: Mail) => Promise<string | undefined>;

/** Answers of a server by which the mail itself is wrong: too large, or no mail at all (RFC 5321, 4.2.3). */
const REFUSALS: ReadonlySet<number | undefined> = new Set([552, 554]);

export function mailerTo(place: MailPlace): Mailer {
  const { host, port, security, user, password, from, to, timeoutMillis } = place;
  const transport = createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user !== undefined && { auth: { user, pass: password ?? '' } }),
    connectionTimeout: timeoutMillis,
    greetingTimeout: timeoutMillis,
    socketTimeout: timeoutMillis,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return async ({ thread, ...mail }) => {
    const sent = await transport
      .sendMail({ ...mail, from, to: [...to], inReplyTo: thread, references: thread })
      .catch((error: Error & { readonly responseCode?: number }) => {
        throw new DeliveryError(`${host}:${port}: ${error.message}`, {
          isRefused: REFUSALS.has(error.responseCode),
        });
      });
    const missed = sent.rejected.map(String);
    return missed.length === 0 ? undefined : `${host}:${port} does not take mail for ${missed.join(', ')}`;
  };
}
