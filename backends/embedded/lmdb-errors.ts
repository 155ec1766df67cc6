/** What LMDB says, told apart: damage that it ran into, or an outage that passes. */
import { CorruptionError } from '../../runtime/ports/backend';

const DAMAGE =
  /^(MDB_(CORRUPTED|PAGE_NOTFOUND|PANIC|INVALID|BAD_TXN|CURSOR_FULL|BAD_VALSIZE)\b|internal error, index points)/;

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
