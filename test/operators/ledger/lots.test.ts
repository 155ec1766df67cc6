import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { booked } from '../../../operators/ledger/average-cost';
import { type Booking, FLAT } from '../../../operators/ledger/holding';
import { bookedInLots, type LotHolding, type LotMethod, NO_LOTS } from '../../../operators/ledger/lots';
import { parseDecimal } from '../../../schemas/decimals';
import { FillKind } from '../../../schemas/ledger';
import { dataFile } from '../../support/data-folder';

const ONE = 10n ** 9n;
const contract = { multiplier: ONE, inverse: false };
const fill = (quantity: number, price: number, time = 0): Booking => ({
  kind: FillKind.New,
  coins: 0n,
  quantity: BigInt(quantity) * ONE,
  price: BigInt(price) * ONE,
  fee: 0n,
  time,
});
const inLots = (fills: readonly Booking[], method: LotMethod): LotHolding =>
  fills.reduce((held, one) => bookedInLots(held, one, { contract, method }).after, NO_LOTS);
const sum = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n);

describe('bookedInLots', () => {
  test.each`
    case                                | method    | lots                          | realised
    ${'the first bought is sold first'} | ${'fifo'} | ${[[5n, 550n], [10n, 1200n]]} | ${5n * 30n}
    ${'the last bought is sold first'}  | ${'lifo'} | ${[[10n, 1000n], [5n, 550n]]} | ${10n * 10n + 5n * 20n}
  `('$case', ({ method, lots, realised }) => {
    const fills =
      method === 'fifo'
        ? [fill(5, 100), fill(5, 110), fill(10, 120), fill(-5, 130)]
        : [fill(10, 100), fill(10, 110), fill(10, 120), fill(-15, 130)];
    const held = inLots(fills, method);

    expect(held.lots.map(({ quantity, cost }) => [quantity / ONE, cost / ONE / ONE])).toEqual(lots);
    expect(held.realisedPnl / ONE / ONE).toBe(realised);
  });

  test('what crosses zero closes every lot and opens the rest at its own price', () => {
    const { after, closed } = bookedInLots(inLots([fill(3, 100), fill(4, 110)], 'fifo'), fill(-10, 120, 9), {
      contract,
      method: 'fifo',
    });

    expect(closed.map(({ quantity }) => quantity / ONE)).toEqual([3n, 4n]);
    expect(after.lots).toEqual([{ quantity: -3n * ONE, cost: -360n * ONE * ONE, opened: 9 }]);
  });

  test('the method changes the split, never the sum: realised less open cost is as at average cost', () => {
    const anyFill = fc
      .record({
        quantity: fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }).filter((quantity) => quantity !== 0n),
        price: fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
      })
      .map(({ quantity, price }) => ({ ...fill(1, 1), quantity, price }));
    fc.assert(
      fc.property(
        fc.array(anyFill, { maxLength: 30 }),
        fc.constantFrom<LotMethod>('fifo', 'lifo'),
        (fills, method) => {
          const { lots, realisedPnl } = inLots(fills, method);
          const average = fills.reduce((held, one) => booked(held, one, contract), FLAT);

          expect(sum(lots.map(({ quantity }) => quantity))).toBe(average.quantity);
          expect(realisedPnl - sum(lots.map(({ cost }) => cost))).toBe(average.realisedPnl - average.cost);
        },
      ),
    );
  });
});

interface Posting {
  readonly qty: string;
  readonly lot: { readonly cost?: string; readonly date?: string };
}
interface LotCase {
  readonly test: string;
  readonly method: string;
  readonly inventory_before: readonly { readonly postings: readonly Posting[] }[];
  readonly trades: readonly { readonly postings: readonly Posting[] }[];
  readonly booked: readonly { readonly postings: readonly Posting[]; readonly error?: string }[];
}

const path = dataFile('pnl/lot_matching_cases.json');
const described = path.missing ? describe.skip : describe;

/** An inventory is opened by its lots in order of date; a trade that names no lot is matched by the method. */
described(`published lot matching cases (${path.missing ?? path.file})`, () => {
  const cases = (
    path.missing ? [] : (JSON.parse(readFileSync(path.file, 'utf8')) as readonly LotCase[])
  ).filter(
    ({ method, booked }) => (method === 'FIFO' || method === 'LIFO') && booked[0]!.error === undefined,
  );

  test('there are six of first in first out and last in first out that are not errors', () => {
    expect(cases.length).toBe(6);
  });

  test.each(cases)('$test', ({ method, inventory_before, trades, booked: expected }) => {
    const opened = inventory_before
      .flatMap(({ postings }) => postings)
      .sort((a, b) => (a.lot.date! < b.lot.date! ? -1 : 1))
      .map(bookingOf);
    let held = inLots(opened, method.toLowerCase() as LotMethod);
    const closed: string[] = [];
    for (const trade of trades.flatMap(({ postings }) => postings)) {
      const matched = bookedInLots(held, bookingOf(trade), {
        contract,
        method: method.toLowerCase() as LotMethod,
      });
      held = matched.after;
      closed.push(...matched.closed.map(({ quantity, cost }) => `${-quantity} ${(cost * ONE) / quantity}`));
    }

    expect(closed).toEqual(
      expected
        .flatMap(({ postings }) => postings)
        .map(({ qty, lot }) => `${parseDecimal(qty, 9)} ${parseDecimal(lot.cost!, 18)}`),
    );
  });
});

function bookingOf({ qty, lot }: Posting): Booking {
  const price = lot.cost === undefined ? 0n : parseDecimal(lot.cost, 9);
  return { ...fill(1, 1), quantity: parseDecimal(qty, 9), price };
}
