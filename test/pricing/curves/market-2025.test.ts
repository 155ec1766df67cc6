import { calendarOf } from '../../../pricing/calendars/calendar-registry';
import { parseDay } from '../../../pricing/calendars/date';
import { withData } from '../support/data-folder';
import { curves2025, market2025, path2025 } from '../support/market-2025';
import { trade2025 } from '../support/quote-desk';
import { forwardSwapRate } from '../support/smile-sets';

withData(...path2025)('the market of 2025-02-10', () => {
  const { quotes } = market2025();
  const curves = curves2025();

  test('forward points follow from the two curves: covered parity at a quoted date', () => {
    const spot = quotes['FX/RATE/EUR/USD']!;
    expect(calendarOf('EUR+USD').isBusinessDay(trade2025)).toBe(true);
    const [eur, usd] = [curves.get('EUR-in-USD')!, curves.get('USD-OIS')!];
    const day = parseDay('2026-02-12')!;
    const settle = parseDay('2025-02-12')!;
    const forward =
      (spot * eur.discountOn(day) * usd.discountOn(settle)) / (usd.discountOn(day) * eur.discountOn(settle));
    expect((forward - spot) * 1e4).toBeCloseTo(quotes['FXFWD/RATE/EUR/USD/1Y']!, 6);
  });

  test.each([
    'USD-OIS',
    'EUR-OIS',
    'GBP-OIS',
    'AUD-OIS',
    'CAD-OIS',
    'NOK-OIS',
    'SEK-OIS',
    'MXN-OIS',
  ])('discount factors of %s, whose rates are all above one percent, fall from node to node', (name) => {
    const { discount, times, zeros } = curves.get(name)!;
    expect(Math.min(...zeros)).toBeGreaterThan(0.01);
    const factors = Array.from(times, discount);
    expect(factors.every((factor, node) => factor < (factors[node - 1] ?? 1))).toBe(true);
  });

  test.each([
    ['EUR', 0.02, 0.03],
    ['GBP', 0.04, 0.05],
    ['JPY', 0, 0.01],
    ['CHF', 0, 0.01],
    ['MXN', 0.09, 0.11],
    ['NOK', 0.04, 0.05],
    ['AUD', 0.035, 0.05],
  ])('three months of %s through FX points lie near its money market', (currency, low, high) => {
    const rate = curves.get(`${currency}-in-USD`)!.zeroRate(0.25);
    expect(rate).toBeGreaterThan(low);
    expect(rate).toBeLessThan(high);
    expect(Math.abs(rate - curves.get(`${currency}-OIS`)!.zeroRate(0.25))).toBeLessThan(0.01);
  });

  test('the basis between euro tenors has the sign that longer tenors cost more', () => {
    const rate = (name: string) =>
      forwardSwapRate(
        { name, expiry: '1Y', length: '10Y', discount: 'EUR-OIS', forward: name },
        (curve) => curves.get(curve)!,
      );
    expect(rate('EUR-3M')).toBeGreaterThan(rate('EUR-1M'));
    expect(Math.abs(rate('EUR-6M') - rate('EUR-3M'))).toBeLessThan(0.003);
  });
});
