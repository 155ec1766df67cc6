/** Quotes of one period as rows hold them: deposits, fixings, forward rate agreements, futures. */
import { addMonths, type Day, dayFrom } from '../calendars/date';
import { thirdWednesday } from '../calendars/imm';
import { formatTenor } from '../calendars/tenor';
import { hoLeeConvexity, hullWhiteConvexity } from '../calibration/futures-convexity';
import {
  deposit,
  fixing,
  forwardRateAgreement,
  forwardRateBetween,
  rateFuture,
} from '../calibration/rate-instruments';
import { overnightAccrual } from '../measures/overnight-accrual';
import { maturityOf, type RateIndex } from '../products/rate-index';
import { type CurveSetting, quoteName, type ReadInstrument } from './curve-setting';
import { readDay } from './day-fields';
import type { RowReader } from './fields';
import { readBusinessDay, readCalendar, readDayCount, readIndex, readTenor } from './named-fields';

const rate = { least: -1, most: 1 };

/** By the conventions of an index, or written out. */
const readDeposit: ReadInstrument = (reader, setting) => {
  const tenor = readTenor(reader);
  const value = reader.quote(rate);
  const index = reader.has('index') ? readIndex(reader) : undefined;
  const own = {
    spotLag: reader.number('spotLag', {
      least: 0,
      most: 10,
      integer: true,
      otherwise: index?.fixingLag ?? 2,
    }),
    endOfMonth: reader.flag('endOfMonth', { otherwise: index?.endOfMonth ?? false }),
    convention: readBusinessDay(reader, index?.convention ?? 'ModifiedFollowing'),
    calendar: reader.has('calendar') || !index ? readCalendar(reader) : index.calendar,
    dayCount: reader.has('dayCount') || !index ? readDayCount(reader) : index.dayCount,
  };
  reader.ignore('index', 'calendar', 'dayCount');
  const { convention, calendar, dayCount } = own;
  if (!tenor || !convention || !calendar || !dayCount) return undefined;
  const named = quoteName(reader, setting, formatTenor(tenor));
  const { curve, trade } = setting;
  return {
    value,
    instrument: deposit({ ...named, curve, trade, tenor, ...own, convention, calendar, dayCount }),
  };
};

const readFixing: ReadInstrument = (reader, setting) => {
  const index = readIndex(reader);
  const value = reader.quote(rate);
  if (!index) return undefined;
  const { curve, trade } = setting;
  const named = quoteName(reader, setting, formatTenor(index.tenor));
  return { value, instrument: fixing({ ...named, curve, trade, index }) };
};

const readFra: ReadInstrument = (reader, setting) => {
  const index = readIndex(reader);
  const value = reader.quote(rate);
  const { curve, trade } = setting;
  if (reader.has('start') || reader.has('end')) {
    reader.ignore('startsAfter', 'endCountsFrom');
    const [start, end] = [readDay(reader, 'start'), readDay(reader, 'end')];
    if (end <= start) reader.fault('end', 'date-must-be-after-start', 'the period must end after its start');
    if (!index || !(end > start)) return undefined;
    const named = quoteName(reader, setting, `${reader.text('start')} FRA`);
    return {
      value,
      instrument: forwardRateBetween({ ...named, curve, start, end, dayCount: index.dayCount }),
    };
  }
  const startsAfter = readTenor(reader, 'startsAfter');
  const counted = reader.optional<{ readonly endCountsFrom: 'spot' | 'start' }>({
    endCountsFrom: (field) => reader.oneOf(field, ['spot', 'start'] as const),
  });
  if (!index || !startsAfter) return undefined;
  const named = quoteName(reader, setting, `${formatTenor(startsAfter)}+${formatTenor(index.tenor)}`);
  return {
    value,
    instrument: forwardRateAgreement({ ...named, ...counted, curve, trade, index, startsAfter }),
  };
};

interface Period {
  readonly start: Day;
  readonly end: Day;
  readonly label: string;
}

/** The quarter from the third Wednesday of a month, as futures on overnight rates count it; a term rate has its tenor. */
function contractPeriod(month: string, index: RateIndex): Period | undefined {
  const parts = /^(\d{4})-(\d\d)$/.exec(month);
  const [year, number] = [Number(parts?.[1]), Number(parts?.[2])];
  if (!parts || number < 1 || number > 12) return undefined;
  const start = thirdWednesday(year, number);
  if (!index.overnight) return { start, end: maturityOf(index, start), label: month };
  const after = addMonths(dayFrom(year, number, 1), 3);
  const later = new Date(after * 86_400_000);
  return { start, end: thirdWednesday(later.getUTCFullYear(), later.getUTCMonth() + 1), label: month };
}

function readPeriod(reader: RowReader, index: RateIndex): Period | undefined {
  if (reader.has('start') || reader.has('end')) {
    reader.ignore('month');
    const [start, end] = [readDay(reader, 'start'), readDay(reader, 'end')];
    if (end <= start) reader.fault('end', 'date-must-be-after-start', 'the period must end after its start');
    return end > start ? { start, end, label: reader.text('start') } : undefined;
  }
  const month = reader.text('month');
  const period = contractPeriod(month, index);
  if (!period && month !== '')
    reader.fault('month', 'month-must-be-valid', `"${month}" is no contract month: write 2026-06`);
  return period;
}

/** Futures rate less forward rate: a number, or a model's by {volatility} (Ho–Lee) or {volatility, reversion}. */
function readConvexity(
  reader: RowReader,
  at: Period & { readonly trade: Day; readonly futuresRate: number },
): number {
  if (!reader.has('convexity')) return 0;
  // A quarter that has begun is a future on what is left of it.
  const [start, end] = [Math.max(at.start - at.trade, 0) / 365, (at.end - at.trade) / 365];
  const value = reader.row['convexity'];
  if (typeof value === 'number' || (typeof value === 'string' && !value.trim().startsWith('{')))
    return reader.number('convexity', { least: -0.1, most: 0.1 });
  const model = reader.within('convexity', (inner) => ({
    volatility: inner.number('volatility', { least: 0, most: 1 }),
    reversion: inner.number('reversion', { least: -1, most: 10, otherwise: Number.NaN }),
  }));
  if (!model) return 0;
  const { volatility, reversion } = model;
  return Number.isNaN(reversion)
    ? hoLeeConvexity({ volatility, start, end })
    : hullWhiteConvexity({ futuresRate: at.futuresRate, reversion, volatility, start, end });
}

const readFuture: ReadInstrument = (reader, setting: CurveSetting) => {
  const index = readIndex(reader);
  const par = reader.number('par', { above: 0, most: 1e6, otherwise: 100 });
  const value = reader.quote({ above: 0, most: 2 * par });
  const averaged = reader.flag('averaged', { otherwise: false });
  const period = index && readPeriod(reader, index);
  if (!index) reader.ignore('start', 'end', 'month');
  if (!index || !period) {
    reader.ignore('convexity');
    return undefined;
  }
  const { curve, trade } = setting;
  const futuresRate = 1 - value / par;
  const convexity = readConvexity(reader, { ...period, trade, futuresRate });
  const named = quoteName(reader, setting, period.label);
  const { start, end } = period;
  const { dayCount } = index;
  const { reference: today, fixings } = setting;
  const begun = index.overnight && start < today && today < end;
  const earned = begun ? overnightAccrual(index, fixings, { start, end, today }) : undefined;
  if (earned && !earned.ok) reader.fault('', earned.reason, `${period.label} has begun: ${earned.message}`);
  return {
    value,
    instrument: rateFuture({
      ...named,
      curve,
      start,
      end,
      dayCount,
      convexity,
      par,
      ...(averaged ? { averages: index } : {}),
      ...(earned?.ok ? { earned: earned.value } : {}),
    }),
  };
};

export const moneyInstruments = {
  deposit: readDeposit,
  fixing: readFixing,
  fra: readFra,
  future: readFuture,
} as const;
