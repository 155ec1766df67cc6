/** Tables of the foreign exchange market, and the variance swap. */
import {
  atTheMoneyStrike,
  type DeltaConvention,
  deltaOfStrike,
  type FxTerms,
  strikeOfDelta,
} from '../../../pricing/models/fx-delta';
import { type SmileMarket, vannaVolgaBarrierPrice } from '../../../pricing/models/vanna-volga';
import { replicatedVariance, type StripQuote } from '../../../pricing/models/variance-swap';
import {
  type AnyReferenceTable,
  csvRows,
  type Judged,
  numberIn,
  type ReferenceTable,
  type Row,
  referenceText,
} from './reference-table';
import { judgedBy, rightOf, singleBarrierIn } from './row-inputs';

const CONVENTIONS: Readonly<Record<string, DeltaConvention>> = {
  Spot: 'spot',
  Fwd: 'forward',
  PaSpot: 'spot-premium-adjusted',
  PaFwd: 'forward-premium-adjusted',
};

const fxIn = (row: Row): FxTerms => ({
  right: rightOf(row['ot']),
  convention: CONVENTIONS[row['dt'] ?? '']!,
  spot: numberIn(row, 'spot'),
  domesticDiscount: numberIn(row, 'dDf'),
  foreignDiscount: numberIn(row, 'fDf'),
  stdDev: numberIn(row, 'stdDev'),
});

const smileIn = (row: Row): SmileMarket => ({
  spot: numberIn(row, 's'),
  rate: numberIn(row, 'r'),
  foreignRate: numberIn(row, 'q'),
  volatility25Put: numberIn(row, 'vol25Put'),
  volatilityAtm: numberIn(row, 'volAtm'),
  volatility25Call: numberIn(row, 'vol25Call'),
  delta: 'forward',
});

/** Whole years of 365 days. */
const optionIn = (row: Row) => ({
  right: rightOf(row['type']),
  strike: numberIn(row, 'strike'),
  rebate: numberIn(row, 'rebate'),
  time: numberIn(row, 't'),
});

const STRIP_FILE = 'varianceswaps.testReplicatingVarianceSwap.replicatingOptionData.csv';
const stripQuotes = (): readonly StripQuote[] =>
  csvRows(referenceText(STRIP_FILE)).map((row) => ({
    right: rightOf(row['type']),
    strike: numberIn(row, 'strike'),
    volatility: numberIn(row, 'v'),
  }));

const tables: readonly ReferenceTable[] = [
  {
    file: 'blackdeltacalculator.testDeltaValues.values.csv',
    price: (row): readonly Judged[] => {
      const [terms, strike, delta] = [fxIn(row), numberIn(row, 'strike'), numberIn(row, 'value')];
      return [
        { figure: 'delta', expected: delta, actual: deltaOfStrike(terms, strike), tolerance: 1e-3 },
        {
          figure: 'strike',
          expected: strike,
          actual: strikeOfDelta(terms, delta),
          tolerance: 1e-2,
          basis: 'round-trip',
        },
      ];
    },
  },
  {
    file: 'blackdeltacalculator.testAtmCalcs.values.csv',
    // The rows are settings: at the delta-neutral strike the deltas of call and put cancel, at no deviation it is the forward.
    price: (row): readonly Judged[] => {
      const terms = fxIn(row);
      const forward = (terms.spot * terms.foreignDiscount) / terms.domesticDiscount;
      const strike = atTheMoneyStrike(terms, 'delta-neutral');
      const deltas = (['call', 'put'] as const).map((right) => deltaOfStrike({ ...terms, right }, strike));
      return [
        {
          figure: 'atm forward',
          expected: forward,
          actual: atTheMoneyStrike(terms, 'forward'),
          tolerance: 1e-2,
          basis: 'consistency',
        },
        terms.stdDev > 0
          ? {
              figure: 'straddle delta',
              expected: 0,
              actual: deltas[0]! + deltas[1]!,
              tolerance: 1e-2,
              basis: 'consistency',
            }
          : {
              figure: 'atm strike',
              expected: forward,
              actual: strike,
              tolerance: 1e-2,
              basis: 'consistency',
            },
      ];
    },
  },
  {
    file: 'barrieroption.testVannaVolgaSimpleBarrierValues.values.csv',
    price: (row) =>
      judgedBy(
        row,
        vannaVolgaBarrierPrice(
          { ...singleBarrierIn(row), ...optionIn(row) },
          { ...smileIn(row), volatilityStrike: numberIn(row, 'v') },
        ),
      ),
  },
  {
    file: 'doublebarrieroption.testVannaVolgaDoubleBarrierValues.values.csv',
    price: (row) => {
      const option = optionIn(row);
      return judgedBy(
        row,
        vannaVolgaBarrierPrice(
          {
            ...option,
            // The source counts the smile in years of 365 days and the same days of the barrier in years of 360.
            time: (option.time * 365) / 360,
            lower: numberIn(row, 'barrier1'),
            upper: numberIn(row, 'barrier2'),
            knock: row['barrierType'] === 'KnockIn' ? 'in' : 'out',
          },
          { ...smileIn(row), volatilityStrike: numberIn(row, 'v'), smileYears: 360 / 365 },
        ),
      );
    },
    unmatched: (row) =>
      row['strike'] === '1.06145' && row['type'] === 'Call'
        ? 'by 1.1e-4: deep in the money the smile extrapolates, and the source discounts it at the foreign rate on both sides; its own second engine is held to 5e-3'
        : undefined,
  },
  {
    file: 'varianceswaps.testReplicatingVarianceSwap.values.csv',
    price: (row) =>
      judgedBy(
        row,
        replicatedVariance({
          quotes: stripQuotes(),
          endStep: 5,
          spot: numberIn(row, 's'),
          rate: numberIn(row, 'r'),
          dividend: numberIn(row, 'q'),
          // Whole days, of 365.
          time: Math.round(numberIn(row, 't') * 365) / 365,
        }),
      ),
  },
  {
    file: STRIP_FILE,
    // The strip has no prices of its own: its flat version at 20 % must give back that volatility.
    price: (row) => ({
      figure: `variance of a flat strip at ${row['strike']}`,
      expected: numberIn(row, 'v') ** 2,
      actual: replicatedVariance({
        quotes: flatStrip(numberIn(row, 'v')),
        endStep: 0.25,
        spot: 100,
        rate: 0.05,
        dividend: 0,
        time: 0.25,
      }),
      tolerance: 1e-4 * numberIn(row, 'v'),
      basis: 'consistency',
    }),
  },
];

const flatStrip = (volatility: number): readonly StripQuote[] =>
  Array.from({ length: 1200 }, (_, i) => 1 + i * 0.25).flatMap((strike): readonly StripQuote[] =>
    strike < 100
      ? [{ right: 'put', strike, volatility }]
      : strike > 100
        ? [{ right: 'call', strike, volatility }]
        : [
            { right: 'put', strike, volatility },
            { right: 'call', strike, volatility },
          ],
  );

export const fxTables = tables as readonly AnyReferenceTable[];
