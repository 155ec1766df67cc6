/**
 * CRC-32 (IEEE 802.3, reflected, polynomial 0xEDB88320): the checksum of every stored value, and of books of some venues. Node computes it natively
 * from 20.15 and 22.2 on; elsewhere a table gives the same numbers, slowly.
 */
import * as zlib from 'node:zlib';

type Crc32 = (bytes: Uint8Array, before?: number) => number;

const POLYNOMIAL = 0xedb88320;

const table = Int32Array.from({ length: 256 }, (_, index) => {
  let rest = index;
  for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ POLYNOMIAL : rest >>> 1;
  return rest;
});

/** The fallback, exported so that a test can hold it against the native one. */
export const crc32ByTable: Crc32 = (bytes, before = 0) => {
  let rest = ~before;
  for (let index = 0; index < bytes.length; index += 1)
    rest = table[(rest ^ bytes[index]!) & 255]! ^ (rest >>> 8);
  return ~rest >>> 0;
};

/** CRC-32 of `bytes`, going on from the CRC of what came before them. */
export const crc32: Crc32 = (zlib as { readonly crc32?: Crc32 }).crc32 ?? crc32ByTable;
