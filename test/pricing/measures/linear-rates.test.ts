import { parseDay } from '../../../pricing/calendars/date';
import { hoLeeConvexity, hullWhiteConvexity } from '../../../pricing/calibration/futures-convexity';
import { flatCurve } from '../../../pricing/curves/discount-curve';
import { fxForwardPricer } from '../../../pricing/measures/linear-rates';
import type { RatesMarket } from '../../../pricing/measures/rates-market';
import { swapPricer } from '../../../pricing/measures/swap';
import { cleanPriceFromYield, yieldFromCleanPrice, yieldRisk } from '../../../pricing/models/bond-yield';
import { resolveBond } from '../../../pricing/products/bond';
import { resolveFxForward } from '../../../pricing/products/fx-forward';
import { resolveSwap } from '../../../pricing/products/swap';
import { certain, trade } from '../support/dual-curve';
import { context, curveSet, marketOf, swapBook } from '../support/rates-books';

const market = marketOf(curveSet);

test('an FX forward is covered parity, and its deltas are what bumping shows', () => {
  const fx = (rate: number): RatesMarket => ({
    curves: new Map([
      ['EUR', flatCurve('EUR', trade, 0.021)],
      ['USD', flatCurve('USD', trade, 0.042)],
    ]),
    discount: { EUR: 'EUR', USD: 'USD' },
    forward: {},
    fx: { EURUSD: { rate, spot: trade + 2 } },
  });
  const forward = certain(
    resolveFxForward({
      bought: { currency: 'EUR', amount: 1e6 },
      sold: { currency: 'USD', amount: 1.05e6 },
      settles: '2026-02-12',
    }),
  );
  const price = (rate: number) =>
    certain(fxForwardPricer.price(forward, { kind: 'discounting', market: fx(rate) }, context));
  const here = price(1.03);
  const days = parseDay('2026-02-12')! - trade;
  const expected =
    1e6 * 1.03 * Math.exp((-0.042 * 2) / 365 - (0.021 * (days - 2)) / 365) -
    1.05e6 * Math.exp((-0.042 * days) / 365);
  expect(here.value).toBeCloseTo(expected, 6);
  // The spot date's two days stand between the quoted and today's rate.
  const today = Math.exp(((0.021 - 0.042) * 2) / 365);
  expect(here.greeks['fx-delta']!.value * today).toBeCloseTo(
    (price(1.031).value - price(1.029).value) / 0.002,
    4,
  );
  const { fx: _fx, ...without } = fx(1.03);
  expect(fxForwardPricer.price(forward, { kind: 'discounting', market: without }, context)).toMatchObject({
    reason: 'fx-rate-must-be-present',
  });
});

test('a swap under way wants its fixing, and prices with it', () => {
  const swap = certain(resolveSwap(swapBook('2024-10-14', '2027-10-14')));
  const refused = swapPricer.price(swap, { kind: 'discounting', market }, context);
  expect(refused).toMatchObject({
    reason: 'fixing-must-be-known',
    message: expect.stringMatching(/EUR-EURIBOR-6M for 2024-10-10/),
  });
  const fixed = (rate: number): number => {
    const fixings = new Map([['EUR-EURIBOR-6M', new Map([[parseDay('2024-10-10')!, rate]])]]);
    return certain(swapPricer.price(swap, { kind: 'discounting', market: { ...market, fixings } }, context))
      .value;
  };
  const fraction = (parseDay('2025-04-14')! - parseDay('2024-10-14')!) / 360;
  const discount = market.curves.get('EUR-OIS')!.discountOn(parseDay('2025-04-14')!);
  expect(fixed(0.031) - fixed(0.03)).toBeCloseTo(1e6 * 0.001 * fraction * discount, 6);
});

test('overnight interest so far compounds from its fixings, and the rest from the curve', () => {
  const book = swapBook('2025-02-03', '2026-02-03');
  const [fixedLeg, floating] = book.legs;
  const swap = certain(
    resolveSwap({
      legs: [
        fixedLeg!,
        {
          ...floating!,
          type: 'floating',
          index: 'EUR-ESTR',
          schedule: { ...floating!.schedule, tenor: '1Y' },
        },
      ],
    }),
  );
  const rates = new Map(
    ['2025-02-03', '2025-02-04', '2025-02-05', '2025-02-06', '2025-02-07'].map(
      (text) => [parseDay(text)!, 0.026] as const,
    ),
  );
  const priced = (known: ReadonlyMap<number, number>) =>
    swapPricer.price(
      swap,
      { kind: 'discounting', market: { ...market, fixings: new Map([['EUR-ESTR', known]]) } },
      context,
    );
  const whole = certain(priced(rates));
  const amount = whole.explain.find(({ name }) => name.startsWith('overnight') && name.endsWith('amount'))!
    .value as number;
  const curve = market.curves.get('EUR-OIS')!;
  const soFar = (1 + 0.026 / 360) ** 4 * (1 + (0.026 * 3) / 360);
  expect(amount).toBeCloseTo(1e6 * (soFar / curve.discountOn(parseDay('2026-02-03')!) - 1), 5);
  rates.delete(parseDay('2025-02-06')!);
  expect(priced(rates)).toMatchObject({ reason: 'fixing-must-be-known' });
});

test('a curve nobody assigned is named, never read as zero', () => {
  const swap = certain(resolveSwap(swapBook('2025-02-12', '5Y')));
  const { forward: _forward, ...rest } = market;
  expect(
    swapPricer.price(swap, { kind: 'discounting', market: { ...rest, forward: {} } }, context),
  ).toMatchObject({ reason: 'forward-curve-must-be-assigned' });
  expect(
    swapPricer.price(swap, { kind: 'discounting', market: { ...market, discount: {} } }, context),
  ).toMatchObject({ reason: 'discount-curve-must-be-assigned' });
  expect(resolveSwap(swapBook('2025-02-30', '5Y'))).toMatchObject({ reason: 'date-must-be-valid' });
});

test('yield and price are inverse, and durations are slopes of the price at two steps', () => {
  const bond = certain(
    resolveBond({
      currency: 'EUR',
      face: 100,
      schedule: {
        start: '2023-05-15',
        end: '2033-05-15',
        tenor: '6M',
        calendar: 'TARGET',
        convention: 'Unadjusted',
      },
      dayCount: 'ACT/ACT ICMA',
      coupon: 0.03,
      settlementLag: 2,
    }),
  );
  const terms = { settlement: trade + 2, compounding: 'Compounded', frequency: 2 } as const;
  const clean = cleanPriceFromYield(bond, 0.034, terms);
  expect(certain(yieldFromCleanPrice(bond, clean, terms))).toBeCloseTo(0.034, 13);
  const { modifiedDuration, convexity } = yieldRisk(bond, 0.034, terms);
  const dirty = (rate: number): number =>
    cleanPriceFromYield(bond, rate, terms) - cleanPriceFromYield(bond, 0.034, terms);
  const price =
    clean +
    100 *
      0.03 *
      0.5 *
      ((trade + 2 - parseDay('2024-11-15')!) / (parseDay('2025-05-15')! - parseDay('2024-11-15')!));
  for (const step of [1e-4, 1e-5]) {
    expect(modifiedDuration).toBeCloseTo(
      -(dirty(0.034 + step) - dirty(0.034 - step)) / (2 * step * price),
      5,
    );
  }
  expect(convexity).toBeCloseTo((dirty(0.0341) + dirty(0.0339)) / (1e-8 * price), 3);
  expect(yieldFromCleanPrice(bond, 1e9, terms)).toMatchObject({ reason: 'yield-must-exist' });
});

test('futures rates stand above forwards, and the two convexities meet without reversion', () => {
  const terms = { volatility: 0.01, start: 5, end: 5.25 };
  const gaussian = (reversion: number): number =>
    hullWhiteConvexity({ ...terms, futuresRate: 0.04, reversion });
  expect(gaussian(0)).toBeGreaterThan(0);
  expect(gaussian(1e-7)).toBeCloseTo(gaussian(0), 8);
  expect(gaussian(0.1)).toBeLessThan(gaussian(0));
  // Ho and Lee's rule is for continuously compounded rates and leaves out half of the period.
  expect(Math.abs(hoLeeConvexity(terms) / gaussian(0) - 1)).toBeLessThan(0.06);
});
