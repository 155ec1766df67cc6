/**
 * What stands around LMDB in a data folder, so that damage is found before anything is mapped: LMDB reads a flipped bit
 * back as data, dies of SIGBUS on a truncated file, and takes the older of its two meta pages if the newer looks older.
 *
 *   FORMAT    one line of text, the first thing any version reads
 *   witness   the last transaction that was acknowledged, and how long the file was then; rewritten after every commit
 *
 * The witness is not flushed: after a loss of power it may be behind, never ahead. A store behind its witness has lost
 * what was acknowledged.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { BackendError, CorruptionError } from '../../runtime/ports/backend';
import { crc32 } from '../../runtime/wire/crc32';
import { checkPages } from './check-pages';
import { newestMeta } from './meta-pages';
import { dataFile } from './store';

/** 1: as it began. 2: tasks carry the shape of their job. */
export const FORMAT = 2;
const FORMAT_LINE = /^breakwater data folder, format (\d+)\n$/;

/** Creates what a new folder needs, or refuses one that this version must not touch. */
export function prepareFolder(dir: string, mayCreate: boolean): void {
  const format = createdFormat(dir, mayCreate);
  if (format > FORMAT)
    throw new BackendError(
      `${dir} is of format ${format}, and this version reads up to ${FORMAT}. Run the version that wrote it, or a later one.`,
    );
  if (format < FORMAT)
    throw new BackendError(
      `${dir} is of format ${format}, and this version writes ${FORMAT}. Copy the folder, then say "breakwater upgrade": versions before this one will refuse it from then on.`,
    );
}

/** The format of a folder; a new one gets that of this version. */
export function createdFormat(dir: string, mayCreate: boolean): number {
  const file = join(dir, 'FORMAT');
  if (!existsSync(file)) {
    if (existsSync(dataFile(dir)))
      throw new CorruptionError(
        `${dir} holds data, but its file FORMAT is missing. Restore the folder from a copy.`,
      );
    if (!mayCreate)
      throw new BackendError(`${dir} is not a data folder. Start once, or name another folder.`);
    writeWitness(openWitness(dir, 'w'), { transaction: 0, fileBytes: 0 }, true);
    writeFormat(dir);
  }
  const format = Number(FORMAT_LINE.exec(readFileSync(file, 'latin1'))?.[1]);
  if (!(format >= 1))
    throw new CorruptionError(
      `${file} is damaged: it does not say which format the folder has. Restore it from a copy.`,
    );
  return format;
}

/** Says that the folder is of this version's format: at once, or not at all. */
export function writeFormat(dir: string): void {
  const file = join(dir, 'FORMAT');
  writeFlushed(`${file}.new`, `breakwater data folder, format ${FORMAT}\n`);
  renameSync(`${file}.new`, file);
}

function writeFlushed(file: string, text: string): void {
  const handle = openSync(file, 'w');
  writeSync(handle, text);
  fsyncSync(handle);
  closeSync(handle);
}

export interface Witness {
  readonly transaction: number;
  readonly fileBytes: number;
}

const WITNESS_BYTES = 20;
const GIVEN_UP_BYTES_MAX = 2 ** 20;
/** Long values of larger stores are left to "breakwater check": a start should not read all there is. */
const LOOKED_INTO_BYTES_MAX = 2 ** 30;

export const openWitness = (dir: string, mode: 'w' | 'r' | 'r+'): number =>
  openSync(join(dir, 'witness'), mode);

export function writeWitness(handle: number, { transaction, fileBytes }: Witness, flush = false): void {
  const bytes = Buffer.alloc(WITNESS_BYTES);
  bytes.writeDoubleLE(transaction, 4);
  bytes.writeDoubleLE(fileBytes, 12);
  bytes.writeUInt32LE(crc32(bytes.subarray(4)), 0);
  writeSync(handle, bytes, 0, WITNESS_BYTES, 0);
  if (!flush) return;
  fsyncSync(handle);
  closeSync(handle);
}

function readWitness(dir: string): Witness {
  if (!existsSync(join(dir, 'witness')))
    throw new CorruptionError(`the file witness of ${dir} is missing. Restore the folder from a copy.`);
  const bytes = readFileSync(join(dir, 'witness'));
  if (bytes.length !== WITNESS_BYTES || bytes.readUInt32LE(0) !== crc32(bytes.subarray(4)))
    throw new CorruptionError(`the file witness of ${dir} is damaged. Restore the folder from a copy.`);
  return { transaction: bytes.readDoubleLE(4), fileBytes: bytes.readDoubleLE(12) };
}

/**
 * Holds LMDB's two meta pages against each other, the file's length and the witness, then looks at every page of its trees. Throws CorruptionError.
 * The caller owns the folder, so that nothing moves meanwhile.
 *
 * Pages that a transaction allotted and gave up again at the end of the file were never written. Where the witness does
 * not speak against it such a file is made as long as its meta page says: zeros are errors, a missing page is SIGBUS.
 */
export function checkDataFile(
  dir: string,
  { mayExtend, every = false }: { readonly mayExtend: boolean; readonly every?: boolean },
): void {
  const witness = readWitness(dir);
  const file = dataFile(dir);
  const fileBytes = existsSync(file) ? statSync(file).size : 0;
  if (fileBytes < witness.fileBytes) throw truncated(file, fileBytes, witness.fileBytes);
  if (fileBytes === 0) return;
  const meta = newestMeta(file);
  const { pageBytes, lastPage, transaction } = meta;
  if (transaction < witness.transaction)
    throw new CorruptionError(
      `${file} stands at transaction ${transaction}, but ${witness.transaction} was acknowledged. Restore the folder from a copy.`,
    );
  const needed = (lastPage + 1) * pageBytes;
  if (fileBytes < needed) {
    if (!mayExtend || needed - fileBytes > GIVEN_UP_BYTES_MAX) throw truncated(file, fileBytes, needed);
    truncateSync(file, needed);
  }
  checkPages({ file, meta, overflow: every || meta.main.overflows * pageBytes < LOOKED_INTO_BYTES_MAX });
}

const truncated = (file: string, found: number, needed: number): CorruptionError =>
  new CorruptionError(
    `${file} has ${found} bytes where ${needed} were written: it is truncated. Restore the folder from a copy.`,
  );
