/**
 * The row by which a table of states says that a key is gone: its key, the time of its removal, and nothing in all other
 * columns. A history keeps such rows; what holds now (`…_latest`) leaves their keys out.
 */
import { keyParser } from '../../runtime/key-text';
import { type MessageCursor, REMOVED_AT } from '../../runtime/messages';
import type { Topic } from '../../runtime/topic';
import { type ColumnStore, REMOVED, tableColumns } from './table-columns';

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
  bytes: new Uint8Array(0),
};

/** Answers the row of a tombstone, undefined where its key is none of the topic's. */
export function removedRows(topic: Topic): (message: MessageCursor) => object | undefined {
  const parse = keyParser(topic);
  const nothing = Object.fromEntries(tableColumns(topic).map(({ name, store }) => [name, NOTHING[store]]));
  return (message) => {
    const key = parse(message.key());
    if (!key) return undefined;
    const removedAt = Number(message.headers().find(([name]) => name === REMOVED_AT)?.[1] ?? 0);
    const time = topic.eventTime === undefined ? {} : { [topic.eventTime]: removedAt };
    return { ...nothing, ...time, ...key, [REMOVED]: true };
  };
}
