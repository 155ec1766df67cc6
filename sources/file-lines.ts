/**
 * The lines of a text file, in batches, plain or compressed: `.gz` is unpacked here, `.xz` by the program `xz`, since
 * Node has no reader for it.
 */
import { isUtf8 } from 'node:buffer';
import { spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { SourceError } from './source-error';

const CHUNK_BYTES = 1 << 18;
/** A line longer than this is no line of a record. */
const LINE_BYTES_MAX = 1 << 20;
const LINE_END = 10;
/** In place of a file's path: what is piped in. */
export const STANDARD_INPUT = '-';

export interface Lines {
  /** Row of the first line, counted from 1. */
  readonly firstRow: number;
  readonly lines: readonly string[];
  /** The last line of the file, and no line end behind it: whoever writes the file may not be through with it. */
  readonly isOpen: boolean;
}

/**
 * Reads a whole file; `xz` is the program to call. Throws a SourceError for what cannot be opened, unpacked or is not
 * text in lines, in UTF-8; what comes before has been given. Where a file may grow, the last character of a line without
 * an end may be cut short, and is left out.
 */
export async function* fileLines(file: string, { xz = 'xz', mayGrow = false } = {}): AsyncGenerator<Lines> {
  if (file !== STANDARD_INPUT) await checkReadable(file);
  let rest: Buffer = Buffer.alloc(0);
  let firstRow = 1;
  try {
    for await (const chunk of bytesOf(file, xz)) {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const end = bytes.lastIndexOf(LINE_END) + 1;
      rest = bytes.subarray(end);
      if (rest.length > LINE_BYTES_MAX) {
        const place = { file, row: firstRow + linesOf(bytes.subarray(0, end)).length };
        throw new SourceError(place, 'has more than 1 MiB', 'Is it a text file with one record a line?');
      }
      if (end === 0) continue;
      firstRow = yield* decoded(file, firstRow, bytes.subarray(0, end), false);
    }
  } catch (error) {
    if (error instanceof SourceError) throw error;
    throw new SourceError(
      { file },
      (error as Error).message,
      'The file may be cut short or damaged; copy it again.',
    );
  }
  if (rest.length === 0) return;
  const whole = mayGrow ? withoutTornEnd(rest) : rest;
  if (whole.length === 0) yield { firstRow, lines: [''], isOpen: true };
  else yield* decoded(file, firstRow, whole, true);
}

/** UTF-8 without the beginning of a last character whose other bytes are not there. */
function withoutTornEnd(bytes: Buffer): Buffer {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back]!;
    const isWithin = byte >= 0x80 && byte < 0xc0;
    if (isWithin) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? bytes.subarray(0, bytes.length - back) : bytes;
  }
  return bytes;
}

async function checkReadable(file: string): Promise<void> {
  await access(file, constants.R_OK).catch((error: NodeJS.ErrnoException) => {
    throw new SourceError({ file }, `cannot be read (${error.code})`, 'Check the path and its permissions.');
  });
}

/** Answers the row behind. Lines before one that is no UTF-8 are given before that is thrown. */
function* decoded(
  file: string,
  firstRow: number,
  bytes: Buffer,
  isOpen: boolean,
): Generator<Lines, number, undefined> {
  const good = isUtf8(bytes) ? bytes : bytes.subarray(0, endOfGood(bytes));
  let lines = linesOf(good).map(withoutReturn);
  if (firstRow === 1 && lines[0]?.startsWith(BYTE_ORDER_MARK))
    lines = [lines[0].slice(BYTE_ORDER_MARK.length), ...lines.slice(1)];
  if (lines.length > 0) yield { firstRow, lines, isOpen: isOpen && good === bytes };
  const row = firstRow + lines.length;
  if (good === bytes) return row;
  throw new SourceError({ file, row }, 'is no text in UTF-8', 'Save the file as UTF-8, or mend the line.');
}

const BYTE_ORDER_MARK = '\ufeff';

/** The text of whole lines, and of a last one without an end. */
function linesOf(bytes: Buffer): string[] {
  const lines = bytes.toString('utf8').split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function endOfGood(bytes: Buffer): number {
  for (let start = 0; ; ) {
    const found = bytes.indexOf(LINE_END, start);
    const end = found < 0 ? bytes.length : found + 1;
    if (!isUtf8(bytes.subarray(start, end))) return start;
    start = end;
  }
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);

function bytesOf(file: string, xz: string): AsyncIterable<Buffer> {
  if (file.endsWith('.xz')) return throughXz(file, xz);
  const from = file === STANDARD_INPUT ? { fd: 0 } : {};
  const raw = createReadStream(file, { highWaterMark: CHUNK_BYTES, ...from });
  if (!file.endsWith('.gz')) return raw;
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  raw.on('error', (error) => gunzip.destroy(error));
  gunzip.on('close', () => raw.destroy());
  return raw.pipe(gunzip);
}

/** `xz -dc FILE`. Its exit code counts: a damaged file must not pass for a short one. */
async function* throughXz(file: string, xz: string): AsyncGenerator<Buffer> {
  const child = spawn(xz, ['-dc', '--', file], { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (text: Buffer) => {
    complaint = (complaint + text.toString()).slice(0, 1000);
  });
  const ended = new Promise<string | undefined>((resolve) => {
    child.on('error', () => resolve(XZ_IS_MISSING));
    child.on('close', (code) => resolve(code === 0 ? undefined : complaint.trim() || `exit code ${code}`));
  });
  try {
    yield* child.stdout;
    const failure = await ended;
    if (failure === XZ_IS_MISSING) {
      throw new SourceError({ file }, XZ_IS_MISSING, 'Install it (xz-utils), or unpack the file first.');
    }
    if (failure !== undefined) throw new Error(failure);
  } finally {
    child.kill();
  }
}

const XZ_IS_MISSING = 'the program xz is needed to unpack it and is not here';
