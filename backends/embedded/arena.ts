/**
 * Lays an epoch or an append out in one buffer that is handed over to the commit thread whole: every value of the
 * store stands in it with room for its header, so that nothing is copied there again.
 */
import { BackendError } from '../../runtime/ports/backend';
import type { TopicPartition } from '../../runtime/ports/epoch';
import type { TableChanges } from '../../runtime/tables/table';
import { crc32 } from '../../runtime/wire/crc32';
import { type Chunk, MESSAGE_PREFIX_BYTES, NONE } from '../../runtime/wire/messages';
import { LOG_HEADER_BYTES } from './log-entry';
import type { EntryPlace, TablePlace } from './protocol';
import { layTableEntry, tableEntryBytes } from './table-entry';

/** What one epoch or append may weigh: beyond this it is a bug, not a batch. */
export const ARENA_BYTES_MAX = 256 * 2 ** 20;
/** Longer runs of messages are cut into several entries: a reader takes at least one whole. */
const ENTRY_BYTES_MAX = 2 ** 20;

export interface ArenaOutput extends TopicPartition {
  readonly messages: Chunk;
}

export interface Arena {
  readonly buffer: ArrayBuffer;
  readonly outputs: readonly EntryPlace[];
  readonly tables: readonly TablePlace[];
  readonly computed: { readonly at: number; readonly length: number };
}

interface Piece {
  readonly output: ArenaOutput;
  readonly start: number;
  readonly end: number;
  /** Offset of its first message within the output. */
  readonly first: number;
  readonly count: number;
  readonly span: number;
}

export function layArena(parts: {
  readonly outputs: readonly ArenaOutput[];
  readonly tables: readonly TableChanges[];
  readonly computed: Uint8Array;
}): Arena {
  const pieces = parts.outputs.flatMap(piecesOf);
  const size =
    pieces.reduce((sum, { start, end }) => sum + LOG_HEADER_BYTES + end - start, parts.computed.length) +
    parts.tables.reduce((sum, { slots, bytes }) => sum + tableEntryBytes(slots.length, bytes.length), 0);
  if (size > ARENA_BYTES_MAX)
    throw new BackendError(
      `a commit of ${size} bytes exceeds the limit of ${ARENA_BYTES_MAX}. Cut epochs or appends smaller.`,
    );
  const arena = Buffer.from(new ArrayBuffer(size));
  let at = 0;
  const outputs = pieces.map((piece): EntryPlace => {
    const length = LOG_HEADER_BYTES + piece.end - piece.start;
    const place = layPiece(arena.subarray(at, at + length), piece, at);
    at += length;
    return place;
  });
  const tables = parts.tables.map((changes): TablePlace => {
    const length = tableEntryBytes(changes.slots.length, changes.bytes.length);
    layTableEntry(arena.subarray(at, at + length), changes);
    const { table, schema, nextSlot } = changes;
    at += length;
    return { table, schema, nextSlot, at: at - length, length, rows: changes.slots.length };
  });
  arena.set(parts.computed, at);
  return {
    buffer: arena.buffer as ArrayBuffer,
    outputs,
    tables,
    computed: { at, length: parts.computed.length },
  };
}

function layPiece(into: Buffer, { output, start, end, first, count, span }: Piece, at: number): EntryPlace {
  const messages = into.subarray(LOG_HEADER_BYTES);
  messages.set(output.messages.bytes.subarray(start, end));
  if (first > 0) shiftOffsets(messages, first);
  return {
    topic: output.topic,
    partition: output.partition,
    at,
    length: into.length,
    count,
    span,
    crc: crc32(messages),
  };
}

/** Offsets within a piece count from its own start. */
function shiftOffsets(messages: Buffer, first: number): void {
  for (let at = 0; at < messages.length; at += messageBytes(messages, at))
    messages.writeUInt32LE(messages.readUInt32LE(at) - first, at);
}

const messageBytes = (messages: Buffer, at: number): number =>
  MESSAGE_PREFIX_BYTES +
  lengthAt(messages, at + 4) +
  lengthAt(messages, at + 8) +
  lengthAt(messages, at + 12);

function lengthAt(messages: Buffer, at: number): number {
  const length = messages.readUInt32LE(at);
  return length === NONE ? 0 : length;
}

function piecesOf(output: ArenaOutput): readonly Piece[] {
  const { bytes, count, baseOffset, nextOffset } = output.messages;
  if (count === 0) return [];
  if (bytes.length <= ENTRY_BYTES_MAX)
    return [{ output, start: 0, end: bytes.length, first: 0, count, span: nextOffset - baseOffset }];
  const pieces: Piece[] = [];
  for (let at = 0, index = 0; at < bytes.length; ) {
    const start = at;
    const first = bytes.readUInt32LE(at);
    const before = index;
    do {
      at += messageBytes(bytes, at);
      index += 1;
    } while (at < bytes.length && at - start + messageBytes(bytes, at) <= ENTRY_BYTES_MAX);
    const next = at < bytes.length ? bytes.readUInt32LE(at) : nextOffset - baseOffset;
    pieces.push({ output, start, end: at, first, count: index - before, span: next - first });
  }
  return pieces;
}
