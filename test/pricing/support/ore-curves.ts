/**
 * Curves from the configuration, conventions and quotes that Open Source Risk Engine's examples share: each segment of a
 * configured curve becomes instruments of the library. Par coupons, as that engine was built.
 */
import type { BusinessCalendar } from '../../../pricing/calendars/business-calendar';
import { conventionNamed } from '../../../pricing/calendars/business-day';
import { calendarOf } from '../../../pricing/calendars/calendar-registry';
import { type Day, parseDay } from '../../../pricing/calendars/date';
import { dayCountNamed } from '../../../pricing/calendars/day-count';
import { type Tenor, tenorOf } from '../../../pricing/calendars/tenor';
import { crossCurrencyBasis, fxForwardInstrument } from '../../../pricing/calibration/fx-instruments';
import {
  basisSwap,
  deposit,
  forwardRateAgreement,
  parSwap,
  type SwapConvention,
} from '../../../pricing/calibration/rate-instruments';
import type { CurveGroupDefinition } from '../../../pricing/curves/curve-group';
import type { CalibrationInstrument } from '../../../pricing/curves/term';
import { type RateIndex, rateIndexOf } from '../../../pricing/products/rate-index';
import { dataText } from './data-folder';
import { certain } from './dual-curve';
import { nodesOf, parseXml, textAt, type XmlNode } from './xml-tree';

export const oreFolder = ['risk-results', 'ore'] as const;
export const oreTrade: Day = parseDay('2016-02-05')!;

const calendarNames: Readonly<Record<string, string>> = {
  'US-FED': 'UnitedStates:FederalReserve',
  ZUB: 'Switzerland',
  SS: 'Sweden',
  JP: 'Japan',
};

export const oreCalendarName = (text: string): string =>
  text
    .split(',')
    .map((part) => calendarNames[part.trim()] ?? part.trim())
    .join('+');

/** Names that differ; the Swiss tomorrow-next index covers the very days of its successor. */
export const oreIndexName = (name: string): string =>
  ({ 'USD-FedFunds': 'USD-FED-FUND', 'CHF-TOIS': 'CHF-SARON' })[name] ?? name;

export const oreQuotes = (): Readonly<Record<string, number>> =>
  Object.fromEntries(
    dataText(...oreFolder, 'common-input', 'market_20160205.txt.gz')
      .split(/\r?\n/)
      .map((line) => line.split(/\s+/))
      .filter(([date]) => date === '20160205')
      .map(([, key, value]) => [key!, Number(value)]),
  );

const frequencies: Readonly<Record<string, Tenor>> = {
  Annual: tenorOf('1Y'),
  Semiannual: tenorOf('6M'),
};

interface Segment {
  readonly curve: string;
  readonly discount: string;
  readonly node: XmlNode;
  readonly convention: XmlNode;
}

const indexIn = (convention: XmlNode, tag = 'Index'): RateIndex =>
  rateIndexOf(oreIndexName(textAt(convention, tag)));

/** What a swap of an index looks like; the index says the calendar where the convention does not. */
function swapConvention(convention: XmlNode): SwapConvention {
  const index = indexIn(convention);
  const overnight = convention.tag === 'OIS';
  const calendar: BusinessCalendar = overnight
    ? index.calendar
    : calendarOf(oreCalendarName(textAt(convention, 'FixedCalendar')));
  return {
    spotLag: overnight ? Number(textAt(convention, 'SpotLag')) : index.fixingLag,
    calendar,
    fixedTenor: frequencies[textAt(convention, 'FixedFrequency')]!,
    fixedDayCount: certain(dayCountNamed(textAt(convention, 'FixedDayCounter'))),
    convention: certain(conventionNamed(textAt(convention, 'FixedConvention'))),
    index,
    paymentLag: Number(textAt(convention, 'PaymentLag') || 0),
    forwardOver: 'accrual-period',
  };
}

/** The floating leg of an index alone, as a side of a basis swap. */
const indexSide = (index: RateIndex): SwapConvention => ({
  spotLag: index.fixingLag,
  calendar: index.calendar,
  fixedTenor: index.tenor,
  fixedDayCount: index.dayCount,
  convention: 'ModifiedFollowing',
  index,
  forwardOver: 'accrual-period',
});

function oreDeposit({ curve, convention }: Segment, quote: string): CalibrationInstrument {
  const [, , , lag, tenor] = quote.split('/');
  return oreParDeposit(convention, tenor!, curve, { quote, overnight: lag === '0D' && tenor === '1D' });
}

/** A deposit by the index that its convention names. */
export function oreParDeposit(
  convention: XmlNode,
  tenor: string,
  curve: string,
  { quote = 'par', overnight = false } = {},
): CalibrationInstrument {
  const name = textAt(convention, 'Index');
  const index = rateIndexOf(oreIndexName(overnight ? name : `${name}-${tenor}`));
  const { dayCount, calendar, endOfMonth } = index;
  return deposit({
    quote,
    curve,
    trade: oreTrade,
    spotLag: overnight ? 0 : index.fixingLag,
    tenor: tenorOf(tenor),
    dayCount,
    calendar,
    convention: index.convention,
    endOfMonth,
  });
}

function oreFra({ curve, convention }: Segment, quote: string): CalibrationInstrument {
  const startsAfter = tenorOf(quote.split('/')[3]!);
  return forwardRateAgreement({
    quote,
    curve,
    trade: oreTrade,
    index: indexIn(convention),
    startsAfter,
    endCountsFrom: 'start',
  });
}

/** A swap of a convention at its par rate. */
export const oreParSwap = (
  convention: XmlNode,
  tenor: string,
  curves: { readonly discount: string; readonly forward: string },
  quote = 'par',
): CalibrationInstrument =>
  certain(
    parSwap({
      quote,
      trade: oreTrade,
      tenor: tenorOf(tenor),
      convention: swapConvention(convention),
      ...curves,
    }),
  );

const oreSwap = ({ curve, discount, convention }: Segment, quote: string): CalibrationInstrument =>
  oreParSwap(convention, quote.slice(quote.lastIndexOf('/') + 1), { discount, forward: curve }, quote);

/**
 * The spread stands on the leg received. Where that compounds shorter rates over its period, it earns what their curve grows
 * by, as an overnight rate does; the curve that is built is then the other leg's.
 */
function oreBasis({ curve, discount, node, convention }: Segment, quote: string): CalibrationInstrument {
  const received = indexIn(convention, 'ReceiveIndex');
  const compounds = textAt(convention, 'SubPeriodsCouponType') === 'Compounding';
  const index = compounds ? { ...received, overnight: true } : received;
  const floatTenor = compounds ? { floatTenor: tenorOf(textAt(convention, 'ReceiveFrequency')) } : {};
  return certain(
    basisSwap({
      quote,
      trade: oreTrade,
      tenor: tenorOf(quote.slice(quote.lastIndexOf('/') + 1)),
      discount,
      spreadSide: {
        convention: { ...indexSide(index), ...floatTenor },
        forward: textAt(node, 'ProjectionCurveReceive') || curve,
      },
      flatSide: {
        convention: indexSide(indexIn(convention, 'PayIndex')),
        forward: textAt(node, 'ProjectionCurvePay'),
      },
    }),
  );
}

function oreForward({ curve, node, convention }: Segment, quote: string): CalibrationInstrument {
  return fxForwardInstrument({
    quote,
    trade: oreTrade,
    spotLag: Number(textAt(convention, 'SpotDays')),
    tenor: tenorOf(quote.slice(quote.lastIndexOf('/') + 1)),
    calendar: calendarOf(oreCalendarName(textAt(convention, 'AdvanceCalendar'))),
    spotQuote: textAt(node, 'SpotRate'),
    pointSize: 1 / Number(textAt(convention, 'PointsFactor')),
    baseCurve: textAt(node, 'DiscountCurve'),
    quoteCurve: curve,
  });
}

function oreCrossCurrency({ curve, node, convention }: Segment, quote: string): CalibrationInstrument {
  return certain(
    crossCurrencyBasis({
      quote,
      trade: oreTrade,
      spotLag: Number(textAt(convention, 'SettlementDays')),
      tenor: tenorOf(quote.slice(quote.lastIndexOf('/') + 1)),
      periodTenor: tenorOf('3M'),
      calendar: calendarOf(oreCalendarName(textAt(convention, 'SettlementCalendar'))),
      forwardOver: 'accrual-period',
      resets: textAt(convention, 'FlatIndexIsResettable') === 'Y' ? 'flat-side' : 'none',
      flatSide: {
        index: indexIn(convention, 'FlatIndex'),
        discount: textAt(node, 'DiscountCurve'),
        forward: textAt(node, 'ProjectionCurveForeign'),
      },
      spreadSide: {
        index: indexIn(convention, 'SpreadIndex'),
        discount: curve,
        forward: textAt(node, 'ProjectionCurveDomestic'),
      },
    }),
  );
}

const kinds: Readonly<Record<string, (segment: Segment, quote: string) => CalibrationInstrument>> = {
  Deposit: oreDeposit,
  FRA: oreFra,
  OIS: oreSwap,
  Swap: oreSwap,
  'Tenor Basis Swap': oreBasis,
  'FX Forward': oreForward,
  'Cross Currency Basis Swap': oreCrossCurrency,
};

export interface OreCurves {
  readonly definition: CurveGroupDefinition;
  readonly quotes: Readonly<Record<string, number>>;
}

/** Conventions by their names. */
export const oreConventions = (): ReadonlyMap<string, XmlNode> =>
  new Map(
    parseXml(dataText(...oreFolder, 'common-input', 'conventions.xml.gz')).children.map((node) => [
      textAt(node, 'Id'),
      node,
    ]),
  );

/** The curves named, from segments of the kinds that are wanted (all where absent). */
export function oreCurves(
  names: readonly string[],
  wanted: (kind: string, curve: string) => boolean = () => true,
): OreCurves {
  const config = parseXml(dataText(...oreFolder, 'common-input', 'curveconfig.xml.gz'));
  const conventions = oreConventions();
  const quotes = oreQuotes();
  const configured = nodesOf(config, 'YieldCurve');
  const curves = names.map((name) => {
    const node = configured.find((each) => textAt(each, 'CurveId') === name)!;
    const discount = textAt(node, 'DiscountCurve') || name;
    const segments = nodesOf(node, 'Segments')[0]!.children;
    const instruments = segments
      .filter((segment) => wanted(textAt(segment, 'Type'), name))
      .flatMap((segment) => {
        const convention = conventions.get(textAt(segment, 'Conventions'))!;
        return nodesOf(segment, 'Quote')
          .filter((quote) => quote.text in quotes)
          .map((quote) =>
            kinds[textAt(segment, 'Type')]!({ curve: name, discount, node: segment, convention }, quote.text),
          );
      });
    return { name, interpolation: 'log-linear-discount' as const, instruments };
  });
  return { definition: { reference: oreTrade, curves }, quotes };
}
