/** Nodes of curves in the CSV form of OpenGamma's examples, as calibration instruments. */
import { calendarOf } from '../../../pricing/calendars/calendar-registry';
import { type Day, parseDay } from '../../../pricing/calendars/date';
import { nextImm, thirdWednesday } from '../../../pricing/calendars/imm';
import { tenorOf } from '../../../pricing/calendars/tenor';
import { crossCurrencyBasis, fxForwardInstrument } from '../../../pricing/calibration/fx-instruments';
import {
  basisSwap,
  deposit,
  fixing,
  forwardRateAgreement,
  parSwap,
  rateFuture,
  type SwapConvention,
} from '../../../pricing/calibration/rate-instruments';
import { swapConventionNamed } from '../../../pricing/calibration/swap-conventions';
import type { CalibrationInstrument } from '../../../pricing/curves/term';
import { maturityOf, rateIndexOf, valueDateOf } from '../../../pricing/products/rate-index';
import { certain } from './dual-curve';

export interface StrataNode {
  readonly curve: string;
  readonly label: string;
  readonly quote: string;
  readonly type: string;
  readonly convention: string;
  readonly time: string;
}

export interface StrataSetting {
  readonly trade: Day;
  readonly discount: (currency: string) => string;
  readonly forward: (index: string) => string;
}

type Made = (node: StrataNode, setting: StrataSetting) => CalibrationInstrument;

const convention = (name: string): SwapConvention => certain(swapConventionNamed(name));
const namesOf = ({ quote, label }: StrataNode) => ({ quote, label: `${label} ${quote}` });

const shortDeposit: Made = (node, { trade }) => {
  const currency = node.convention.slice(0, 3);
  return deposit({
    ...namesOf(node),
    curve: node.curve,
    trade,
    spotLag: Number(node.convention.at(-1)),
    tenor: tenorOf(node.time),
    dayCount: currency === 'GBP' ? 'ACT/365F' : 'ACT/360',
    calendar: calendarOf(currency),
    convention: 'Following',
  });
};

const swap: Made = (node, { trade, discount, forward }) => {
  const own = convention(node.convention);
  return certain(
    parSwap({
      ...namesOf(node),
      trade,
      tenor: tenorOf(node.time),
      convention: own,
      discount: discount(own.index.currency),
      forward: forward(own.index.name),
    }),
  );
};

/** A spread between Euribor of two tenors, quoted as the difference of two swaps. */
const basisOfTenors: Made = (node, { trade, discount, forward }) => {
  const [, spread, flat] = /^(.*-EURIBOR-\d+M)-(EURIBOR-\d+M)$/.exec(node.convention)!;
  const spreadSide = convention(spread!);
  const flatSide = convention(spread!.replace(/EURIBOR-\d+M$/, flat!));
  return certain(
    basisSwap({
      ...namesOf(node),
      trade,
      tenor: tenorOf(node.time),
      discount: discount('EUR'),
      spreadSide: { convention: spreadSide, forward: forward(spreadSide.index.name) },
      flatSide: { convention: flatSide, forward: forward(flatSide.index.name) },
      quotedOnFixed: true,
    }),
  );
};

/** Federal funds averaged over a quarter and a spread, against Libor. */
const averagedBasis: Made = (node, { trade, discount, forward }) => {
  const flat = convention('USD-FIXED-6M-LIBOR-3M');
  const averaged: SwapConvention = {
    ...flat,
    index: rateIndexOf('USD-FED-FUND'),
    floatTenor: tenorOf('3M'),
    averaged: true,
  };
  return certain(
    basisSwap({
      ...namesOf(node),
      trade,
      tenor: tenorOf(node.time),
      discount: discount('USD'),
      spreadSide: { convention: averaged, forward: forward('USD-FED-FUND') },
      flatSide: { convention: flat, forward: forward('USD-LIBOR-3M') },
    }),
  );
};

const fxSwap: Made = (node, { trade, discount }) => {
  const [base, other] = node.convention.split('/') as [string, string];
  return fxForwardInstrument({
    ...namesOf(node),
    trade,
    spotLag: 2,
    tenor: tenorOf(node.time),
    calendar: calendarOf(`${base}+${other}`),
    spotQuote: node.convention,
    pointSize: 1,
    baseCurve: discount(base),
    quoteCurve: discount(other),
  });
};

const crossCurrency =
  (indices: readonly [string, string], paymentLag: number): Made =>
  (node, { trade, discount, forward }) => {
    const side = (name: string) => ({
      index: rateIndexOf(name),
      discount: discount(name.slice(0, 3)),
      forward: forward(name),
    });
    return certain(
      crossCurrencyBasis({
        ...namesOf(node),
        trade,
        spotLag: 2,
        tenor: tenorOf(node.time),
        periodTenor: tenorOf('3M'),
        calendar: calendarOf('EUR+USD'),
        paymentLag,
        spreadSide: side(indices[0]),
        flatSide: side(indices[1]),
      }),
    );
  };

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/** `0D+5` is the fifth quarterly contract from today, `Dec16` the one of that month. */
function deliveryOf(time: string, trade: Day): Day {
  const sequence = /^0D\+(\d+)$/.exec(time);
  if (!sequence)
    return thirdWednesday(2000 + Number(time.slice(3)), months.indexOf(time.slice(0, 3).toUpperCase()) + 1);
  let day = trade;
  for (let count = 0; count < Number(sequence[1]); count += 1) day = nextImm(day);
  return day;
}

const future: Made = (node, { trade }) => {
  const index = rateIndexOf('USD-LIBOR-3M');
  const start = valueDateOf(index, deliveryOf(node.time, trade) - 2);
  const end = maturityOf(index, start);
  return rateFuture({ ...namesOf(node), curve: node.curve, start, end, dayCount: index.dayCount, par: 1 });
};

const kinds: Readonly<Record<string, Made>> = {
  DEP: shortDeposit,
  FIX: (node, { trade }) =>
    fixing({ ...namesOf(node), curve: node.curve, trade, index: rateIndexOf(node.convention) }),
  FRA: (node, { trade }) =>
    forwardRateAgreement({
      ...namesOf(node),
      curve: node.curve,
      trade,
      index: rateIndexOf(node.convention),
      startsAfter: tenorOf(node.time.split('x')[0]!),
    }),
  OIS: swap,
  IRS: swap,
  BS3: basisOfTenors,
  ONI: averagedBasis,
  FXS: fxSwap,
  XCO: crossCurrency(['EUR-ESTR', 'USD-SOFR'], 2),
  XCS: crossCurrency(['EUR-EURIBOR-3M', 'USD-LIBOR-3M'], 0),
  IFU: future,
};

/** An instrument for a node; undefined for kinds that the library has not. */
export const strataInstrument = (node: StrataNode, setting: StrataSetting) =>
  kinds[node.type]?.(node, setting);

/** Why a kind is not there. */
export const strataMissing: Readonly<Record<string, string>> = {
  INF: 'zero-coupon inflation swaps: inflation is not among the products of the library',
};

export const strataDay = (text: string): Day => parseDay(text)!;
