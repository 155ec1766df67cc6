/**
 * The lines of a text file, in batches, plain or compressed: `.gz` is unpacked here, `.xz` by the program `xz`, since
 * Node has no reader for it.
 */
import { spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';
import { createGunzip } from 'node:zlib';
import { SourceError } from './source-error';

const CHUNK_BYTES = 1 << 18;
/** A line longer than this is no line of a record. */
const LINE_CHARACTERS_MAX = 1 << 20;

export interface Lines {
  /** Row of the first line, counted from 1. */
  readonly firstRow: number;
  readonly lines: readonly string[];
}

/** Reads a whole file; `xz` is the program to call. Throws a SourceError for what cannot be opened, unpacked or is not text in lines. */
export async function* fileLines(file: string, { xz = 'xz' } = {}): AsyncGenerator<Lines> {
  await access(file, constants.R_OK).catch((error: NodeJS.ErrnoException) => {
    throw new SourceError({ file }, `cannot be read (${error.code})`, 'Check the path and its permissions.');
  });
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let firstRow = 1;
  try {
    for await (const chunk of bytesOf(file, xz)) {
      const lines = (rest + decoder.write(chunk)).split('\n');
      rest = lines.pop()!;
      if (rest.length > LINE_CHARACTERS_MAX) {
        const place = { file, row: firstRow + lines.length };
        throw new SourceError(place, 'has more than 1 MiB', 'Is it a text file with one record a line?');
      }
      if (lines.length > 0) yield { firstRow, lines: lines.map(withoutReturn) };
      firstRow += lines.length;
    }
  } catch (error) {
    if (error instanceof SourceError) throw error;
    throw new SourceError(
      { file },
      (error as Error).message,
      'The file may be cut short or damaged; copy it again.',
    );
  }
  rest += decoder.end();
  if (rest !== '') yield { firstRow, lines: [withoutReturn(rest)] };
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);

function bytesOf(file: string, xz: string): AsyncIterable<Buffer> {
  if (file.endsWith('.xz')) return throughXz(file, xz);
  const raw = createReadStream(file, { highWaterMark: CHUNK_BYTES });
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
