import { calendarOf } from '../../../pricing/calendars/calendar-registry.js';
import { formatDay, parseDay } from '../../../pricing/calendars/date.js';
import { cdsMaturity, nextImm, thirdWednesday } from '../../../pricing/calendars/imm.js';
import { tenorMonths, tenorOf } from '../../../pricing/calendars/tenor.js';
import { bootstrapCredit, cleanUpfront } from '../../../pricing/calibration/cds-bootstrap.js';
import { hoLeeConvexity } from '../../../pricing/calibration/futures-convexity.js';
import { fxForwardInstrument } from '../../../pricing/calibration/fx-instruments.js';
import {
  deposit,
  fixing,
  forwardRateAgreement,
  parSwap,
  rateFuture,
} from '../../../pricing/calibration/rate-instruments.js';
import { swapConventionNamed } from '../../../pricing/calibration/swap-conventions.js';
import {
  buildCurves,
  type CurveGroupDefinition,
  type CurveSet,
  compileCurveGroup,
  type Quotes,
} from '../../../pricing/curves/curve-group.js';
import type { DiscountCurve } from '../../../pricing/curves/discount-curve.js';
import { cdsLegs } from '../../../pricing/models/cds-legs.js';
import { valueTerms } from '../../../pricing/models/curve-value.js';
import { resolveCds } from '../../../pricing/products/cds.js';
import { rateIndexOf } from '../../../pricing/products/rate-index.js';
import { dataRows, withData } from '../support/data-folder.js';
import { certain } from '../support/dual-curve.js';
import { strataGroup } from '../support/strata-group.js';

/** Builds a group and values every instrument anew on the finished curves. */
function repriced(
  definition: CurveGroupDefinition,
  quotes: Quotes,
): { readonly set: CurveSet; readonly worst: number; readonly count: number } {
  const set = certain(buildCurves(certain(compileCurveGroup(definition)), quotes));
  let [worst, count] = [0, 0];
  for (const { instruments } of definition.curves) {
    for (const { terms } of instruments) {
      const bound = terms.map(({ quote, quoteFactor = 0, amount, ...rest }) => ({
        ...rest,
        amount: amount + (quote === undefined ? 0 : quoteFactor * quotes[quote]!),
      }));
      worst = Math.max(worst, Math.abs(valueTerms(bound, { curve: (name) => set.curves.get(name)! }).value));
      count += 1;
    }
  }
  return { set, worst, count };
}

withData('curves', 'calibration-examples')('published curve groups bootstrap and reprice', () => {
  const plain = (name: string) => ({ nodes: [`calibrations${name}.csv`], groups: [`groups${name}.csv`] });
  const groups = [
    {
      name: 'dollar, overnight and Libor 3M',
      ...plain(''),
      quotes: 'quotes.csv',
      group: 'USD-DSCON-LIBOR3M',
      left: 2,
    },
    {
      name: 'euro, overnight, 3M by basis, 6M',
      ...plain('-eur'),
      quotes: 'quotes-20160229-eur.csv',
      group: 'EUR-DSCONOIS-EURIBOR3MBS-EURIBOR6MIRS',
      left: 0,
    },
    {
      name: 'euro of 2015',
      ...plain('-eur'),
      quotes: 'quotes-eur.csv',
      group: 'EUR-DSCONOIS-EURIBOR3MBS-EURIBOR6MIRS',
      left: 0,
    },
    {
      name: 'sterling',
      nodes: ['GBP-DSCONOIS-L6MIRS', 'GBP-DSCONOIS-L6MIRS-nodes.csv'],
      groups: ['GBP-DSCONOIS-L6MIRS', 'GBP-DSCONOIS-L6MIRS-group.csv'],
      quotes: 'MARKET-QUOTES-GBP-20160801.csv',
      group: 'GBP-DSCONOIS-L6MIRS',
      left: 0,
    },
    {
      name: 'euro collateralised in dollars',
      ...plain('-xccy-ois'),
      quotes: 'quotes-xccy-ois.csv',
      group: 'USD-DSCSOFR-EUR-DSC-ESTR',
      left: 0,
    },
  ];

  test.each(groups)('$name', ({ left, ...files }) => {
    for (const interpolation of [
      'log-linear-discount',
      'linear-zero',
      'natural-cubic-log-discount',
    ] as const) {
      const made = strataGroup(files, interpolation);
      const quotes = { ...made.quotes, 'EUR/USD': 1.075 };
      const { worst, count } = repriced(made.definition, quotes);
      expect(made.left).toHaveLength(left);
      expect(count).toBeGreaterThan(20);
      expect(worst).toBeLessThan(1e-9);
    }
  });
});

const trade = parseDay('2025-02-10')!;

withData('curves', 'market_quotes_20250210.csv.gz')('the market of 2025-02-10', () => {
  const quotes: Record<string, number> = {};
  for (const [, key, value] of dataRows('curves', 'market_quotes_20250210.csv.gz'))
    quotes[key!] ??= Number(value);
  const tenors = (prefix: string): readonly string[] =>
    Object.keys(quotes)
      .filter((key) => key.startsWith(`${prefix}/`) && /^\d+[WMY]$/.test(key.slice(prefix.length + 1)))
      .map((key) => key.slice(prefix.length + 1));
  const swaps = (
    prefix: string,
    convention: string,
    curves: { readonly discount: string; readonly forward: string },
  ) =>
    tenors(prefix).map((tenor) =>
      certain(
        parSwap({
          quote: `${prefix}/${tenor}`,
          trade,
          tenor: tenorOf(tenor),
          convention: certain(swapConventionNamed(convention)),
          ...curves,
        }),
      ),
    );
  const overnight = (quote: string, curve: string, calendar: string) =>
    deposit({
      quote,
      curve,
      trade,
      spotLag: 0,
      tenor: tenorOf('1D'),
      dayCount: 'ACT/360',
      calendar: calendarOf(calendar),
      convention: 'Following',
    });
  const euribor6m = rateIndexOf('EUR-EURIBOR-6M');
  // Three-month SOFR futures from the June contract on: each accrues from its IMM Wednesday to the next.
  const futures = ['2025-06', '2025-09', '2025-12', '2026-03', '2026-06'].map((month) => {
    const [year, number] = month.split('-').map(Number);
    const start = thirdWednesday(year!, number!);
    const end = nextImm(start);
    const convexity = hoLeeConvexity({
      volatility: 0.009,
      start: (start - trade) / 365,
      end: (end - trade) / 365,
    });
    return rateFuture({
      quote: `OI_FUTURE/PRICE/USD/${month}/XCME:SRA/3M`,
      curve: 'USD-futures',
      start,
      end,
      dayCount: 'ACT/360',
      convexity,
    });
  });
  const definition: CurveGroupDefinition = {
    reference: trade,
    curves: [
      {
        name: 'EUR-ESTR',
        interpolation: 'log-linear-discount',
        instruments: [
          overnight('MM/RATE/EUR/ESTER/0D/1D', 'EUR-ESTR', 'EUR'),
          ...swaps('IR_SWAP/RATE/EUR/ESTER/2D/1D', 'EUR-FIXED-1Y-ESTR-OIS', {
            discount: 'EUR-ESTR',
            forward: 'EUR-ESTR',
          }),
        ],
      },
      {
        name: 'USD-SOFR',
        interpolation: 'log-linear-discount',
        instruments: [
          overnight('MM/RATE/USD/SOFR/0D/1D', 'USD-SOFR', 'SOFR'),
          ...swaps('IR_SWAP/RATE/USD/SOFR/0D/1D', 'USD-FIXED-1Y-SOFR-OIS', {
            discount: 'USD-SOFR',
            forward: 'USD-SOFR',
          }),
        ],
      },
      {
        name: 'EUR-3M',
        interpolation: 'log-linear-discount',
        instruments: [
          fixing({
            quote: 'MM/RATE/EUR/2D/3M',
            curve: 'EUR-3M',
            trade,
            index: rateIndexOf('EUR-EURIBOR-3M'),
          }),
          ...swaps('IR_SWAP/RATE/EUR/2D/3M', 'EUR-FIXED-1Y-EURIBOR-3M', {
            discount: 'EUR-ESTR',
            forward: 'EUR-3M',
          }),
        ],
      },
      {
        name: 'EUR-6M',
        interpolation: 'monotone-convex',
        instruments: [
          fixing({ quote: 'MM/RATE/EUR/2D/6M', curve: 'EUR-6M', trade, index: euribor6m }),
          ...['1M', '2M', '3M', '4M', '5M', '6M', '9M', '12M'].map((tenor) =>
            forwardRateAgreement({
              quote: `FRA/RATE/EUR/${tenor}/6M`,
              curve: 'EUR-6M',
              trade,
              index: euribor6m,
              startsAfter: tenorOf(tenor),
            }),
          ),
        ],
      },
      {
        name: 'EUR-1M',
        interpolation: 'natural-cubic-zero',
        instruments: [
          fixing({
            quote: 'MM/RATE/EUR/2D/1M',
            curve: 'EUR-1M',
            trade,
            index: rateIndexOf('EUR-EURIBOR-1M'),
          }),
          ...swaps('IR_SWAP/RATE/EUR/2D/1M', 'EUR-FIXED-1Y-EURIBOR-1M', {
            discount: 'EUR-ESTR',
            forward: 'EUR-1M',
          }),
        ],
      },
      {
        name: 'USD-futures',
        interpolation: 'log-linear-discount',
        instruments: [
          overnight('MM/RATE/USD/SOFR/0D/1D', 'USD-futures', 'SOFR'),
          ...futures,
          ...swaps('IR_SWAP/RATE/USD/SOFR/0D/1D', 'USD-FIXED-1Y-SOFR-OIS', {
            discount: 'USD-futures',
            forward: 'USD-futures',
          }),
        ],
      },
      {
        name: 'EUR-in-USD',
        interpolation: 'log-linear-discount',
        instruments: tenors('FXFWD/RATE/EUR/USD').map((tenor) =>
          fxForwardInstrument({
            quote: `FXFWD/RATE/EUR/USD/${tenor}`,
            trade,
            spotLag: 2,
            tenor: tenorOf(tenor),
            calendar: calendarOf('EUR+USD'),
            spotQuote: 'FX/RATE/EUR/USD',
            pointSize: 1e-4,
            baseCurve: 'EUR-in-USD',
            quoteCurve: 'USD-SOFR',
          }),
        ),
      },
    ],
  };
  const made = repriced(definition, quotes);

  test('overnight, term and FX curves bootstrap together and reprice', () => {
    expect(made.count).toBeGreaterThan(120);
    expect(made.worst).toBeLessThan(1e-9);
  });

  test('forward points follow from the two curves: covered parity at each quoted date', () => {
    const spot = quotes['FX/RATE/EUR/USD']!;
    const calendar = calendarOf('EUR+USD');
    expect(calendar.isBusinessDay(trade)).toBe(true);
    const [eur, usd] = [made.set.curves.get('EUR-in-USD')!, made.set.curves.get('USD-SOFR')!];
    const day = parseDay('2026-02-12')!;
    const settle = parseDay('2025-02-12')!;
    const forward =
      (spot * eur.discountOn(day) * usd.discountOn(settle)) / (usd.discountOn(day) * eur.discountOn(settle));
    expect((forward - spot) * 1e4).toBeCloseTo(quotes['FXFWD/RATE/EUR/USD/1Y']!, 6);
  });

  test('credit curves of the first sixty dollar names with par spreads bootstrap and reprice', () => {
    const discount = made.set.curves.get('USD-SOFR') as DiscountCurve;
    const names = new Set(
      Object.keys(quotes)
        .filter((key) => /^CDS\/CREDIT_SPREAD\/\w+\/SNRFOR\/USD\//.test(key))
        .map((key) => key.split('/').slice(2, 6).join('/')),
    );
    let [built, refused] = [0, 0];
    for (const name of [...names].slice(0, 60)) {
      const recovery = quotes[`RECOVERY_RATE/RATE/${name}`];
      const spreads = tenors(`CDS/CREDIT_SPREAD/${name}`);
      if (recovery === undefined || spreads.length === 0) continue;
      const list = spreads.map((tenor) => ({
        label: tenor,
        cds: certain(
          resolveCds({
            buysProtection: true,
            currency: 'USD',
            notional: 1,
            coupon: quotes[`CDS/CREDIT_SPREAD/${name}/${tenor}`]!,
            start: '2025-02-11',
            maturity: formatDay(cdsMaturity(trade, tenorMonths(tenorOf(tenor)))),
            entity: name,
            recovery,
          }),
        ),
      }));
      // Three months and six months can fall on one roll date, which one quote must then stand for.
      const distinct = list.filter(
        ({ cds }, place) => list.findIndex((other) => other.cds.maturity === cds.maturity) === place,
      );
      const survival = bootstrapCredit(distinct, { entity: name, trade, discount });
      if (!survival.ok) {
        refused += 1;
        continue;
      }
      built += 1;
      for (const { cds } of distinct) {
        const legs = cdsLegs(cds, { discount, survival: survival.value }, { trade, formula: 'isda' });
        expect(Math.abs(cleanUpfront(cds, { legs, discount, trade }))).toBeLessThan(1e-9);
      }
    }
    expect(built).toBeGreaterThan(5);
    expect(refused).toBe(0);
  });
});
