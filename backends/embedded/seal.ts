/**
 * Small records: JSON or bytes behind a checksum that covers the key as well. LMDB reads a flipped bit back as data;
 * this is what turns it into an error.
 */
import { CorruptionError } from '../../runtime/ports/backend';
import { crc32 } from '../../runtime/wire/crc32';

const SEAL_BYTES = 4;

export function seal(key: Uint8Array, payload: Uint8Array): Buffer {
  const sealed = Buffer.allocUnsafe(SEAL_BYTES + payload.length);
  sealed.set(payload, SEAL_BYTES);
  sealed.writeUInt32LE(crc32(payload, crc32(key)), 0);
  return sealed;
}

/** The payload, in place. Throws CorruptionError. */
export function unseal(key: Uint8Array, sealed: Buffer): Buffer {
  const payload = sealed.subarray(SEAL_BYTES);
  if (sealed.length < SEAL_BYTES || sealed.readUInt32LE(0) !== crc32(payload, crc32(key)))
    throw new CorruptionError(
      `the record under key ${Buffer.from(key).toString('hex')} is damaged: its checksum does not fit. Restore the folder from a copy; "breakwater check" lists what is damaged.`,
    );
  return payload;
}

export const sealJson = (key: Uint8Array, value: unknown): Buffer =>
  seal(key, Buffer.from(JSON.stringify(value)));

/** The caller names the type: a fitting checksum says that this very program wrote it. */
export const unsealJson = <T>(key: Uint8Array, sealed: Buffer): T =>
  JSON.parse(unseal(key, sealed).toString()) as T;
