/**
 * One append to one topic partition as it lies in the store: a header of 48 bytes, then the messages as they came.
 *
 *   0 u32 CRC of key and header │ 4 u8 format │ 5 u8 flags │ 8 u32 CRC of the messages │ 12 u32 count
 *   16 u32 span (next offset − base) │ 20 u32 bytes │ 24 f64 appended at, micros │ 32 u32 writer │ 40 f64 epoch or sequence
 *
 * Little-endian. The base offset is in the key. The checksum of the messages is taken by the thread that wrote them, so
 * that it covers their whole way; the commit thread only fills in the header, in place.
 */
import { CorruptionError } from '../../runtime/ports/backend';
import { crc32 } from '../../runtime/wire/crc32';
import type { Chunk } from '../../runtime/wire/messages';
import { longOfKey, numberOfKey } from './keys';

export const LOG_HEADER_BYTES = 48;
const FORMAT = 1;

/** The lowest bit is set on entries of snapshots that earlier versions wrote; nothing asks for it. */
export const Flag = { Compacted: 2 } as const;

/** What the writing thread says of its messages. */
export interface Written {
  readonly count: number;
  readonly span: number;
  readonly crc: number;
}

export interface LogEntry {
  readonly base: number;
  readonly next: number;
  readonly count: number;
  readonly crc: number;
  readonly flags: number;
  readonly appendedAt: number;
  readonly writer: number;
  readonly sequence: number;
  /** The messages, in place. */
  readonly bytes: Buffer;
}

export interface Origin {
  readonly appendedAt: number;
  /** Number of the task, or NO_TASK. */
  readonly writer: number;
  readonly sequence: number;
}

/** The writer of what no task wrote: producers, names. */
export const NO_TASK = 0xffffffff;

/** Fills in the header of an entry that has its messages in place. */
export function sealEntry(key: Buffer, entry: Buffer, written: Written & Origin, flags: number): void {
  entry.fill(0, 0, LOG_HEADER_BYTES);
  entry[4] = FORMAT;
  entry[5] = flags;
  entry.writeUInt32LE(written.crc, 8);
  entry.writeUInt32LE(written.count, 12);
  entry.writeUInt32LE(written.span, 16);
  entry.writeUInt32LE(entry.length - LOG_HEADER_BYTES, 20);
  entry.writeDoubleLE(written.appendedAt, 24);
  entry.writeUInt32LE(written.writer, 32);
  entry.writeDoubleLE(written.sequence, 40);
  entry.writeUInt32LE(crc32(entry.subarray(4, LOG_HEADER_BYTES), crc32(key)), 0);
}

/** Reads an entry and verifies its header; `verifyMessages` also what follows. Throws CorruptionError. */
export function openEntry(key: Buffer, entry: Buffer): LogEntry {
  const base = longOfKey(key);
  const good =
    entry.length >= LOG_HEADER_BYTES &&
    entry.readUInt32LE(0) === crc32(entry.subarray(4, LOG_HEADER_BYTES), crc32(key)) &&
    entry[4] === FORMAT &&
    entry.readUInt32LE(20) === entry.length - LOG_HEADER_BYTES;
  if (!good) throw damagedEntry(key, 'its header does not fit its checksum');
  return {
    base,
    next: base + entry.readUInt32LE(16),
    count: entry.readUInt32LE(12),
    crc: entry.readUInt32LE(8),
    flags: entry[5]!,
    appendedAt: entry.readDoubleLE(24),
    writer: entry.readUInt32LE(32),
    sequence: entry.readDoubleLE(40),
    bytes: entry.subarray(LOG_HEADER_BYTES),
  };
}

/** The messages of an entry as a chunk, verified and in place. Throws CorruptionError. */
export function messagesOf(key: Buffer, entry: LogEntry): Chunk {
  if (crc32(entry.bytes) !== entry.crc) throw damagedEntry(key, 'its messages do not fit their checksum');
  const { base: baseOffset, next: nextOffset, count, bytes, appendedAt } = entry;
  return { baseOffset, nextOffset, count, bytes, appendedAt };
}

export const damagedEntry = (key: Buffer, what: string): CorruptionError =>
  new CorruptionError(
    `topic number ${numberOfKey(key, 0)}, partition ${numberOfKey(key, 1)}, offset ${longOfKey(key)}: ${what}. Restore the folder from a copy; "breakwater check" lists what is damaged.`,
  );
