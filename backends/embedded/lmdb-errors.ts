/** What LMDB says, told apart: damage that it ran into, or an outage that passes. */
import { CorruptionError } from '../../runtime/ports/backend';

/** Of LMDB's own errors all but those of its limits: the file is not what it wrote. */
const DAMAGE =
  /^(MDB_(?!(MAP_FULL|DBS_FULL|READERS_FULL|TLS_FULL|TXN_FULL|MAP_RESIZED|BAD_RSLOT|LOCK_FAILURE)\b)[A-Z_]+\b|internal error, index points)/;

export const isDamage = (error: unknown): boolean =>
  error instanceof CorruptionError || (error instanceof Error && DAMAGE.test(error.message));

/** An error of LMDB's that means damage as one that says so; any other as it is. */
export function asDamage(error: Error): Error {
  if (error instanceof CorruptionError || !isDamage(error)) return error;
  return new CorruptionError(
    `LMDB found damage of its own: ${error.message}. Restore the folder from a copy; "breakwater check" lists what is damaged.`,
    { cause: error },
  );
}
