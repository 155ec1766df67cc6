/**
 * Which partition a record belongs to: murmur2 of the routing text's UTF-8 bytes, as Kafka's Java client computes it
 * (org.apache.kafka.common.utils.Utils.murmur2), so that producers in other languages agree.
 */
const MULTIPLIER = 0x5bd1e995;
const SEED = 0x9747b28c;

export function murmur2(bytes: Uint8Array): number {
  const { length } = bytes;
  let hash = SEED ^ length;
  let at = 0;
  for (; at + 4 <= length; at += 4) {
    let word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    word = Math.imul(word, MULTIPLIER);
    word ^= word >>> 24;
    word = Math.imul(word, MULTIPLIER);
    hash = Math.imul(hash, MULTIPLIER) ^ word;
  }
  const rest = length - at;
  if (rest === 3) hash ^= bytes[at + 2]! << 16;
  if (rest >= 2) hash ^= bytes[at + 1]! << 8;
  if (rest >= 1) hash = Math.imul(hash ^ bytes[at]!, MULTIPLIER);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, MULTIPLIER);
  return hash ^ (hash >>> 15);
}

export function partitionOf(routingText: string, partitions: number): number {
  return partitions === 1 ? 0 : (murmur2(Buffer.from(routingText)) & 0x7fffffff) % partitions;
}
