/**
 * The section `alerts` of the configuration: who is told what is wrong. What is secret stands in the environment or in a
 * file, and the configuration says where.
 */
import { z } from 'zod';
import { SEVERITIES } from '../../sinks/alerts/alert';

const secret = z
  .string()
  .regex(/^(?:env:[A-Za-z_]\w*|file:.+)$/, 'say where it stands: "env:NAME" or "file:PATH"')
  .max(4096);
const address = z
  .string()
  .regex(/^[^\s<>@,;]+@[^\s<>@,;]+$/, 'is no mail address')
  .max(254);

const common = {
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'is at most 32 small letters, digits and hyphens')
    .describe('The channel is known by it: its progress is kept under it.'),
  leastSeverity: z.enum(SEVERITIES).default('warning').describe('Below this nothing is told here.'),
};
const http = {
  url: secret.describe('Where the address stands: it is as good as a password.'),
  allowPrivate: z
    .boolean()
    .default(false)
    .describe('Whether private and loopback addresses, and plain http, may be asked.'),
};

const channel = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('slack'), ...common, ...http }),
  z.strictObject({
    kind: z.literal('webhook'),
    ...common,
    ...http,
    secret: secret.optional().describe('Both sides know it; requests are signed with it.'),
  }),
  z.strictObject({
    kind: z.literal('email'),
    ...common,
    host: z.string().min(1).max(253),
    port: z.number().int().min(1).max(65_535).default(587),
    security: z.enum(['tls', 'starttls', 'none']).default('starttls'),
    user: z.string().max(320).optional(),
    password: secret.optional(),
    from: address,
    to: z.array(address).min(1).max(50),
  }),
]);

export type ChannelConfig = z.infer<typeof channel>;

export const alertsSchema = z
  .strictObject({
    channels: z
      .array(channel)
      .max(16)
      .default([])
      .refine(
        (channels) => new Set(channels.map(({ name }) => name)).size === channels.length,
        'two channels have one name',
      ),
  })
  .prefault({});
