/** Fees in coins, transfers, splits, dividends, funding, expiry: as a desk would work them out by hand. */
import { FillKind } from '../../../schemas/ledger';
import { bust, Desk, ONE, short, told } from '../../support/ledger-desk';

const MONEY = 10n ** 18n;

describe('a fee in the coin that is bought', () => {
  const pair = { instrument: 3, feeCurrency: 'BTC' };

  test('makes the quantity less, so that selling what is left is flat', () => {
    const desk = new Desk();
    const bought = desk.at(1, { fills: [told('a', { ...pair, quantity: 50, price: 80, fee: MONEY / 2n })] });
    const sold = desk.at(2, {
      fills: [told('b', { instrument: 3, quantity: -49.5, price: 84, fee: 4_158n * 10n ** 15n, time: 1 })],
    });

    expect(bought.positions).toMatchObject([
      { quantity: 49_500_000_000n, cost: 4000n * MONEY, coinFees: ONE / 2n },
    ]);
    expect(sold.positions.map(short)).toMatchObject([{ quantity: 0, cost: 0, realised: 153.842 }]);
    expect([...bought.fees, ...sold.fees]).toEqual([]);
  });

  test('on a sale takes more than was sold', () => {
    const desk = new Desk();
    const { positions } = desk.at(2, {
      fills: [
        told('a', { instrument: 3, quantity: 10.1, price: 100 }),
        told('b', { ...pair, quantity: -10, price: 110, fee: MONEY / 10n, time: 1 }),
      ],
    });

    expect(positions.map(short)).toMatchObject([{ quantity: 0, cost: 0, realised: 90 }]);
  });

  test('finer than a quantity can say leaves its rest as a fee in that coin: nothing is lost', () => {
    const fills = [told('a', { ...pair, quantity: 1, fee: 1_500_000_003n })];
    const { positions, fees } = new Desk().at(1, { fills });

    expect(positions).toMatchObject([{ quantity: ONE - 1n, coinFees: 1n }]);
    expect(fees).toMatchObject([{ currency: 'BTC', fees: 500_000_003n }]);
  });

  test('in any third coin is a fee in that coin', () => {
    const fills = [told('a', { ...pair, feeCurrency: 'BNB', quantity: 1, fee: MONEY })];

    expect(new Desk().at(1, { fills })).toMatchObject({
      positions: [{ quantity: ONE }],
      fees: [{ currency: 'BNB', fees: MONEY }],
    });
  });
});

describe('events of a position', () => {
  const of = (kind: FillKind, id: string, more: Parameters<typeof told>[1]) =>
    told(id, { quantity: 0, price: 0, ...more, kind });
  const heldAfter = (...fills: ReturnType<typeof told>[]) => new Desk().at(100, { fills }).positions[0]!;

  test('a split makes more units of the same cost', () => {
    const position = heldAfter(told('a'), of(FillKind.Split, 's', { price: 4, time: 1 }));
    expect(short(position)).toMatchObject({ quantity: 40, cost: 1000, realised: 0 });
  });

  test('an execution told late counts before the split', () => {
    const position = heldAfter(
      told('a'),
      of(FillKind.Split, 's', { price: 2, time: 10 }),
      told('b', { time: 5 }),
    );
    expect(short(position)).toMatchObject({ quantity: 40, cost: 2000 });
  });

  test('a dividend is earned by who is long and paid by who is short, on what was held then', () => {
    const long = heldAfter(
      told('a'),
      of(FillKind.Dividend, 'd', { price: 0.5, time: 5 }),
      told('b', { time: 9, quantity: 90 }),
    );
    expect(long).toMatchObject({ realisedPnl: 5n * MONEY, income: 5n * MONEY });
    const short_ = heldAfter(
      told('a', { quantity: -10 }),
      of(FillKind.Dividend, 'd', { price: 0.5, time: 5 }),
    );
    expect(short_).toMatchObject({ realisedPnl: -5n * MONEY, income: -5n * MONEY });
  });

  test('funding is paid, or received where it is negative', () => {
    const paid = heldAfter(told('a'), of(FillKind.Funding, 'f', { fee: 3n * MONEY, time: 1 }));
    expect(paid).toMatchObject({ realisedPnl: -3n * MONEY, income: -3n * MONEY, fees: 0n });
    const received = heldAfter(told('a'), of(FillKind.Funding, 'f', { fee: -3n * MONEY, time: 1 }));
    expect(received).toMatchObject({ realisedPnl: 3n * MONEY });
  });

  test('expiry closes all there is, at its price', () => {
    const worthless = heldAfter(told('a', { price: 3 }), of(FillKind.Expiry, 'e', { time: 1 }));
    expect(short(worthless)).toMatchObject({ quantity: 0, cost: 0, realised: -30 });
    const settled = heldAfter(
      told('a', { price: 3, quantity: -10 }),
      of(FillKind.Expiry, 'e', { price: 5, time: 1 }),
    );
    expect(short(settled)).toMatchObject({ quantity: 0, cost: 0, realised: -20 });
  });

  test('a transfer comes and goes at cost: nothing is earned by it', () => {
    const out = heldAfter(told('a'), of(FillKind.Transfer, 't', { quantity: -4, price: 150, time: 1 }));
    expect(out).toMatchObject({
      quantity: 6n * ONE,
      cost: 600n * MONEY,
      realisedPnl: 0n,
      transferred: -400n * MONEY,
    });
    const into = heldAfter(of(FillKind.Transfer, 't', { quantity: 4, price: 120 }));
    expect(into).toMatchObject({ quantity: 4n * ONE, cost: 480n * MONEY, transferred: 480n * MONEY });
  });

  test('can be busted like any execution', () => {
    const position = heldAfter(told('a'), of(FillKind.Split, 's', { price: 4, time: 1 }), bust('x', 's'));
    expect(short(position)).toMatchObject({ quantity: 10, fills: 1 });
  });

  test('a split into nothing, and a transfer of nothing, are refused', () => {
    const fills = [of(FillKind.Split, 's', {}), of(FillKind.Transfer, 't', {})];
    expect(new Desk().at(1, { fills }).refused).toEqual(['s: OutOfRange', 't: ZeroQuantity']);
  });

  test('twelve billion of a coin are held like twelve of it', () => {
    const position = heldAfter(
      told('a', { quantity: 6e9, price: 1 }),
      told('b', { quantity: 6e9, price: 1, time: 1 }),
    );
    expect(position.quantity).toBe(12n * 10n ** 18n);
  });

  test('what would not fit its decimals is refused, and all else stands', () => {
    const huge = { quantity: 9e9, price: 9e9 };
    const fills = Array.from({ length: 3 }, (_, index) => told(`h${index}`, { ...huge, time: index }));
    const desk = new Desk();
    const { refused, positions } = desk.at(10, { fills });

    expect(refused).toEqual(['h1: OutOfRange', 'h2: OutOfRange']);
    expect(positions).toMatchObject([{ fills: 1 }]);
  });
});
