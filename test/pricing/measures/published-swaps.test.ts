import { calendarOf } from '../../../pricing/calendars/calendar-registry';
import { microsOfDay, parseDay } from '../../../pricing/calendars/date';
import { tenorOf } from '../../../pricing/calendars/tenor';
import { deposit, fixing, parSwap, type SwapConvention } from '../../../pricing/calibration/rate-instruments';
import { buildCurves, compileCurveGroup } from '../../../pricing/curves/curve-group';
import { curveTime, discountCurve } from '../../../pricing/curves/discount-curve';
import type { RatesMarket } from '../../../pricing/measures/rates-market';
import { swapPricer } from '../../../pricing/measures/swap';
import { swaptionPricers } from '../../../pricing/measures/swaption';
import { rateIndexOf } from '../../../pricing/products/rate-index';
import {
  type FixedLegBook,
  type FloatingLegBook,
  resolveSwap,
  type SwapBook,
} from '../../../pricing/products/swap';
import { resolveSwaption } from '../../../pricing/products/swaption';
import { dataRows, dataText, withData } from '../support/data-folder';
import { certain } from '../support/dual-curve';

const trade = parseDay('2016-02-05')!;
const context = { valuationTime: microsOfDay(trade), snapshot: '2016-02-05' };
const target = calendarOf('TARGET');
const folder = ['risk-results', 'ore'] as const;

const schedule = (start: string, tenor: string, convention: string) => ({
  start,
  end: '2036-03-01',
  tenor,
  calendar: 'TARGET',
  convention,
  rule: 'Forward' as const,
});
const legs = (start: string, fixed: Partial<FixedLegBook>): SwapBook => ({
  legs: [
    {
      type: 'fixed',
      pays: false,
      currency: 'EUR',
      notional: 1e7,
      rate: 0.021,
      dayCount: 'A360',
      schedule: schedule(start, '1Y', 'MF'),
      ...fixed,
    },
    {
      type: 'floating',
      pays: true,
      currency: 'EUR',
      notional: 1e7,
      index: 'EUR-EURIBOR-6M',
      forwardOver: 'accrual-period',
      dayCount: 'A360',
      schedule: schedule(start, '6M', 'MF'),
    } satisfies FloatingLegBook,
  ],
});

withData(...folder, 'academy-ir-swap')(
  'a twenty-year swap on curves bootstrapped from published quotes',
  () => {
    const quotes = Object.fromEntries(
      dataText(...folder, 'academy-ir-swap', 'Input', 'market.txt')
        .split(/\r?\n/)
        .filter((line) => line.startsWith('20160205'))
        .map((line) => line.split(/\s+/))
        .map(([, key, value]) => [key!, Number(value)]),
    );
    const eonia = rateIndexOf('EUR-EONIA');
    const euribor = rateIndexOf('EUR-EURIBOR-6M');
    const ois: SwapConvention = {
      spotLag: 2,
      calendar: target,
      fixedTenor: tenorOf('1Y'),
      fixedDayCount: 'ACT/360',
      convention: 'Following',
      index: eonia,
      paymentLag: 1,
    };
    const irs: SwapConvention = {
      spotLag: 2,
      calendar: target,
      fixedTenor: tenorOf('1Y'),
      fixedDayCount: '30/360',
      convention: 'ModifiedFollowing',
      index: euribor,
      forwardOver: 'accrual-period',
    };
    const oisTenors =
      '1W 2W 1M 2M 3M 4M 5M 6M 7M 8M 9M 10M 11M 1Y 1Y3M 1Y6M 1Y9M 2Y 3Y 4Y 5Y 6Y 7Y 8Y 9Y 10Y 12Y 15Y 20Y 25Y 30Y';
    const swapTenors = '2Y 3Y 4Y 5Y 7Y 10Y 12Y 15Y 20Y 25Y 30Y 40Y 50Y';
    const set = certain(
      buildCurves(
        certain(
          compileCurveGroup({
            reference: trade,
            curves: [
              {
                name: 'EUR1D',
                interpolation: 'log-linear-discount',
                instruments: [
                  deposit({
                    quote: 'MM/RATE/EUR/0D/1D',
                    curve: 'EUR1D',
                    trade,
                    spotLag: 0,
                    tenor: tenorOf('1D'),
                    dayCount: 'ACT/360',
                    calendar: target,
                    convention: 'Following',
                  }),
                  ...oisTenors.split(' ').map((tenor) =>
                    certain(
                      parSwap({
                        quote: `IR_SWAP/RATE/EUR/2D/1D/${tenor}`,
                        trade,
                        tenor: tenorOf(tenor),
                        convention: ois,
                        discount: 'EUR1D',
                        forward: 'EUR1D',
                      }),
                    ),
                  ),
                ],
              },
              {
                name: 'EUR6M',
                interpolation: 'log-linear-discount',
                instruments: [
                  fixing({ quote: 'MM/RATE/EUR/2D/6M', curve: 'EUR6M', trade, index: euribor }),
                  ...swapTenors.split(' ').map((tenor) =>
                    certain(
                      parSwap({
                        quote: `IR_SWAP/RATE/EUR/2D/6M/${tenor}`,
                        trade,
                        tenor: tenorOf(tenor),
                        convention: irs,
                        discount: 'EUR1D',
                        forward: 'EUR6M',
                      }),
                    ),
                  ),
                ],
              },
            ],
          }),
        ),
        quotes,
      ),
    );

    test('curves agree with the published discount factors', () => {
      for (const [, date, ois, ibor] of dataRows(
        ...folder,
        'academy-ir-swap',
        'ExpectedOutput',
        'curves.csv',
      )) {
        const day = parseDay(date!)!;
        expect(Math.abs(set.curves.get('EUR1D')!.discountOn(day) - Number(ois))).toBeLessThan(2e-6);
        expect(Math.abs(set.curves.get('EUR6M')!.discountOn(day) - Number(ibor))).toBeLessThan(2e-5);
      }
    });

    test('the value is the published one to a millionth of the notional', () => {
      const market: RatesMarket = {
        curves: set.curves,
        discount: { EUR: 'EUR1D' },
        forward: { 'EUR-EURIBOR-6M': 'EUR6M' },
        set,
      };
      const book = legs('2016-03-01', {
        rate: 0.04,
        dayCount: '30/360',
        paymentConvention: 'F',
        schedule: schedule('2016-03-01', '1Y', 'F'),
      });
      const [row] = dataRows(...folder, 'academy-ir-swap', 'ExpectedOutput', 'npv.csv');
      const { value } = certain(
        swapPricer.price(certain(resolveSwap(book)), { kind: 'discounting', market }, context),
      );
      expect(Math.abs(value - Number(row![4]))).toBeLessThan(10);
    });
  },
);

withData(...folder, 'minimal-swap')('a twenty-year swap and options on it, on published flat curves', () => {
  const rows = dataRows(...folder, 'minimal-swap', 'expected', 'curves.csv.gz');
  const names = dataText(...folder, 'minimal-swap', 'expected', 'curves.csv.gz')
    .split(/\r?\n/)[0]!
    .split(',');
  const curve = (name: string, column: string) => {
    const place = names.indexOf(column);
    const days = rows.map((row) => parseDay(row[1]!)!);
    return discountCurve({
      name,
      reference: trade,
      times: Float64Array.from(days, (day) => curveTime(trade, day)),
      zeros: Float64Array.from(
        rows,
        (row, node) => -Math.log(Number(row[place])) / curveTime(trade, days[node]!),
      ),
      interpolation: 'log-linear-discount',
    });
  };
  const market: RatesMarket = {
    curves: new Map([
      ['EUR', curve('EUR', 'EUR')],
      ['EUR6M', curve('EUR6M', 'EUR-EURIBOR-6M')],
    ]),
    discount: { EUR: 'EUR' },
    forward: { 'EUR-EURIBOR-6M': 'EUR6M' },
  };

  test('flows, discount factors and value are the published ones', () => {
    const swap = certain(resolveSwap(legs('2016-03-01', {})));
    const valuation = certain(swapPricer.price(swap, { kind: 'discounting', market }, context));
    const [row] = dataRows(...folder, 'minimal-swap', 'expected', 'npv.csv');
    expect(Math.abs(valuation.value - Number(row![4]))).toBeLessThan(1e-2);
    const published = dataRows(...folder, 'minimal-swap', 'expected', 'flows.csv');
    const steps = new Map(valuation.explain.map(({ name, value }) => [name, value]));
    for (const [, , , leg, pay, , amount, , , , , , , , , , discount] of published) {
      const name = `${leg === '0' ? 'fixed' : 'term-rate'} EUR ${pay}`;
      expect(Math.abs((steps.get(`${name} amount`) as number) - Number(amount))).toBeLessThan(1e-3);
      expect(Math.abs((steps.get(`${name} discount factor`) as number) - Number(discount))).toBeLessThan(
        1e-9,
      );
    }
  });

  test.each(
    dataRows(...folder, 'minimal-swap', 'expected', 'swaption_npv.csv').map(
      (row) => [row[0]!, row[2]!, Number(row[4])] as const,
    ),
  )('%s', (_name, exercise, published) => {
    const option = certain(
      resolveSwaption({
        buys: true,
        swap: legs(exercise, {}),
        exercises: [exercise],
        settlement: 'cash-par-yield',
      }),
    );
    if (option.kind !== 'swaption') throw new Error('European');
    const { value } = certain(
      swaptionPricers.black.price(option, { kind: 'black', market, volatility: 0.1 }, context),
    );
    expect(Math.abs(value - published)).toBeLessThan(1);
  });
});
