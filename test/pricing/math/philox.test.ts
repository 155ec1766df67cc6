/** Philox against the known answers of its authors (Random123 1.14, file kat_vectors, philox4x32 10 rounds). */
import { philox } from '../../../pricing/math/philox';
import { normalBlock } from '../../../pricing/simulation/normal-block';

test.each([
  [
    [0, 0, 0, 0],
    [0, 0],
    ['6627e8d5', 'e169c58d', 'bc57ac4c', '9b00dbd8'],
  ],
  [
    [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    [0xffffffff, 0xffffffff],
    ['408f276d', '41c83b0e', 'a20bc7c6', '6d5451fd'],
  ],
  [
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    [0xa4093822, 0x299f31d0],
    ['d16cfe09', '94fdcceb', '5001e420', '24126ea1'],
  ],
])('counter %j', (counter, [low, high], expected) => {
  const words = Uint32Array.from(counter);
  philox({ low: low!, high: high! }, words);
  expect([...words].map((word) => word.toString(16).padStart(8, '0'))).toEqual(expected);
});

test('normals depend on seed, pair and dimension alone, not on the block that asks', () => {
  const whole = normalBlock({ seed: 42, firstPair: 0, pairs: 64 }, 7);
  const part = normalBlock({ seed: 42, firstPair: 32, pairs: 8 }, 5);
  for (let d = 0; d < 5; d++) expect([...part[d]!]).toEqual([...whole[d]!.slice(64, 80)]);
  expect(normalBlock({ seed: 43, firstPair: 0, pairs: 1 }, 1)[0]![0]).not.toBe(whole[0]![0]);
});

test('normals have mean 0 by antithesis, and variance 1, kurtosis 3, no correlation within sampling error', () => {
  const [a, b] = normalBlock({ seed: 7, firstPair: 0, pairs: 50_000 }, 2);
  const mean = (f: (i: number) => number): number => {
    let sum = 0;
    for (let i = 0; i < a!.length; i += 2) sum += f(i);
    return sum / (a!.length / 2);
  };
  expect(a!.reduce((x, y) => x + y, 0)).toBeCloseTo(0, 9);
  expect(Math.abs(mean((i) => a![i]! ** 2) - 1)).toBeLessThan(0.025);
  expect(Math.abs(mean((i) => a![i]! ** 4) - 3)).toBeLessThan(0.15);
  expect(Math.abs(mean((i) => a![i]! * b![i]!))).toBeLessThan(0.02);
});
