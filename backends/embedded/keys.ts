/**
 * The one key space of the store: a kind, then big-endian numbers, so that LMDB's order of bytes is the order of
 * offsets, epochs and sequences. Every value carries a checksum over its key as well: a value found under another's
 * key is damage, not data.
 */

/** The first byte of a key. The numbers are the stored format: never reuse one. */
export const Kind = {
  /** Format, owner, counter of commits. */
  Store: 1,
  /** A text that records refer to by number: schemas of tables. */
  Text: 2,
  Topic: 3,
  /** First and next offset of a topic partition. */
  Ends: 4,
  /** One append: a run of messages. */
  Log: 5,
  Task: 6,
  Epoch: 7,
  /** What one epoch changed in one table, or what compaction gathered. */
  Table: 8,
  Producer: 9,
  Bookmark: 10,
  Skip: 11,
  Schema: 12,
  Subject: 13,
  Name: 14,
  /** What a task was left as: the phases of its life. */
  Shape: 15,
} as const;
export type Kind = (typeof Kind)[keyof typeof Kind];

export const KEY_TEXT_BYTES_MAX = 512;

const TWO_32 = 2 ** 32;

/** A key of 32-bit numbers. */
export function keyOf(kind: Kind, ...numbers: readonly number[]): Buffer {
  const key = Buffer.allocUnsafe(1 + 4 * numbers.length);
  key[0] = kind;
  for (let index = 0; index < numbers.length; index += 1) key.writeUInt32BE(numbers[index]!, 1 + 4 * index);
  return key;
}

/** A key that ends in a text. */
export function textKey(kind: Kind, text: string): Buffer {
  const key = Buffer.from(`\0${text}`);
  if (key.length > KEY_TEXT_BYTES_MAX)
    throw new RangeError(
      `"${text.slice(0, 40)}…" has more than ${KEY_TEXT_BYTES_MAX} bytes. Use a shorter name.`,
    );
  key[0] = kind;
  return key;
}

/** A key whose last number may go beyond 32 bits: offsets, epochs, sequences. */
export function longKey(kind: Kind, first: number, second: number, long: number): Buffer {
  return keyOf(kind, first, second, Math.floor(long / TWO_32), long % TWO_32);
}

export const textOfKey = (key: Buffer): string => key.toString('utf8', 1);
export const numberOfKey = (key: Buffer, index: number): number => key.readUInt32BE(1 + 4 * index);
export const longOfKey = (key: Buffer): number => key.readUInt32BE(9) * TWO_32 + key.readUInt32BE(13);

export const logKey = (topic: number, partition: number, base: number): Buffer =>
  longKey(Kind.Log, topic, partition, base);
export const epochKey = (task: number, epoch: number): Buffer => longKey(Kind.Epoch, task, 0, epoch);
export const tableKey = (task: number, table: number, sequence: number): Buffer =>
  longKey(Kind.Table, task, table, sequence);
