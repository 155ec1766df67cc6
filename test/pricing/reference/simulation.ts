/** Tables of claims that are simulated or solved on a grid: American values of one asset and of three. */
import { finiteDifference } from '../../../pricing/models/finite-difference';
import { longstaffSchwartz } from '../../../pricing/simulation/longstaff-schwartz';
import { monteCarlo } from '../../../pricing/simulation/monte-carlo';
import type { LognormalPaths } from '../../../pricing/simulation/path-model';
import {
  type AnyReferenceTable,
  type Judged,
  numberIn,
  type ReferenceTable,
  type Row,
} from './reference-table';

/** Times are whole days of a year of 360. */
const days = (years: number): number => Math.round(years * 360) / 360;

/** The values themselves come from the Lagrange interpolation of a paper's table; the grid is exact to 1e-3. */
const oneAsset: ReferenceTable = {
  file: 'basketoption.global.oneDataValues.csv',
  price: (row) => {
    const strike = numberIn(row, 'strike');
    const sign = row['type'] === 'Call' ? 1 : -1;
    const volatility = numberIn(row, 'v');
    const { value } = finiteDifference({
      spot: numberIn(row, 's'),
      expiry: days(numberIn(row, 't')),
      rate: numberIn(row, 'r'),
      yield: numberIn(row, 'q'),
      volatility: () => volatility,
      volatilityScale: volatility,
      strike,
      payoff: (s) => Math.max(sign * (s - strike), 0),
      american: true,
    });
    return { expected: numberIn(row, 'result'), actual: value, tolerance: numberIn(row, 'tol') };
  },
};

/** Barraquand and Martineau's table 2 counts time in months of thirty days. */
function threeAssets(row: Row): {
  readonly model: LognormalPaths;
  readonly expiry: number;
  readonly best: string;
} {
  const rho = numberIn(row, 'rho');
  const assets = [1, 2, 3].map((i) => ({
    name: `S${i}`,
    spot: numberIn(row, `s${i}`),
    dividend: 0,
    volatility: numberIn(row, `v${i}`),
  }));
  const correlation = assets.map((_, i) => assets.map((__, j) => (i === j ? 1 : rho)));
  return {
    model: { kind: 'lognormal', rate: numberIn(row, 'r'), assets, correlation },
    expiry: (numberIn(row, 't') * 30) / 360,
    best: row['type'] === 'Call' ? 'best - strike' : 'strike - best',
  };
}

const barraquand: ReferenceTable = {
  file: 'basketoption.testBarraquandThreeValues.values.csv',
  price: (row): readonly Judged[] => {
    const { model, expiry, best } = threeAssets(row);
    const parameters = { strike: numberIn(row, 'strike') };
    const claimOf = (verb: string, dates: number) => ({
      source: `let best = max(S1@dates, S2@dates, S3@dates); ${verb} max(${best}, 0) at dates;`,
      schedules: {
        dates: Array.from({ length: dates }, (_, i) => ({
          label: `${i + 1}`,
          time: (expiry * (i + 1)) / dates,
        })),
      },
      parameters,
    });
    const european = monteCarlo({
      claim: claimOf('pay', 1),
      controls: model.assets.map(({ name, spot }) => ({
        claim: { source: `pay ${name}@dates at dates;`, schedules: claimOf('pay', 1).schedules },
        expectations: [spot],
      })),
      scenarios: [model],
      measures: [{ name: 'value', weights: [1] }],
      seed: 1995,
      paths: 1 << 19,
    });
    const claim = claimOf('exercise', 25);
    const today = { label: 'today', time: 0 };
    const american = longstaffSchwartz({
      claim: { ...claim, schedules: { dates: [today, ...claim.schedules.dates] } },
      model,
      seed: 1995,
      trainingPaths: 8192,
      paths: 16_384,
    });
    if (!european.ok) throw new Error(european.message);
    if (!american.ok) throw new Error(american.message);
    return [
      // Half a unit of the last printed digit, and four standard errors of at most 0.0024.
      {
        figure: 'european',
        expected: numberIn(row, 'euroValue'),
        actual: european.value.measures['value']!.value,
        tolerance: 0.01,
      },
      // Lower bounds on both sides, of other rules: near each other, and no comparison with what was printed.
      {
        figure: 'american, lower bounds of two rules',
        expected: numberIn(row, 'amValue'),
        actual: american.value.value,
        tolerance: 0.01 * numberIn(row, 's1'),
        basis: 'consistency',
      },
    ];
  },
};

export const simulationTables: readonly AnyReferenceTable[] = [
  oneAsset,
  barraquand,
] as readonly AnyReferenceTable[];
