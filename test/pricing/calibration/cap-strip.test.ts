import { stripCaps } from '../../../pricing/calibration/cap-strip';
import { capFloorPricers } from '../../../pricing/measures/cap-floor';
import type { CapFloor } from '../../../pricing/products/cap-floor';
import { certain } from '../support/dual-curve';
import { cap, context, curveSet, marketOf, overnightCap } from '../support/rates-books';

const market = marketOf(curveSet);
const shorter = (whole: CapFloor, caplets: number): CapFloor => ({
  ...whole,
  caplets: whole.caplets.slice(0, caplets),
});
const termQuotes = [
  { label: '1Y', caplets: 2, volatility: 0.0058 },
  { label: '2Y', caplets: 4, volatility: 0.0066 },
  { label: '5Y', caplets: 10, volatility: 0.007 },
];

test.each([
  ['on six months', cap('cap', 0.026), termQuotes],
  [
    'in arrears',
    overnightCap('floor', 0.02, '2025-02-12'),
    [
      { label: '1Y', caplets: 4, volatility: 0.0058 },
      { label: '3Y', caplets: 12, volatility: 0.0066 },
    ],
  ],
])('stripped caplets %s make up every quoted cap', (_name, whole, quotes) => {
  const request = { cap: whole, quotes, kind: 'bachelier', market, context } as const;
  const { volatilities, worst } = certain(stripCaps(request));
  expect(volatilities).toHaveLength(whole.caplets.length);
  expect(worst).toBeLessThan(1e-9);
  for (const { caplets, volatility } of quotes) {
    const worth = (used: number | readonly number[]): number =>
      certain(
        capFloorPricers.bachelier.price(
          shorter(whole, caplets),
          { kind: 'bachelier', market, volatility: used },
          context,
        ),
      ).value;
    expect(worth(volatilities)).toBeCloseTo(worth(volatility), 7);
  }
});

test('under Black a flat quote gives back itself', () => {
  const { volatilities } = certain(
    stripCaps({
      cap: cap('cap', 0.026),
      quotes: termQuotes.map((quote) => ({ ...quote, volatility: 0.3 })),
      kind: 'black',
      shift: 0.01,
      market,
      context,
    }),
  );
  for (const volatility of volatilities) expect(volatility).toBeCloseTo(0.3, 10);
});

test('a longer cap that costs less than a shorter one is named', () => {
  const falling = [termQuotes[0]!, { label: '2Y', caplets: 4, volatility: 0.0001 }, termQuotes[2]!];
  const request = { cap: cap('cap', 0.026), kind: 'bachelier', market, context } as const;
  expect(stripCaps({ ...request, quotes: falling })).toMatchObject({
    reason: 'cap-quotes-must-rise',
    message: expect.stringMatching(/"2Y"/),
  });
  expect(stripCaps({ ...request, quotes: termQuotes.slice(0, 2) })).toMatchObject({
    reason: 'cap-quotes-must-cover-the-cap',
  });
});
