/** What may stand in the bodies that come over the socket: whoever writes to it need not be a command of this program. */
import { z } from 'zod';
import { CommandError, ExitCode } from '../exit-codes';

const text = z.string();
const count = z.number().int().min(0);
const place = z.union([
  z.literal('start'),
  z.strictObject({ offset: z.number() }),
  z.strictObject({ last: z.number() }),
]);

export const bodies = {
  /** Records are looked at one by one, see `wire.ts`. */
  produce: z.object({
    producer: text,
    sequence: z.number(),
    after: count.optional(),
    state: text.optional(),
    records: z.array(z.unknown()),
  }),
  skip: z.object({ topic: text, partition: count, offset: z.number(), by: text, why: text }),
  forget: z.object({ reader: text }),
  query: z.object({ sql: text, format: text }),
  tail: z.object({ topic: text, partition: count, from: place, follow: z.boolean() }),
};

/** Throws a CommandError that says where a body is not what it must be. */
export function bodyOf<Body>(schema: z.ZodType<Body>, body: unknown): Body {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  throw new CommandError(`this cannot be asked:\n${z.prettifyError(read.error)}`, ExitCode.Usage);
}
