/** First in, first out, beside average cost: what a desk would expect of lots. */
import fc from 'fast-check';
import { booked } from '../../../operators/ledger/average-cost';
import { FLAT, type Holding } from '../../../operators/ledger/holding';
import { bookedInLots, NO_LOTS } from '../../../operators/ledger/lots';
import { fifoRealisedOf } from '../../../operators/ledger/lots-after';
import { LOTS_MAX, OpenLots } from '../../../operators/ledger/open-lots';
import { FillKind, type Position } from '../../../schemas/ledger';
import { bust, DAY, Desk, ONE, OPTIONS, told } from '../../support/ledger-desk';

const DAYS = DAY / 1_000_000;
const CONTRACT = { multiplier: ONE, inverse: false };
const both = ({ cost, realisedPnl, fifoCost, fifoRealisedPnl, lots }: Position) =>
  [cost, realisedPnl, fifoCost, fifoRealisedPnl].map((amount) => Number(amount / ONE) / 1e9).concat(lots);

describe('a position by either method', () => {
  test.each([
    [
      'the oldest lot goes first',
      [told('a', { price: 10 }), told('b', { price: 20 }), told('c', { quantity: -10, price: 30 })],
      [150, 150, 200, 200, 1],
    ],
    [
      'a part of a lot takes its share of the cost',
      [told('a', { price: 10 }), told('b', { price: 20 }), told('c', { quantity: -4, price: 30 })],
      [240, 60, 260, 80, 2],
    ],
    [
      'shorts are lots, too',
      [
        told('a', { quantity: -10, price: 30 }),
        told('b', { quantity: -10, price: 20 }),
        told('c', { quantity: 10, price: 10 }),
      ],
      [-250, 150, -200, 200, 1],
    ],
    [
      'what crosses zero opens one lot',
      [told('a', { price: 10 }), told('b', { price: 20 }), told('c', { quantity: -25, price: 30 })],
      [-150, 300, -150, 300, 1],
    ],
    [
      'flat is the same by both',
      [told('a', { price: 10 }), told('b', { price: 20 }), told('c', { quantity: -20, price: 30 })],
      [0, 300, 0, 300, 0],
    ],
    [
      'a split keeps lots and their cost',
      [
        told('a', { price: 10 }),
        told('b', { price: 20 }),
        told('s', { kind: FillKind.Split, quantity: 0, price: 2 }),
        told('c', { quantity: -20, price: 15 }),
      ],
      [150, 150, 200, 200, 1],
    ],
    [
      'a transfer out takes the oldest lot at its cost, and realises nothing',
      [
        told('a', { price: 10 }),
        told('b', { price: 20 }),
        told('t', { kind: FillKind.Transfer, quantity: -10, price: 99 }),
      ],
      [150, 0, 200, 0, 1],
    ],
    [
      'a bust of the oldest lot lets the next go first',
      [
        told('a', { price: 10 }),
        told('b', { price: 20 }),
        told('c', { quantity: -10, price: 30 }),
        bust('x', 'a'),
      ],
      [0, 100, 0, 100, 0],
    ],
    [
      'a late lot counts where it belongs',
      [
        told('b', { price: 20, time: 1 }),
        told('c', { quantity: -10, price: 30, time: 2 }),
        told('a', { price: 10, time: 0 }),
      ],
      [150, 150, 200, 200, 1],
    ],
  ])('%s', (_, fills, expected) => {
    const { positions } = new Desk().at(5, { fills });
    expect(both(positions.at(-1)!)).toEqual(expected);
  });

  test('lots that have left the horizon are kept, also through a restart', () => {
    const desk = new Desk();
    desk.at(0, {
      fills: [told('a', { price: 10 }), told('b', { price: 20 }), told('c', { quantity: -4, price: 30 })],
    });
    expect(desk.drain(3 * DAYS).flatMap((step) => step['ledger.horizons']!)).not.toEqual([]);
    desk.restart();
    const { positions } = desk.at(3 * DAYS, {
      fills: [told('d', { quantity: -8, price: 30, time: 3 * DAYS })],
    });
    expect(both(positions[0]!)).toEqual([120, 180, 160, 220, 1]);
  });
});

test('first in, first out is what matching lot by lot gives, to the last digit', () => {
  const fill = fc.record({
    quantity: fc
      .oneof(fc.integer({ min: -5, max: 5 }), fc.integer({ min: -900, max: 900 }))
      .filter((q) => q !== 0),
    price: fc.integer({ min: -50, max: 1000 }),
  });
  fc.assert(
    fc.property(fc.array(fill, { maxLength: 60 }), (fills) => {
      let holding: Holding = FLAT;
      let lots = NO_LOTS;
      fills.forEach(({ quantity, price }, time) => {
        const booking = { quantity: BigInt(quantity) * ONE, price: BigInt(price) * ONE, time };
        holding = booked(holding, { kind: FillKind.New, fee: 0n, coins: 0n, ...booking }, CONTRACT);
        lots = bookedInLots(lots, booking, { contract: CONTRACT, method: 'fifo' }).after;
        expect(fifoRealisedOf(holding)).toBe(lots.realisedPnl);
        expect(holding.lots.all()).toEqual(lots.lots.map(({ quantity: q, cost }) => ({ quantity: q, cost })));
      });
    }),
    { numRuns: 200 },
  );
});

test('lots that were remembered stay as they were, whatever is opened and closed after them', () => {
  let lots = OpenLots.NONE;
  const seen = [lots];
  for (let index = 1n; index < 200n; index += 1n) {
    lots = index % 3n === 0n ? lots.closed(1n) : lots.opened(2n, index);
    seen.push(lots);
  }
  const texts = seen.map((one) => one.text());
  for (const one of seen) one.opened(7n, 7n).opened(8n, 8n).closed(1n);
  expect(seen.map((one) => one.text())).toEqual(texts);
  expect(seen.map((one) => OpenLots.read(one.text()).text())).toEqual(texts);
});

test('there are never more lots than are told apart, and what they hold in all is exact', () => {
  const desk = new Desk({ ...OPTIONS, horizon: { ...OPTIONS.horizon, bytes: 1e8 } });
  const count = 3 * LOTS_MAX;
  const fills = Array.from({ length: count }, (_, index) =>
    told(`f${index}`, { quantity: 1, price: index, time: 0 }),
  );
  const [held] = desk.at(1, { fills }).positions;
  expect(held!.lots).toBeLessThanOrEqual(LOTS_MAX);
  expect(held!.lots).toBeGreaterThan(LOTS_MAX / 2);
  expect(held).toMatchObject({ quantity: BigInt(count) * ONE, fifoCost: held!.cost, fifoRealisedPnl: 0n });
  // The oldest are told apart as ever.
  const { positions } = desk.at(2, { fills: [told('out', { quantity: -3, price: 100, time: 2 })] });
  expect(positions[0]!.fifoRealisedPnl).toBe((300n - (0n + 1n + 2n)) * ONE * ONE);
});
