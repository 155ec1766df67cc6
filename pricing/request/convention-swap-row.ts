/** Swaps and swaptions in the short form of a convention: a tenor, a rate, a notional. */
import { addBusinessDays, advance } from '../calendars/business-day';
import { type Day, formatDay, parseDay } from '../calendars/date';
import { parseTenor } from '../calendars/tenor';
import { conventionSwap, spotOf } from '../calibration/convention-swap';
import type { SwapConvention } from '../calibration/rate-instruments';
import { valuationDay } from '../measures/rates-market';
import type { SwapBook } from '../products/swap';
import { readDay } from './day-fields';
import type { RowReader } from './fields';
import { readSwapConvention, readTenor } from './named-fields';
import type { ReadContext } from './schema';

export const shortSwapFields = {
  convention: 'in place of legs: swap convention by its name or written out, and then:',
  tenor: 'of the swap, such as 5Y',
  paysFixed: 'true or false',
  notional: 'amount',
};

const emptySwap: SwapBook = { legs: [] };

const readCommon = (reader: RowReader) => ({
  paysFixed: reader.flag('paysFixed'),
  notional: reader.number('notional', { above: 0 }),
});

/** Starts at spot, a tenor after spot, or on a date. */
function startOf(reader: RowReader, convention: SwapConvention, context: ReadContext): Day {
  if (reader.has('start')) {
    reader.ignore('startsAfter');
    return readDay(reader, 'start');
  }
  reader.ignore('start');
  const spot = spotOf(convention, valuationDay(context));
  const after = reader.has('startsAfter') ? readTenor(reader, 'startsAfter') : undefined;
  reader.ignore('startsAfter');
  const { calendar, convention: rule, endOfMonth = false } = convention;
  return after ? advance(spot, after, { calendar, convention: rule, endOfMonth }) : spot;
}

export function readShortSwap(reader: RowReader, context: ReadContext): SwapBook {
  const convention = readSwapConvention(reader);
  const tenor = readTenor(reader);
  const rate = reader.number('rate', { least: -1, most: 1 });
  const spread = reader.number('spread', { least: -1, most: 1, otherwise: 0 });
  const common = readCommon(reader);
  const start = convention && startOf(reader, convention, context);
  if (!convention) reader.ignore('start', 'startsAfter');
  if (!convention || !tenor || start === undefined || reader.faults.length > 0) return emptySwap;
  return conventionSwap({ convention, tenor, start, rate, spread, ...common });
}

/** Exercised after a tenor or on a date; the swap starts at spot from then. */
function exerciseOf(reader: RowReader, convention: SwapConvention, context: ReadContext): Day {
  const text = reader.text('expiry');
  const tenor = parseTenor(text);
  const { calendar, convention: rule } = convention;
  if (tenor) return advance(valuationDay(context), tenor, { calendar, convention: rule });
  const day = parseDay(text);
  if (day === undefined && text !== '')
    reader.fault('expiry', 'date-must-be-valid', `expiry "${text}": write 1Y or 2027-01-15`);
  return day ?? Number.NaN;
}

export function readShortSwaption(
  reader: RowReader,
  context: ReadContext,
): { readonly swap: SwapBook; readonly exercises: readonly string[] } {
  const convention = readSwapConvention(reader);
  const tenor = readTenor(reader);
  const rate = reader.number('strike', { least: -1, most: 1 });
  const common = readCommon(reader);
  const exercise = convention && exerciseOf(reader, convention, context);
  if (!convention) reader.ignore('expiry');
  if (!convention || !tenor || exercise === undefined || reader.faults.length > 0)
    return { swap: emptySwap, exercises: [] };
  const start = addBusinessDays(exercise, convention.spotLag, convention.calendar);
  return {
    swap: conventionSwap({ convention, tenor, start, rate, ...common }),
    exercises: [formatDay(exercise)],
  };
}
