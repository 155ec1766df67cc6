import { parseDay } from '../../../pricing/calendars/date';
import type { RatesMarket } from '../../../pricing/measures/rates-market';
import { swapPricer } from '../../../pricing/measures/swap';
import { resolveSwap, type SwapBook } from '../../../pricing/products/swap';
import { certain } from '../support/dual-curve';
import { amortising, context, curveSet, markedToMarket, marketOf, swapBook } from '../support/rates-books';

const market = marketOf(curveSet);
const priced = (book: SwapBook, on: RatesMarket = market) =>
  swapPricer.price(certain(resolveSwap(book)), { kind: 'discounting', market: on }, context);
const worth = (book: SwapBook, on?: RatesMarket): number => certain(priced(book, on)).value;

const withNotional = (book: SwapBook, fixed: number | number[], floating: number | number[]): SwapBook => ({
  ...book,
  legs: book.legs.map((leg) => ({ ...leg, notional: leg.type === 'fixed' ? fixed : floating })),
});

test('a swap whose notional falls is the sum of the level swaps it is stacked from', () => {
  const whole = swapBook('2025-02-12', '3Y');
  const falling = withNotional(whole, [9e5, 5e5, 2e5], [9e5, 9e5, 5e5, 5e5, 2e5, 2e5]);
  const layers = [
    withNotional(whole, 2e5, 2e5),
    withNotional(swapBook('2025-02-12', '2Y'), 3e5, 3e5),
    withNotional(swapBook('2025-02-12', '1Y'), 4e5, 4e5),
  ];
  expect(worth(falling)).toBeCloseTo(
    layers.reduce((sum, layer) => sum + worth(layer), 0),
    8,
  );
});

test('what is exchanged comes back: notionals of a falling leg sum to nothing', () => {
  const book = withNotional(swapBook('2025-02-12', '3Y'), [9e5, 5e5, 2e5], 1e6);
  const [fixed] = certain(
    resolveSwap({ legs: book.legs.map((leg) => ({ ...leg, exchange: 'both' as const })) }),
  ).legs;
  const exchanged = fixed!.flows.filter((flow) => flow.type === 'fixed' && flow.start === undefined);
  expect(exchanged.map((flow) => (flow.type === 'fixed' ? flow.amount : 0))).toEqual([9e5, -4e5, -3e5, -2e5]);
});

test('a first period between two tenors pays the rate between them', () => {
  const only = (index: string, to?: string): SwapBook => ({
    legs: amortising.legs
      .filter(({ type }) => type === 'floating')
      .map(
        (leg) => ({ ...leg, stubs: { first: { index, ...(to === undefined ? {} : { to }) } } }) as typeof leg,
      ),
  });
  const between = worth(only('EUR-EURIBOR-3M', 'EUR-EURIBOR-6M'));
  const [short, long] = [worth(only('EUR-EURIBOR-3M')), worth(only('EUR-EURIBOR-6M'))];
  // From 12 February to 12 June: 31 days past the three months' 12 May, of the 92 to 12 August.
  expect(between).toBeCloseTo(short + (31 / 92) * (long - short), 8);
  expect(resolveSwap(only('EUR-EURIBOR-1M', 'EUR-EURIBOR-3M'))).toMatchObject({
    reason: 'stub-must-lie-between-its-tenors',
  });
});

test('marked to market, a leg that forecasts and discounts on one curve is worth its first exchange alone', () => {
  const [, dollar] = markedToMarket.legs;
  expect(worth({ legs: [dollar!], currency: 'USD' })).toBeCloseTo(0, 6);
  const level = { ...dollar!, resets: undefined } as unknown as typeof dollar;
  expect(worth({ legs: [level!], currency: 'USD' })).toBeCloseTo(0, 6);
});

test('a notional that has reset counts at its fixing, under either name of the pair, and a missing one is named', () => {
  const start = '2024-12-12';
  const book: SwapBook = {
    ...markedToMarket,
    legs: markedToMarket.legs.map((leg) => ({ ...leg, schedule: { ...leg.schedule, start, tenor: '1M' } })),
  };
  const known = (name: string, rate: number): RatesMarket => {
    const days = ['2025-01-09', '2025-02-10'].map((day): [number, number] => [parseDay(day)!, rate]);
    const overnight = new Map(
      Array.from({ length: 100 }, (_, back) => [parseDay('2025-02-09')! - back, 0.03]),
    );
    return {
      ...market,
      fixings: new Map([...market.fixings!, ['USD-SOFR', overnight], [name, new Map(days)]]),
    };
  };
  expect(priced(book, known('none', 1))).toMatchObject({
    reason: 'fixing-must-be-known',
    message: expect.stringMatching(/EURUSD for 2025-01-08|EURUSD for 2025-01-09/),
  });
  const direct = worth(book, known('EURUSD', 1.08));
  expect(worth(book, known('USDEUR', 1 / 1.08))).toBeCloseTo(direct, 6);
  expect(worth(book, known('EURUSD', 1.09))).not.toBeCloseTo(direct, 0);
});

test('FX deltas are what moving the quoted rate shows, resets and all', () => {
  const inDollars = { ...markedToMarket, currency: 'USD' };
  const here = certain(priced(inDollars));
  for (const step of [1e-3, 1e-4]) {
    const spot = market.fx!['EURUSD']!;
    const moved = (by: number): number =>
      worth(inDollars, { ...market, fx: { EURUSD: { ...spot, rate: spot.rate + by } } });
    expect(here.greeks['fx-delta EURUSD']!.value / ((moved(step) - moved(-step)) / (2 * step))).toBeCloseTo(
      1,
      5,
    );
  }
});

test('more notionals than periods are a mistake, and none of them may be nothing', () => {
  const book = swapBook('2025-02-12', '2Y');
  expect(resolveSwap(withNotional(book, [1e6, 8e5, 6e5], 1e6))).toMatchObject({
    reason: 'notionals-must-fit-the-periods',
  });
  expect(resolveSwap(withNotional(book, [1e6, 0], 1e6))).toMatchObject({ reason: 'amount-must-be-positive' });
});

test('a notional that resets must be exchanged, from one amount, in another currency', () => {
  const [euro, dollar] = markedToMarket.legs;
  expect(resolveSwap({ legs: [euro!, { ...dollar!, exchange: 'none' }] })).toMatchObject({
    reason: 'resets-must-be-sound',
  });
});
