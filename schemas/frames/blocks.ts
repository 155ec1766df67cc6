/** Reads an Avro array, in whatever blocks its writer cut it, into a typed array: the column of a frame. */
import { type ByteReader, MalformedError } from '../../runtime/wire/bytes';
import { withRoom } from './room';

/** More records than this in one frame are malformed: a frame is one message, and messages are bounded. */
export const FRAME_RECORDS_MAX = 1 << 20;

/** One column as read: the array, a wider one if it had to be, and how many values came. */
export interface ReadColumn<Values> {
  values: Values;
  readonly count: number;
}

export interface Items<Values> {
  readonly itemBytesMin: number;
  /** Reads `count` values into `into` from `start` on. */
  readonly read: (from: ByteReader, into: Values, start: number, count: number) => void;
}

export function readBlocks<Values extends Int32Array | Float64Array>(
  from: ByteReader,
  into: Values,
  start: number,
  items: Items<Values>,
): ReadColumn<Values> {
  let values = into;
  let total = 0;
  for (let block = from.long(); block !== 0; block = from.long()) {
    // A negative count is followed by the size of the block in bytes, for readers that skip it.
    const isSized = block < 0;
    const size = isSized ? from.long() : 0;
    const count = Math.abs(block);
    // Checked before any room is made: a few bytes must not be able to ask for gigabytes.
    if (count * items.itemBytesMin > from.end - from.at)
      throw new MalformedError(`a block of ${count} values in ${from.end - from.at} bytes`);
    if (total + count > FRAME_RECORDS_MAX)
      throw new MalformedError(`a frame of more than ${FRAME_RECORDS_MAX} records`);
    const blockStart = from.at;
    values = withRoom(values, start + total + count, start + total);
    items.read(from, values, start + total, count);
    if (isSized && from.at - blockStart !== size)
      throw new MalformedError(`a block of ${from.at - blockStart} bytes says that it has ${size}`);
    total += count;
  }
  return { values, count: total };
}
