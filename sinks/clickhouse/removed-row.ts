/**
 * The row by which a table of states says that a key is gone: its key, the time of its removal, which is when it was known,
 * and nothing in all other columns. A history keeps such rows; what holds now (`…_latest`) leaves their keys out.
 */
import { keyParser } from '../../runtime/stream/key-text';
import type { Topic } from '../../runtime/stream/topic';
import { type MessageCursor, REMOVED_AT } from '../../runtime/wire/messages';
import { type ColumnStore, REMOVED, tableColumns } from './table-columns';

const KNOWN_AT = 'knownAt';

const NOTHING: { readonly [Store in ColumnStore]: unknown } = {
  int32: 0,
  float64: Number.NaN,
  boolean: false,
  enum8: 0,
  long: 0,
  bigLong: 0n,
  decimal: 0n,
  text: '',
  nullableText: undefined,
  nullableInt32: undefined,
  nullableFloat64: undefined,
  nullableLong: undefined,
  nullableBigLong: undefined,
  bytes: new Uint8Array(0),
};

/** Answers the row of a tombstone, undefined where its key is none of the topic's. */
export function removedRows(topic: Topic): (message: MessageCursor) => object | undefined {
  const parse = keyParser(topic);
  const columns = tableColumns(topic);
  const nothing = Object.fromEntries(columns.map(({ name, store }) => [name, NOTHING[store]]));
  // Who asks what was known at some time goes by when it was known: a removal that is known since 1970 is overlooked.
  const clocks = columns
    .map(({ name }) => name)
    .filter((name) => name === topic.eventTime || name === KNOWN_AT);
  return (message) => {
    const key = parse(message.key());
    if (!key) return undefined;
    const removedAt = Number(message.headers().find(([name]) => name === REMOVED_AT)?.[1] ?? 0);
    const times = Object.fromEntries(clocks.map((name) => [name, removedAt]));
    return { ...nothing, ...times, ...key, [REMOVED]: true };
  };
}
