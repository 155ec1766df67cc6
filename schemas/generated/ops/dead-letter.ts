// Generated from schemas/dead-letter.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';

/** A message that could not be used, as it came, and why. */
export interface DeadLetter {
  /** Where it was read. */
  readonly topic: string;
  /** Where it was read. */
  readonly partition: number;
  /** Where it was read. */
  readonly offset: number;
  /** The rule that it broke, by its name. */
  readonly reason: string;
  /** What was found, for people. */
  readonly detail: string;
  /** Who set it aside: runtime, or the person who skipped it. */
  readonly by: string;
  /** The key as it came. */
  readonly key: Uint8Array;
  /** The value as it came, wire prefix and all. */
  readonly value: Uint8Array;
  /** When it was set aside. Unit: microseconds since 1970 UTC. */
  readonly time: number;
}

export const deadLetterCodec: RowsCodec<DeadLetter> = {
  layout: 'rows',
  record: 'breakwater.ops.DeadLetter',
  schema:
    '{"type":"record","name":"DeadLetter","namespace":"breakwater.ops","doc":"A message that could not be used, as it came, and why.","fields":[{"name":"topic","type":"string","doc":"Where it was read."},{"name":"partition","type":"int","doc":"Where it was read."},{"name":"offset","type":"long","doc":"Where it was read."},{"name":"reason","type":"string","doc":"The rule that it broke, by its name."},{"name":"detail","type":"string","doc":"What was found, for people."},{"name":"by","type":"string","doc":"Who set it aside: runtime, or the person who skipped it."},{"name":"key","type":"bytes","doc":"The key as it came."},{"name":"value","type":"bytes","doc":"The value as it came, wire prefix and all."},{"name":"time","type":{"type":"long","logicalType":"timestamp-micros"},"doc":"When it was set aside.","unit":"microseconds since 1970 UTC"}]}',
  encode(row, to) {
    to.string(row.topic);
    to.int(row.partition);
    to.long(row.offset);
    to.string(row.reason);
    to.string(row.detail);
    to.string(row.by);
    to.blob(row.key);
    to.blob(row.value);
    to.long(row.time);
  },
  decode: (from) => ({
    topic: from.string(),
    partition: from.int(),
    offset: from.long(),
    reason: from.string(),
    detail: from.string(),
    by: from.string(),
    key: from.blob(),
    value: from.blob(),
    time: from.long(),
  }),
};
