/** Curve groups in the CSV form of OpenGamma's examples: which curves, under which interpolation, from which nodes. */
import type { CurveGroupDefinition } from '../../../pricing/curves/curve-group';
import type { InterpolationName } from '../../../pricing/curves/interpolation';
import type { CalibrationInstrument } from '../../../pricing/curves/term';
import { type CurveSetCase, repriced } from './curve-set';
import { dataRows } from './data-folder';
import { strataDay, strataInstrument, strataMissing } from './strata-nodes';

/** File names below the folders `curves` and `quotes` of the examples. */
export interface StrataFiles {
  readonly nodes: readonly string[];
  readonly groups: readonly string[];
  readonly settings: readonly string[];
  readonly quotes: string;
  readonly fx?: string;
  readonly group: string;
}

export interface StrataGroup {
  readonly definition: CurveGroupDefinition;
  readonly quotes: Readonly<Record<string, number>>;
  /** Nodes left out, with the reason. */
  readonly left: readonly string[];
}

const folder = ['curves', 'calibration-examples'] as const;

/** The settings' names of what is interpolated and how. */
const schemes: Readonly<Record<string, InterpolationName>> = {
  'Zero Linear': 'linear-zero',
  'Zero NaturalCubicSpline': 'natural-cubic-zero',
  'Zero DoubleQuadratic': 'double-quadratic-zero',
  'df LogNaturalSplineDiscountFactor': 'natural-cubic-log-discount',
};

const datedRows = (file: string) =>
  dataRows(...folder, 'quotes', file).filter((row) => /^\d{4}/.test(row[0]!));

/** A node that comes less than this many days after the one before it is dropped where the file says `DropThis`. */
const minimumGap = (text: string | undefined): number => (text ? Number.parseInt(text, 10) : 0);

export function strataGroup(files: StrataFiles): StrataGroup {
  const quoteRows = datedRows(files.quotes);
  const trade = strataDay(quoteRows[0]![0]!);
  const spots = files.fx === undefined ? [] : datedRows(files.fx);
  const quotes = Object.fromEntries([
    ...quoteRows.map((row) => [row[2]!, Number(row[4])]),
    ...spots.map((row) => [row[1]!, Number(row[2])]),
  ]);
  const roles = dataRows(...folder, 'curves', ...files.groups).filter((row) => row[0] === files.group);
  const roleOf =
    (kind: string) =>
    (name: string): string => {
      const found = roles.find((row) => row[1] === kind && row[2] === name);
      if (!found) throw new Error(`${files.group} assigns no ${kind} curve to ${name}`);
      return found[3]!;
    };
  const setting = { trade, discount: roleOf('Discount'), forward: roleOf('Forward') };
  const left: string[] = [];
  const curves = new Map<string, CalibrationInstrument[]>(roles.map((row) => [row[3]!, []]));
  for (const row of dataRows(...folder, 'curves', ...files.nodes)) {
    const [curve, label, , quote, , type, convention, time, , gap] = row as string[];
    const list = curves.get(curve!);
    if (!list) continue;
    const made = strataInstrument(
      { curve: curve!, label: label!, quote: quote!, type: type!, convention: convention!, time: time! },
      setting,
    );
    const before = list.at(-1)?.pillar ?? trade;
    if (!made) left.push(`${curve}: ${strataMissing[type!] ?? type}`);
    else if (made.pillar - before < minimumGap(/^\d+D$/.test(gap ?? '') ? gap : undefined))
      left.push(`${curve} ${label}: falls before its neighbour, and the file itself says to drop it`);
    else list.push(made);
  }
  const schemeOf = new Map(
    dataRows(...folder, 'curves', ...files.settings).map((row) => [row[0]!, schemes[`${row[1]} ${row[3]}`]]),
  );
  const built = [...curves].filter(([, instruments]) => instruments.length > 0);
  return {
    definition: {
      reference: trade,
      curves: built.map(([name, instruments]) => ({
        name,
        interpolation: schemeOf.get(name)!,
        instruments,
      })),
    },
    quotes,
    left: [...new Set(left)],
  };
}

const example = (name: string): Pick<StrataFiles, 'nodes' | 'groups' | 'settings'> => ({
  nodes: [`calibrations${name}.csv`],
  groups: [`groups${name}.csv`],
  settings: [`settings${name}.csv`],
});
const inFolder = (
  name: string,
  setting = name,
  parent: readonly string[] = [name],
): Pick<StrataFiles, 'nodes' | 'groups' | 'settings'> => ({
  nodes: [...parent, `${name}-nodes.csv`],
  groups: [...parent, `${name}-group.csv`],
  settings: [...parent, `${setting}-settings.csv`],
});
const sterling = { quotes: 'MARKET-QUOTES-GBP-20160801.csv' };
const frtb = 'GBP-DSCONOIS-L6MIRS-FRTB';
const euro = 'EUR-DSCONOIS-EURIBOR3MBS-EURIBOR6MIRS';
const euroShort = 'EUR-DSCONOIS-E3BS-E6IRS';

const groups: readonly (StrataFiles & { readonly name: string; readonly left?: readonly string[] })[] = [
  {
    name: 'dollar, overnight and Libor 3M with futures',
    ...example(''),
    quotes: 'quotes.csv',
    group: 'USD-DSCON-LIBOR3M',
    left: [
      'settings-fwd.csv: the same quotes with USD-3ML made of simple forward rates; curves here are made of zero rates or discount factors',
    ],
  },
  {
    name: 'dollar at a second clearing house',
    ...example('-ccp2'),
    quotes: 'quotes-ccp2.csv',
    group: 'USD-DSCON-LIBOR3M-CCP2',
  },
  {
    name: 'dollar, averaged federal funds against Libor',
    ...example(''),
    nodes: ['calibrations-ffs.csv'],
    quotes: 'quotes.csv',
    group: 'USD-DSCON-LIBOR3M',
  },
  {
    name: 'dollar with inflation',
    ...example(''),
    nodes: ['calibrations-cpi.csv'],
    settings: ['settings-usd-cpi.csv'],
    quotes: 'quotes.csv',
    group: 'USD-DSCON-CPI',
  },
  {
    name: 'euro 2016, overnight, 3M by basis, 6M',
    ...example('-eur'),
    quotes: 'quotes-20160229-eur.csv',
    group: euro,
  },
  { name: 'euro 2015', ...example('-eur'), quotes: 'quotes-eur.csv', group: euro },
  {
    name: 'euro 2016, as one folder',
    ...inFolder(euroShort, euroShort, []),
    quotes: 'quotes-20160229-eur.csv',
    group: euroShort,
  },
  {
    name: 'sterling',
    ...inFolder('GBP-DSCONOIS-L6MIRS'),
    ...sterling,
    group: 'GBP-DSCONOIS-L6MIRS',
  },
  ...(['dq', 'linear', 'ncs'] as const).map((way) => ({
    name: `sterling at the FRTB vertices, ${way}`,
    ...inFolder(frtb, `${frtb}-${way}`),
    ...sterling,
    group: frtb,
  })),
  {
    name: 'euro collateralised in dollars, Libor',
    ...example('-xccy'),
    quotes: 'quotes-xccy.csv',
    fx: 'fx-rates-xccy.csv',
    group: 'USD-EUR-XCCY',
  },
  {
    name: 'euro collateralised in dollars, overnight',
    ...example('-xccy-ois'),
    quotes: 'quotes-xccy-ois.csv',
    fx: 'fx-rates-xccy-ois.csv',
    group: 'USD-DSCSOFR-EUR-DSC-ESTR',
  },
];

export const strataCases: readonly CurveSetCase[] = groups.map(({ name, left: known = [], ...files }) => ({
  name: `calibration-examples: ${name}`,
  path: folder,
  measure: () => {
    const { definition, quotes, left } = strataGroup(files);
    const { worst, count } = repriced(definition, quotes);
    return { curves: definition.curves.length, instruments: count, worst, left: [...known, ...left] };
  },
}));
