/** `node dist/bench/kernels/exact.js`: exact arithmetic in limbs beside bigints, the same numbers, in one run. */

import { add, multiply } from '../../runtime/wire/exact';
import { LIMBS, setLimbs } from '../../runtime/wire/limbs';
import { moneyToNumber } from '../../schemas/borders';
import { divideHalfEven } from '../../schemas/decimals';
import { exactMoneyToNumber } from '../../schemas/exact-borders';
import { multiplyDivide } from '../../schemas/exact-division';

const COUNT = 1_024;
const ROUNDS = 300;
const REPEATS = 5;

interface Operands {
  readonly big: readonly bigint[];
  readonly limbs: Float64Array;
}

function operands(of: (index: number) => bigint): Operands {
  const big = Array.from({ length: COUNT }, (_, index) => of(index));
  const limbs = new Float64Array(COUNT * LIMBS);
  for (const [index, value] of big.entries()) setLimbs(limbs, index * LIMBS, value);
  return { big, limbs };
}

const quantities = operands((index) => BigInt(1 + ((index * 7919) % 5_000)) * 10n ** 9n);
const held = operands((index) => BigInt(5_001 + ((index * 104_729) % 9_000)) * 10n ** 9n);
const odd = operands((index) => BigInt(1 + ((index * 7919) % 5_000)) * 1_000_000_007n);
const oddHeld = operands((index) => BigInt(5_001 + ((index * 104_729) % 9_000)) * 1_000_000_009n);
const prices = operands((index) => BigInt(10_000 + ((index * 31) % 9_000)) * 10_000_000n);
const costs = operands((index) => held.big[index]! * prices.big[index]!);

const out = new Float64Array(COUNT * LIMBS);
const outBig: bigint[] = new Array<bigint>(COUNT).fill(0n);
const doubles = new Float64Array(COUNT);

const each = (work: (at: number, index: number) => void) => (): void => {
  for (let index = 0; index < COUNT; index += 1) work(index * LIMBS, index);
};

const cases: readonly {
  readonly name: string;
  readonly limbs: () => void;
  readonly bigints: () => void;
}[] = [
  {
    name: 'sum',
    limbs: each((at) => add(out, at, costs.limbs, at, costs.limbs, at)),
    bigints: each((_, index) => {
      outBig[index] = costs.big[index]! + costs.big[index]!;
    }),
  },
  {
    name: 'quantity × price',
    limbs: each((at) => multiply(out, at, quantities.limbs, at, prices.limbs, at)),
    bigints: each((_, index) => {
      outBig[index] = quantities.big[index]! * prices.big[index]!;
    }),
  },
  {
    name: 'cost × part / held, whole units',
    limbs: each((at) => void multiplyDivide(out, at, costs.limbs, at, quantities.limbs, at, held.limbs, at)),
    bigints: each((_, index) => {
      outBig[index] = divideHalfEven(costs.big[index]! * quantities.big[index]!, held.big[index]!);
    }),
  },
  {
    name: 'cost × part / held, nine decimals',
    limbs: each((at) => void multiplyDivide(out, at, costs.limbs, at, odd.limbs, at, oddHeld.limbs, at)),
    bigints: each((_, index) => {
      outBig[index] = divideHalfEven(costs.big[index]! * odd.big[index]!, oddHeld.big[index]!);
    }),
  },
  {
    name: 'money to the nearest double',
    limbs: each((at, index) => {
      doubles[index] = exactMoneyToNumber(costs.limbs, at);
    }),
    bigints: each((_, index) => {
      doubles[index] = moneyToNumber(costs.big[index]!);
    }),
  },
];

function fastest(work: () => void): number {
  let least = Number.POSITIVE_INFINITY;
  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    const start = process.cpuUsage();
    for (let round = 0; round < ROUNDS; round += 1) work();
    const { user, system } = process.cpuUsage(start);
    least = Math.min(least, ((user + system) * 1e3) / (ROUNDS * COUNT));
  }
  return least;
}

for (const { name, limbs, bigints } of cases) {
  const [ours, theirs] = [fastest(limbs), fastest(bigints)];
  process.stdout.write(
    `${name.padEnd(36)} limbs ${ours.toFixed(1)} ns, bigints ${theirs.toFixed(1)} ns: ${(theirs / ours).toFixed(1)} ×\n`,
  );
}
