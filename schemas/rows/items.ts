/** Reads an Avro array inside a row, in whatever blocks its writer cut it. */
import { type ByteReader, MalformedError } from '../../runtime/wire/bytes';

/** More items than this in one field are malformed: what grows without bound is a topic, not a field. */
const ITEMS_MAX = 1 << 16;

export function readItems<Item>(from: ByteReader, readItem: () => Item): Item[] {
  const items: Item[] = [];
  for (let block = from.long(); block !== 0; block = from.long()) {
    const size = block < 0 ? from.long() : undefined;
    const count = Math.abs(block);
    // Every item has a byte at least: a few bytes must not be able to ask for endless work.
    if (count > from.end - from.at)
      throw new MalformedError(`a block of ${count} items in ${from.end - from.at} bytes`);
    if (items.length + count > ITEMS_MAX)
      throw new MalformedError(`an array of more than ${ITEMS_MAX} items`);
    const start = from.at;
    for (let index = 0; index < count; index += 1) items.push(readItem());
    if (size !== undefined && from.at - start !== size)
      throw new MalformedError(`a block of ${from.at - start} bytes says that it has ${size}`);
  }
  return items;
}
