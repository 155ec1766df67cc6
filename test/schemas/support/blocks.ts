/** Avro arrays cut into blocks in every way that the specification allows. */

import type { Type } from 'avsc';
import fc from 'fast-check';
import { varint } from './avro';

/** Where an array is cut into blocks, and whether a block tells its size in bytes. */
export interface Blocking {
  readonly cuts: readonly number[];
  readonly sized: readonly boolean[];
}

export const blockings: fc.Arbitrary<Blocking> = fc.record({
  cuts: fc.array(fc.nat({ max: 40 }), { maxLength: 5 }),
  sized: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
});

export const ONE_BLOCK: Blocking = { cuts: [], sized: [false] };

export function arrayBytes(type: Type, items: readonly unknown[], { cuts, sized }: Blocking): Buffer {
  const bounds = [
    0,
    ...new Set(cuts.filter((cut) => cut > 0 && cut < items.length).sort((a, b) => a - b)),
    items.length,
  ];
  const blocks = bounds.slice(1).map((end, index) => {
    const block = items.slice(bounds[index]!, end).map((item) => type.toBuffer(item));
    if (block.length === 0) return Buffer.alloc(0);
    const bytes = Buffer.concat(block);
    const count = BigInt(block.length);
    return Buffer.concat(
      sized[index] ? [varint(-count), varint(BigInt(bytes.length)), bytes] : [varint(count), bytes],
    );
  });
  return Buffer.concat([...blocks, Buffer.from([0])]);
}
