import { calendarOf } from '../../../pricing/calendars/calendar-registry';
import { tenorOf } from '../../../pricing/calendars/tenor';
import { crossCurrencyBasis } from '../../../pricing/calibration/fx-instruments';
import { buildCurves, compileCurveGroup, rebuildCurves } from '../../../pricing/curves/curve-group';
import { discountCurve } from '../../../pricing/curves/discount-curve';
import { parJacobian } from '../../../pricing/curves/par-jacobian';
import type { RatesMarket } from '../../../pricing/measures/rates-market';
import { swapPricer } from '../../../pricing/measures/swap';
import { rateIndexOf } from '../../../pricing/products/rate-index';
import { resolveSwap } from '../../../pricing/products/swap';
import { certain, dualCurve, dualQuotes, trade } from '../support/dual-curve';
import { context } from '../support/rates-books';

const dollar = discountCurve({
  name: 'USD',
  reference: trade,
  times: Float64Array.of(1, 5, 10),
  zeros: Float64Array.of(0.043, 0.04, 0.041),
  interpolation: 'log-linear-discount',
});
const tenors = ['1Y', '2Y', '5Y', '10Y'];
const quotes = {
  ...dualQuotes,
  ...Object.fromEntries(tenors.map((tenor, place) => [`X-${tenor}`, -0.001 - 2e-4 * place])),
};

const groupOf = (resets: 'none' | 'flat-side' | 'spread-side') => {
  const base = dualCurve();
  const instruments = tenors.map((tenor) =>
    certain(
      crossCurrencyBasis({
        quote: `X-${tenor}`,
        trade,
        spotLag: 2,
        tenor: tenorOf(tenor),
        periodTenor: tenorOf('3M'),
        calendar: calendarOf('EUR+USD'),
        resets,
        spreadSide: { index: rateIndexOf('EUR-ESTR'), discount: 'EUR-in-USD', forward: 'EUR-OIS' },
        flatSide: { index: rateIndexOf('USD-SOFR'), discount: 'USD', forward: 'USD' },
      }),
    ),
  );
  const own = { name: 'EUR-in-USD', interpolation: 'linear-zero' as const, instruments };
  return certain(compileCurveGroup({ ...base, curves: [...base.curves, own], given: [dollar] }));
};

/** QuantLib 1.44: its helpers for constant and for marked-to-market notionals, three-month rates, these curves. */
test.each([
  ['none', 0.9020171535910381, 0.7993156194894415],
  ['flat-side', 0.9020179310309434, 0.7993170366840232],
] as const)('discount factors of five and ten years are the published ones, resets: %s', (resets, five, ten) => {
  const given = (name: string, zeros: readonly number[]) =>
    discountCurve({
      name,
      reference: trade,
      times: Float64Array.of(1, 5, 10),
      zeros: Float64Array.from(zeros),
      interpolation: 'log-linear-discount',
    });
  const instruments = tenors.map((tenor) =>
    certain(
      crossCurrencyBasis({
        quote: tenor,
        trade,
        spotLag: 2,
        tenor: tenorOf(tenor),
        periodTenor: tenorOf('3M'),
        calendar: calendarOf('EUR+USD'),
        resets,
        spreadSide: { index: rateIndexOf('EUR-EURIBOR-3M'), discount: 'X', forward: 'EUR' },
        flatSide: { index: rateIndexOf('USD-LIBOR-3M'), discount: 'USD', forward: 'USD' },
      }),
    ),
  );
  const group = certain(
    compileCurveGroup({
      reference: trade,
      curves: [{ name: 'X', interpolation: 'log-linear-discount', instruments }],
      given: [given('USD', [0.043, 0.04, 0.041]), given('EUR', [0.025, 0.022, 0.024])],
    }),
  );
  const set = certain(buildCurves(group, { '1Y': -0.001, '2Y': -0.0012, '5Y': -0.0014, '10Y': -0.0016 }));
  const { discount, times } = set.curves.get('X')!;
  expect(discount(times[2]!)).toBeCloseTo(five, 13);
  expect(discount(times[3]!)).toBeCloseTo(ten, 13);
});

describe.each([
  'none',
  'flat-side',
  'spread-side',
] as const)('a basis of two currencies, resets: %s', (resets) => {
  const set = certain(buildCurves(groupOf(resets), quotes));

  test('the quotes are what the desk would book at no value', () => {
    const market: RatesMarket = {
      curves: set.curves,
      discount: { EUR: 'EUR-in-USD', USD: 'USD' },
      forward: { 'EUR-ESTR': 'EUR-OIS', 'USD-SOFR': 'USD' },
      // The instruments count both sides in units that are worth the same today.
      fx: { EURUSD: { rate: 1.05 } },
    };
    const schedule = {
      start: '2025-02-12',
      end: '5Y',
      tenor: '3M',
      calendar: 'EUR+USD',
      convention: 'ModifiedFollowing',
    };
    const common = { type: 'floating', dayCount: 'ACT/360', exchange: 'both', schedule } as const;
    const followsEuro = resets === 'flat-side' ? { resets: { currency: 'EUR', notional: 1e6 } } : {};
    const followsDollar = resets === 'spread-side' ? { resets: { currency: 'USD', notional: 1.05e6 } } : {};
    const swap = resolveSwap({
      legs: [
        {
          ...common,
          pays: true,
          currency: 'EUR',
          notional: 1e6,
          index: 'EUR-ESTR',
          spread: quotes['X-5Y']!,
          ...followsDollar,
        },
        { ...common, pays: false, currency: 'USD', notional: 1.05e6, index: 'USD-SOFR', ...followsEuro },
      ],
    });
    const { value } = certain(swapPricer.price(certain(swap), { kind: 'discounting', market }, context));
    expect(Math.abs(value)).toBeLessThan(1e-7);
  });

  test('the Jacobian is what rebuilding shows, through the curves that a notional follows', () => {
    const jacobian = certain(parJacobian(set));
    const step = 1e-6;
    for (const quote of ['X-2Y', 'X-10Y', 'O-5Y']) {
      const moved = (by: number) =>
        certain(rebuildCurves(set, { [quote]: quotes[quote as keyof typeof quotes]! + by })).curves.get(
          'EUR-in-USD',
        )!;
      const [up, down] = [moved(step).zeros, moved(-step).zeros];
      const column = jacobian.quoteNames.indexOf(quote);
      const matrix = jacobian.zeroByQuote.get('EUR-in-USD')!;
      for (let node = 0; node < up.length; node += 1) {
        const slope = (up[node]! - down[node]!) / (2 * step);
        expect(matrix[node * jacobian.quoteNames.length + column]!).toBeCloseTo(slope, 6);
      }
    }
  });
});
