/** Tables of European and American vanillas, digitals and the analytic calculators. */

import { baroneAdesiWhaleyPrice, juZhongPrice } from '../../../pricing/models/american-quadratic';
import { bachelierPrice } from '../../../pricing/models/bachelier';
import { oneTouchPrice, type TouchTerms } from '../../../pricing/models/barrier';
import { bjerksundStenslandPrice } from '../../../pricing/models/bjerksund-stensland';
import { blackPrice, blackScholesPrice, type ForwardTerms } from '../../../pricing/models/black';
import { cashOrNothingPrice, gapPrice } from '../../../pricing/models/digital';
import { forwardPerformancePrice } from '../../../pricing/models/forward-start';
import { mertonPrice } from '../../../pricing/models/jump-diffusion';
import { type QuantoMarket, quantoMarket } from '../../../pricing/models/quanto';
import { type AnyReferenceTable, numberIn, type ReferenceTable, type Row } from './reference-table';
import { judgedBy, marketIn, rightOf, vanillaIn, yearsIn } from './row-inputs';

const calculatorTable = (file: string, price: (terms: ForwardTerms) => number): ReferenceTable => ({
  file,
  price: (row) => ({
    expected: numberIn(row, 'refValue'),
    actual: price({
      right: rightOf(row['type']),
      strike: numberIn(row, 'strike'),
      forward: numberIn(row, 'forward'),
      stdDev: numberIn(row, 'stdDev'),
      discount: numberIn(row, 'discount'),
    }),
    tolerance: numberIn(row, 'tolerance'),
  }),
});

/** The strike of an American digital is its barrier: below the spot for a put. */
const touchIn = (row: Row, pays: 'cash' | 'asset', when: 'at-hit' | 'at-expiry'): TouchTerms => {
  const put = rightOf(row['type']) === 'put';
  return {
    lower: put ? numberIn(row, 'strike') : 0,
    upper: put ? Infinity : numberIn(row, 'strike'),
    time: yearsIn(row),
    knock: row['knockin'] === 'true' ? 'in' : 'out',
    pays,
    when,
  };
};

const touchTable = (
  name: string,
  { pays, when, units }: { pays: 'cash' | 'asset'; when: 'at-hit' | 'at-expiry'; units: number },
): ReferenceTable => ({
  file: `digitaloption.${name}.values.csv`,
  price: (row) =>
    judgedBy(
      row,
      units * oneTouchPrice(touchIn(row, pays, when), marketIn(row)),
      // Certain payments are stated exactly; doubles keep fifteen digits of 105.
      Math.max(numberIn(row, 'tol'), 1e-13),
    ),
});

export const quantoIn = (row: Row): QuantoMarket => ({
  ...marketIn(row),
  assetRate: numberIn(row, 'fxr'),
  fxVolatility: numberIn(row, 'fxv'),
  correlation: numberIn(row, 'corr'),
});

const tables: readonly ReferenceTable[] = [
  {
    file: 'europeanoption.testValues.values.csv',
    price: (row) => judgedBy(row, blackScholesPrice(vanillaIn(row), marketIn(row))),
  },
  calculatorTable('blackcalculator.testBlackCalculatorBasicValues.values.csv', blackPrice),
  calculatorTable('bacheliercalculator.testBachelierCalculatorBasicValues.values.csv', bachelierPrice),
  {
    file: 'americanoption.testBaroneAdesiWhaleyValues.values.csv',
    price: (row) => judgedBy(row, baroneAdesiWhaleyPrice(vanillaIn(row), marketIn(row)), 3e-3),
  },
  {
    file: 'americanoption.testBjerksundStenslandValues.values.csv',
    price: (row) => judgedBy(row, bjerksundStenslandPrice(vanillaIn(row), marketIn(row)), 5e-5),
  },
  {
    file: 'americanoption.testBjerksundStenslandValues.juValues.csv',
    price: (row) => judgedBy(row, juZhongPrice(vanillaIn(row), marketIn(row)), 1e-3),
  },
  {
    file: 'digitaloption.testCashOrNothingEuropeanValues.values.csv',
    price: (row) => judgedBy(row, 10 * cashOrNothingPrice(vanillaIn(row), marketIn(row))),
  },
  {
    file: 'digitaloption.testGapEuropeanValues.values.csv',
    price: (row) => judgedBy(row, gapPrice({ ...vanillaIn(row), payoffStrike: 57 }, marketIn(row))),
  },
  touchTable('testCashAtHitOrNothingAmericanValues', { pays: 'cash', when: 'at-hit', units: 15 }),
  touchTable('testAssetAtHitOrNothingAmericanValues', { pays: 'asset', when: 'at-hit', units: 1 }),
  touchTable('testAssetAtExpiryOrNothingAmericanValues', { pays: 'asset', when: 'at-expiry', units: 1 }),
  {
    file: 'quantooption.testValues.values.csv',
    price: (row) => judgedBy(row, blackScholesPrice(vanillaIn(row), quantoMarket(quantoIn(row)))),
  },
  {
    file: 'quantooption.testForwardPerformanceValues.values.csv',
    price: (row) =>
      judgedBy(
        row,
        forwardPerformancePrice(
          {
            right: rightOf(row['type']),
            moneyness: numberIn(row, 'moneyness'),
            start: yearsIn(row, 'start'),
            time: yearsIn(row),
          },
          quantoMarket(quantoIn(row)),
        ),
      ),
  },
  {
    file: 'jumpdiffusion.testMerton76.values.csv',
    // γ is the share of the variance that jumps carry; the mean jump is nil.
    price: (row) => {
      const intensity = numberIn(row, 'jumpIntensity');
      const share = numberIn(row, 'gamma');
      const total = numberIn(row, 'v');
      const jumpVolatility = total * Math.sqrt(share / intensity);
      const market = {
        ...marketIn(row),
        volatility: total * Math.sqrt(1 - share),
        intensity,
        jumpVolatility,
        jumpMean: -0.5 * jumpVolatility * jumpVolatility,
      };
      return judgedBy(row, mertonPrice(vanillaIn(row), market));
    },
  },
];

export const vanillaTables = tables as readonly AnyReferenceTable[];
