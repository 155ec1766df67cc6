/** Curve groups in the CSV form of OpenGamma's examples: nodes and quotes to instruments. */
import { calendarOf } from '../../../pricing/calendars/calendar-registry.js';
import { type Day, parseDay } from '../../../pricing/calendars/date.js';
import { nextImm } from '../../../pricing/calendars/imm.js';
import { tenorOf } from '../../../pricing/calendars/tenor.js';
import { crossCurrencyBasis, fxForwardInstrument } from '../../../pricing/calibration/fx-instruments.js';
import {
  basisSwap,
  deposit,
  fixing,
  forwardRateAgreement,
  parSwap,
  rateFuture,
  type SwapConvention,
} from '../../../pricing/calibration/rate-instruments.js';
import { swapConventionNamed } from '../../../pricing/calibration/swap-conventions.js';
import type { CurveGroupDefinition } from '../../../pricing/curves/curve-group.js';
import type { InterpolationName } from '../../../pricing/curves/interpolation.js';
import type { CalibrationInstrument } from '../../../pricing/curves/term.js';
import { maturityOf, rateIndexOf, valueDateOf } from '../../../pricing/products/rate-index.js';
import { dataRows } from './data-folder.js';
import { certain } from './dual-curve.js';

export interface StrataGroup {
  readonly definition: CurveGroupDefinition;
  readonly quotes: Readonly<Record<string, number>>;
  /** Nodes left out, with the reason. */
  readonly left: readonly string[];
}

const folder = ['curves', 'calibration-examples'] as const;
const convention = (name: string): SwapConvention => certain(swapConventionNamed(name));

interface Node {
  readonly curve: string;
  readonly label: string;
  readonly quote: string;
  readonly type: string;
  readonly convention: string;
  readonly time: string;
}

interface Setting {
  readonly trade: Day;
  readonly discount: (currency: string) => string;
  readonly forward: (index: string) => string;
}

/** An instrument for a node; undefined for kinds that the library has not. */
function instrumentOf(node: Node, { trade, discount, forward }: Setting): CalibrationInstrument | undefined {
  const { curve, label, quote, type, time } = node;
  const named = { quote, label: `${label} ${quote}` };
  const currency = node.convention.slice(0, 3);
  if (type === 'DEP') {
    const spotLag = Number(node.convention.at(-1));
    const calendar = calendarOf(currency);
    const dayCount = currency === 'GBP' ? 'ACT/365F' : 'ACT/360';
    return deposit({
      ...named,
      curve,
      trade,
      spotLag,
      tenor: tenorOf(time),
      dayCount,
      calendar,
      convention: 'Following',
    });
  }
  if (type === 'FIX') return fixing({ ...named, curve, trade, index: rateIndexOf(node.convention) });
  if (type === 'FRA')
    return forwardRateAgreement({
      ...named,
      curve,
      trade,
      index: rateIndexOf(node.convention),
      startsAfter: tenorOf(time.split('x')[0]!),
    });
  if (type === 'OIS' || type === 'IRS') {
    const swap = convention(node.convention);
    return certain(
      parSwap({
        ...named,
        trade,
        tenor: tenorOf(time),
        convention: swap,
        discount: discount(currency),
        forward: forward(swap.index.name),
      }),
    );
  }
  if (type === 'BS3') {
    const [, spread, flat] = /^(.*-EURIBOR-\d+M)-(EURIBOR-\d+M)$/.exec(node.convention)!;
    const spreadSide = convention(spread!);
    const flatSide = convention(spread!.replace(/EURIBOR-\d+M$/, flat!));
    return certain(
      basisSwap({
        ...named,
        trade,
        tenor: tenorOf(time),
        discount: discount(currency),
        spreadSide: { convention: spreadSide, forward: forward(spreadSide.index.name) },
        flatSide: { convention: flatSide, forward: forward(flatSide.index.name) },
        quotedOnFixed: true,
      }),
    );
  }
  if (type === 'FXS') {
    const [base, other] = node.convention.split('/') as [string, string];
    const calendar = calendarOf(`${base}+${other}`);
    return fxForwardInstrument({
      ...named,
      trade,
      spotLag: 2,
      tenor: tenorOf(time),
      calendar,
      spotQuote: node.convention,
      pointSize: 1,
      baseCurve: discount(base),
      quoteCurve: discount(other),
    });
  }
  if (type === 'XCO') {
    const side = (name: string) => ({
      index: rateIndexOf(name),
      discount: discount(name.slice(0, 3)),
      forward: forward(name),
    });
    return certain(
      crossCurrencyBasis({
        ...named,
        trade,
        spotLag: 2,
        tenor: tenorOf(time),
        periodTenor: tenorOf('3M'),
        calendar: calendarOf('EUR+USD'),
        paymentLag: 2,
        spreadSide: side('EUR-ESTR'),
        flatSide: side('USD-SOFR'),
      }),
    );
  }
  if (type === 'IFU' && /^0D\+\d+$/.test(time) && label !== 'BAD') {
    let day = trade;
    for (let count = 0; count < Number(time.slice(3)); count += 1) day = nextImm(day);
    const index = rateIndexOf('USD-LIBOR-3M');
    return rateFuture({
      ...named,
      curve,
      start: valueDateOf(index, day - 2),
      end: maturityOf(index, valueDateOf(index, day - 2)),
      dayCount: index.dayCount,
      par: 1,
    });
  }
  return undefined;
}

export function strataGroup(
  files: {
    readonly nodes: readonly string[];
    readonly groups: readonly string[];
    readonly quotes: string;
    readonly group: string;
  },
  interpolation: InterpolationName,
): StrataGroup {
  const quoteRows = dataRows(...folder, 'quotes', files.quotes).filter((row) => /^\d{4}/.test(row[0]!));
  const trade = parseDay(quoteRows[0]![0]!)!;
  const quotes: Record<string, number> = Object.fromEntries(
    quoteRows.map((row) => [row[2]!, Number(row[4])]),
  );
  const roles = dataRows(...folder, 'curves', ...files.groups).filter((row) => row[0] === files.group);
  const roleOf =
    (kind: string) =>
    (name: string): string => {
      const found = roles.find((row) => row[1] === kind && row[2] === name);
      if (!found) throw new Error(`${files.group} assigns no ${kind} curve to ${name}`);
      return found[3]!;
    };
  const setting = { trade, discount: roleOf('Discount'), forward: roleOf('Forward') };
  const names = new Set(roles.map((row) => row[3]!));
  const left: string[] = [];
  const curves = new Map<string, CalibrationInstrument[]>([...names].map((name) => [name, []]));
  for (const [curve, label, , quote, , type, own, time] of dataRows(...folder, 'curves', ...files.nodes)) {
    const list = curves.get(curve!);
    if (!list) continue;
    const made = instrumentOf(
      { curve: curve!, label: label!, quote: quote!, type: type!, convention: own!, time: time! },
      setting,
    );
    if (!made) left.push(`${curve} ${label} (${type})`);
    else list.push(made);
  }
  return {
    definition: {
      reference: trade,
      curves: [...curves].map(([name, instruments]) => ({ name, interpolation, instruments })),
    },
    quotes,
    left,
  };
}
