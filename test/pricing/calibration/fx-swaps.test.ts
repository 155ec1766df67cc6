import { addBusinessDays } from '../../../pricing/calendars/business-day';
import { calendarOf } from '../../../pricing/calendars/calendar-registry';
import { fxSwapInstrument } from '../../../pricing/calibration/fx-instruments';
import { buildCurves, compileCurveGroup } from '../../../pricing/curves/curve-group';
import { flatCurve } from '../../../pricing/curves/discount-curve';
import { certain, trade } from '../support/dual-curve';

test('overnight and tomorrow-next points make the days before spot, by covered parity from today', () => {
  const calendar = calendarOf('EUR+USD');
  const dollar = flatCurve('USD', trade, 0.043);
  const quotes = { spot: 1.0318, ON: 0.42, TN: 0.45 };
  const instruments = (['ON', 'TN'] as const).map((quote, near) =>
    fxSwapInstrument({
      quote,
      trade,
      spotLag: 2,
      calendar,
      spotQuote: 'spot',
      pointSize: 1e-4,
      baseCurve: 'EUR',
      quoteCurve: 'USD',
      near,
      far: near + 1,
    }),
  );
  const group = certain(
    compileCurveGroup({
      reference: trade,
      curves: [{ name: 'EUR', interpolation: 'log-linear-discount', instruments }],
      given: [dollar],
    }),
  );
  const euro = certain(buildCurves(group, quotes)).curves.get('EUR')!;
  const spotDay = addBusinessDays(trade, 2, calendar);
  const forward = (day: number): number =>
    (quotes.spot * (euro.discountOn(day) / dollar.discountOn(day))) /
    (euro.discountOn(spotDay) / dollar.discountOn(spotDay));
  const tomorrow = addBusinessDays(trade, 1, calendar);
  expect((forward(tomorrow) - forward(trade)) * 1e4).toBeCloseTo(quotes.ON, 8);
  expect((forward(spotDay) - forward(tomorrow)) * 1e4).toBeCloseTo(quotes.TN, 8);
  expect(forward(spotDay)).toBeCloseTo(quotes.spot, 12);
  // Points above zero: euro rates below dollar ones.
  expect(euro.zeroRate(1 / 365)).toBeLessThan(0.043);
});
