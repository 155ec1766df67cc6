/** Tables of options on two assets. */
import { firstDerivative, secondDerivative } from '../../../pricing/math/differences';
import { americanExchangePrice } from '../../../pricing/models/bjerksund-stensland';
import {
  type ExchangeTerms,
  kirkPrice,
  margrabePrice,
  type PairMarket,
} from '../../../pricing/models/exchange';
import { spreadPrice } from '../../../pricing/models/spread';
import { twoAssetBarrierPrice, twoAssetPrice } from '../../../pricing/models/two-asset';
import {
  type AnyReferenceTable,
  type Judged,
  numberIn,
  type ReferenceTable,
  type Row,
} from './reference-table';
import { judgedBy, pairIn, rightOf, yearsIn } from './row-inputs';

const exchangeIn = (row: Row): ExchangeTerms => ({
  time: yearsIn(row),
  quantity1: numberIn(row, 'Q1'),
  quantity2: numberIn(row, 'Q2'),
});

const margrabeGreeks = (terms: ExchangeTerms, market: PairMarket): Readonly<Record<string, number>> => {
  const by = (name: keyof PairMarket) => (x: number) => margrabePrice(terms, { ...market, [name]: x });
  const at = (name: keyof PairMarket) => ({ at: market[name], step: 1e-3 * Math.max(market[name], 0.1) });
  return {
    delta1: firstDerivative(by('spot1'), at('spot1')),
    delta2: firstDerivative(by('spot2'), at('spot2')),
    gamma1: secondDerivative(by('spot1'), at('spot1')),
    gamma2: secondDerivative(by('spot2'), at('spot2')),
    theta: -firstDerivative((time) => margrabePrice({ ...terms, time }, market), {
      at: terms.time,
      step: 1e-3,
    }),
    rho_greek: firstDerivative(by('rate'), at('rate')),
  };
};

const tables: readonly ReferenceTable[] = [
  {
    file: 'basketoption.testEuroTwoValues.values.csv',
    price: (row) => {
      const terms = { right: rightOf(row['type']), strike: numberIn(row, 'strike'), time: yearsIn(row) };
      const market = pairIn(row);
      if (row['basketType'] === 'SpreadBasket') {
        // The spread rows are on futures: no carry.
        const futures = { ...market, dividend1: market.rate, dividend2: market.rate };
        return judgedBy(row, kirkPrice(terms, futures));
      }
      const best = row['basketType'] === 'MinBasket' ? 'minimum' : 'maximum';
      return judgedBy(row, twoAssetPrice({ ...terms, best }, market));
    },
  },
  {
    file: 'basketoption.testStrangSplittingSpreadEngineVsMathematica.testCases.csv',
    price: (row): readonly Judged[] => {
      const terms = { right: 'call' as const, strike: numberIn(row, 'K'), time: numberIn(row, 'T') };
      const market: PairMarket = {
        // The forwards are 110 and 90 over the discount factor: assets without yield.
        spot1: 110,
        spot2: 90,
        dividend1: 0,
        dividend2: 0,
        rate: 0.05,
        volatility1: numberIn(row, 'vol1'),
        volatility2: 0.2,
        correlation: numberIn(row, 'rho'),
      };
      const expected = numberIn(row, 'kirkNPV');
      // The splitting columns are two other approximations, of first and second order: the exact price lies by them.
      const exact = spreadPrice(terms, market);
      const second = numberIn(row, 'strang2');
      return [
        { figure: 'kirkNPV', expected, actual: kirkPrice(terms, market), tolerance: 1e-12 * expected },
        {
          figure: 'exact price beside strang2',
          expected: second,
          actual: exact,
          tolerance: 2e-2 * second,
          basis: 'consistency',
        },
      ];
    },
  },
  {
    file: 'margrabeoption.testEuroExchangeTwoAssets.values.csv',
    price: (row): readonly Judged[] => {
      const [terms, market] = [exchangeIn(row), pairIn(row)];
      const tolerance = numberIn(row, 'tol');
      const greeks = Object.entries(margrabeGreeks(terms, market)).map(([figure, actual]) => ({
        figure,
        expected: numberIn(row, figure),
        actual,
        tolerance,
      }));
      return [judgedBy(row, margrabePrice(terms, market)), ...greeks];
    },
    unmatched: (row) =>
      numberIn(row, 'Q1') === 1 && numberIn(row, 'Q2') === 1
        ? undefined
        : 'the source counts the quantities twice in the carry of theta, and once instead of squared in the gamma of an asset that is held twice; value and deltas of the row match',
  },
  {
    file: 'margrabeoption.testAmericanExchangeTwoAssets.values.csv',
    price: (row) => judgedBy(row, americanExchangePrice(exchangeIn(row), pairIn(row))),
  },
  {
    file: 'twoassetbarrieroption.testHaugValues.values.csv',
    price: (row) => {
      const kind = row['barrierType'] ?? '';
      return judgedBy(
        row,
        twoAssetBarrierPrice(
          {
            right: rightOf(row['type']),
            strike: numberIn(row, 'strike'),
            time: 0.5,
            knock: kind.endsWith('In') ? 'in' : 'out',
            side: kind.startsWith('Down') ? 'down' : 'up',
            barrier: numberIn(row, 'barrier'),
          },
          pairIn({ ...row, rho: row['correlation'] ?? '' }),
        ),
        4e-3,
      );
    },
  },
];

export const pairTables = tables as readonly AnyReferenceTable[];
