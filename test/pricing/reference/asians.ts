/** Tables of average price options. */
import {
  levyPrice,
  turnbullWakemanCurvePrice,
  turnbullWakemanPrice,
} from '../../../pricing/models/asian-arithmetic';
import { vecerPrice } from '../../../pricing/models/asian-vecer';
import { type AnyReferenceTable, numberIn, type ReferenceTable, type Row } from './reference-table';
import { judgedBy, rightOf } from './row-inputs';

const days = (years: number): number => Math.round(years * 360) / 360;

const fixingTimes = (row: Row, last: number): readonly number[] => {
  const count = numberIn(row, 'fixings');
  const first = numberIn(row, 'first');
  return Array.from({ length: count }, (_, i) => first + ((last - first) * i) / (count - 1));
};

/** Volatility of each fixing: flat, or rising or falling by half a point a fixing to meet the base at the last or first. */
const slopedVolatility = (row: Row, i: number): number => {
  const count = numberIn(row, 'fixings');
  const step = { flat: 0, up: 0.005, down: -0.005 }[row['slope'] ?? ''];
  if (step === undefined) throw new Error(`unknown slope ${row['slope']}`);
  return numberIn(row, 'volatility') - step * (count - 1 - i);
};

const tables: readonly ReferenceTable[] = [
  {
    file: 'asianoptions.testTurnbullWakemanAsianEngine.cases.csv',
    price: (row) => {
      const time = days(numberIn(row, 'expiry'));
      const times = fixingTimes(row, numberIn(row, 'expiry')).map(days);
      const spot = numberIn(row, 'underlying');
      const terms = { right: rightOf(row['type']), strike: numberIn(row, 'strike'), time, pastFixings: [] };
      const forwards = times.map((t) => spot * Math.exp(-numberIn(row, 'b') * t));
      const variances = times.map((t, i) => slopedVolatility(row, i) ** 2 * t);
      return judgedBy(
        row,
        turnbullWakemanCurvePrice(
          { ...terms, fixingTimes: times, forwards, variances },
          numberIn(row, 'riskFreeRate'),
        ),
        2.5e-3,
      );
    },
  },
  {
    file: 'asianoptions.testLevyEngine.cases.csv',
    price: (row) => {
      const [length, elapsed] = [numberIn(row, 'length') / 360, numberIn(row, 'elapsed') / 360];
      return judgedBy(
        row,
        levyPrice(
          {
            right: rightOf(row['type']),
            strike: numberIn(row, 'strike'),
            time: length - elapsed,
            elapsed,
            averageSoFar: numberIn(row, 'currentAverage'),
          },
          {
            spot: numberIn(row, 'spot'),
            rate: numberIn(row, 'riskFreeRate'),
            dividend: numberIn(row, 'dividendYield'),
            volatility: numberIn(row, 'volatility'),
          },
        ),
        1e-4,
      );
    },
  },
  {
    file: 'asianoptions.testVecerEngine.cases.csv',
    price: (row) =>
      judgedBy(
        row,
        vecerPrice(
          { right: 'call', strike: numberIn(row, 'strike'), time: numberIn(row, 'length') },
          {
            spot: numberIn(row, 'spot'),
            rate: numberIn(row, 'riskFreeRate'),
            dividend: 0,
            volatility: numberIn(row, 'volatility'),
          },
        ),
        numberIn(row, 'tolerance'),
      ),
  },
  {
    file: 'asianoptions.testMCDiscreteArithmeticAveragePrice.cases4.csv',
    price: (row) => {
      const time = numberIn(row, 'first') + numberIn(row, 'length');
      return judgedBy(
        row,
        turnbullWakemanPrice(
          {
            right: rightOf(row['type']),
            strike: numberIn(row, 'strike'),
            time,
            // A fixing that falls on today is known.
            pastFixings: numberIn(row, 'first') === 0 ? [numberIn(row, 'underlying')] : [],
            fixingTimes: fixingTimes(row, time).filter((t) => t > 0),
          },
          {
            spot: numberIn(row, 'underlying'),
            rate: numberIn(row, 'riskFreeRate'),
            dividend: numberIn(row, 'dividendYield'),
            volatility: numberIn(row, 'volatility'),
          },
        ),
        2e-2,
      );
    },
  },
];

export const asianTables = tables as readonly AnyReferenceTable[];
