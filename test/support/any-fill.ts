/** Any messages of the ledger, out of small alphabets, so that ids, times and sides collide. */
import fc from 'fast-check';
import { type Fill, FillKind } from '../../schemas/ledger';

const KINDS: readonly FillKind[] = [
  ...Array<FillKind>(8).fill(FillKind.New),
  ...Array<FillKind>(3).fill(FillKind.Bust),
  ...Array<FillKind>(3).fill(FillKind.Correct),
  FillKind.Transfer,
  FillKind.Split,
  FillKind.Dividend,
  FillKind.Funding,
  FillKind.Expiry,
];

const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
/** Of instruments 1 (whose price may be negative, and whose unit is an ABC), 2 and 3. */
export const anyFill: fc.Arbitrary<Fill> = fc
  .record({
    executionId: ids,
    kind: fc.constantFrom(...KINDS),
    refersTo: fc.option(ids, { nil: undefined, freq: 9 }),
    account: fc.constantFrom(7, 8),
    instrument: fc.constantFrom(1, 1, 2, 3),
    quantity: fc.oneof(
      fc.integer({ min: -5, max: 5 }).map((units) => BigInt(units) * 10n ** 9n),
      fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
    ),
    price: fc.oneof(
      fc.integer({ min: 1, max: 9 }).map((points) => BigInt(points) * 10n ** 9n),
      fc.bigInt({ min: 1n, max: 10n ** 13n }),
    ),
    negative: fc.boolean(),
    fee: fc.constantFrom(0n, 5n, -(10n ** 16n), 3n * 10n ** 17n),
    feeCurrency: fc.constantFrom('USD', 'EUR', 'ABC'),
    venue: fc.constantFrom(1, 1, 1, 2),
    broker: fc.constantFrom(undefined, undefined, undefined, 'B'),
    tradingDay: fc.constantFrom(undefined, undefined, undefined, '2026-03-02'),
    refersToDay: fc.constant(undefined),
    version: fc.constantFrom(0, 0, 0, 1),
    time: fc.integer({ min: 0, max: 4 }),
  })
  .map(({ negative, ...fill }) => ({
    ...fill,
    refersTo: fill.kind === FillKind.Bust || fill.kind === FillKind.Correct ? fill.refersTo : undefined,
    price: negative && fill.instrument === 1 ? -fill.price : fill.price,
  }));
