/** Damage as disks do it: a flipped bit, a page of zeros, a file cut short. Seeded, so that a case can be had again. */
import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Damage {
  readonly number: number;
  readonly file: string;
  /** One of: the bit to flip, the byte from which a page is zeroed, or how many bytes are left. */
  readonly flip?: number;
  readonly zero?: number;
  readonly keep?: number;
}

const PAGE_BYTES = 4096;
const META_BYTES = 168;
const HEAD_BYTES = 64;

/** Park and Miller's generator: the same cases in every run. */
export function randoms(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

/** One case: seven in ten flip a bit, two zero a page, one cuts. A twentieth hits the small files. */
export function someDamage(
  number: number,
  dir: string,
  files: readonly string[],
  random: (below: number) => number,
): Damage {
  const file = random(20) === 0 ? files[random(files.length)]! : 'data.mdb';
  const { size } = statSync(join(dir, file));
  const kind = random(10);
  if (kind === 0) return { number, file, keep: random(size) };
  if (kind < 3) return { number, file, zero: random(Math.ceil(size / PAGE_BYTES)) * PAGE_BYTES };
  return {
    number,
    file,
    flip: 8 * (file === 'data.mdb' ? byteOfStore(size, random) : random(size)) + random(8),
  };
}

/**
 * Meta pages and the beginnings of pages, by which LMDB finds its way, are a small part of the file and the heart of it:
 * a tenth of the flips and three tenths.
 */
function byteOfStore(size: number, random: (below: number) => number): number {
  const place = random(10);
  if (place === 0) return random(2) * PAGE_BYTES + random(META_BYTES);
  if (place > 3) return random(size);
  return random(Math.floor(size / PAGE_BYTES)) * PAGE_BYTES + random(HEAD_BYTES);
}

export function inflict({ file, flip, zero, keep }: Damage, dir: string): void {
  const path = join(dir, file);
  if (keep !== undefined) truncateSync(path, keep);
  if (flip === undefined && zero === undefined) return;
  const content = readFileSync(path);
  if (flip !== undefined) content[flip >> 3]! ^= 1 << (flip & 7);
  if (zero !== undefined) content.fill(0, zero, Math.min(zero + PAGE_BYTES, content.length));
  writeFileSync(path, content);
}
