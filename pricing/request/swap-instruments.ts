/** Quotes of many periods as rows hold them: swaps, basis swaps, FX forwards, cross-currency basis, bonds. */
import { formatTenor } from '../calendars/tenor';
import { bondInstrument } from '../calibration/bond-instrument';
import {
  type CrossCurrencyBasisTerms,
  type CrossCurrencySide,
  crossCurrencyBasis,
  fxForwardInstrument,
} from '../calibration/fx-instruments';
import { isdaDeposit, isdaSwap } from '../calibration/isda-yield-curve';
import { basisSwap, parSwap } from '../calibration/rate-instruments';
import type { Result } from '../contract';
import type { CalibrationInstrument } from '../curves/term';
import { bondSettlement } from '../measures/bond';
import { resolveBond } from '../products/bond';
import { readBond } from './bond-row';
import {
  type CurveSetting,
  discountRole,
  forwardRole,
  quoteName,
  type ReadInstrument,
} from './curve-setting';
import type { RowReader } from './fields';
import { readCalendar, readIndex, readSwapConvention, readTenor } from './named-fields';

const rate = { least: -1, most: 1 };

/** What the instrument itself refuses is a fault of its tenor. */
const made = (
  reader: RowReader,
  result: Result<CalibrationInstrument>,
  value: number,
): ReturnType<ReadInstrument> => {
  if (result.ok) return { value, instrument: result.value };
  reader.fault('tenor', result.reason, result.message);
  return undefined;
};

const readSide = (reader: RowReader, field: string, setting: CurveSetting) => {
  const convention = readSwapConvention(reader, field);
  if (!convention) return undefined;
  const { index } = convention;
  const discount = discountRole(reader, field, { currency: index.currency, setting });
  const forward = forwardRole(reader, field, { index, setting });
  return discount && forward ? { convention, discount, forward } : undefined;
};

const readSwap: ReadInstrument = (reader, setting) => {
  const tenor = readTenor(reader);
  const side = readSide(reader, 'convention', setting);
  const startsAfter = reader.has('startsAfter') ? readTenor(reader, 'startsAfter') : undefined;
  reader.ignore('startsAfter');
  const value = reader.quote(rate);
  if (!tenor || !side) return undefined;
  const label = startsAfter ? `${formatTenor(startsAfter)}+${formatTenor(tenor)}` : formatTenor(tenor);
  const terms = { ...quoteName(reader, setting, label), trade: setting.trade, tenor, ...side };
  return made(reader, parSwap({ ...terms, ...(startsAfter && { startsAfter }) }), value);
};

const readBasis: ReadInstrument = (reader, setting) => {
  const tenor = readTenor(reader);
  const spreadSide = readSide(reader, 'convention', setting);
  const flatSide = readSide(reader, 'flatConvention', setting);
  const quotedOnFixed = reader.flag('quotedOnFixed', { otherwise: false });
  const value = reader.quote(rate);
  if (!tenor || !spreadSide || !flatSide) return undefined;
  const named = quoteName(reader, setting, formatTenor(tenor));
  const { discount } = flatSide;
  return made(
    reader,
    basisSwap({ ...named, trade: setting.trade, tenor, discount, spreadSide, flatSide, quotedOnFixed }),
    value,
  );
};

const lagField = (reader: RowReader, field: string, otherwise: number): number =>
  reader.number(field, { least: 0, most: 60, integer: true, otherwise });

const readFxForward: ReadInstrument = (reader, setting) => {
  const pair = reader.text('pair');
  const tenor = readTenor(reader);
  const calendar = readCalendar(reader);
  const spotLag = lagField(reader, 'spotLag', 2);
  const value = reader.quote();
  const point = reader.optional<{ readonly pointSize: number }>({
    pointSize: (field) => reader.number(field, { above: 0, most: 1 }),
  });
  const [base, other] = [pair.slice(0, 3), pair.slice(3)];
  if (pair !== '' && setting.fx[pair] === undefined)
    reader.fault('pair', 'fx-rate-must-be-present', `no rate of ${pair} in the market: give it in "fx"`);
  const baseCurve = discountRole(reader, 'pair', { currency: base, setting });
  const quoteCurve = discountRole(reader, 'pair', { currency: other, setting });
  if (!tenor || !calendar || !baseCurve || !quoteCurve || !setting.fx[pair]) return undefined;
  const named = quoteName(reader, setting, `${pair} ${formatTenor(tenor)}`);
  const { trade } = setting;
  const instrument = fxForwardInstrument({
    ...named,
    ...point,
    trade,
    spotLag,
    tenor,
    calendar,
    spotQuote: pair,
    baseCurve,
    quoteCurve,
  });
  return { value, instrument, pairs: [pair] };
};

function crossSide(reader: RowReader, field: string, setting: CurveSetting): CrossCurrencySide | undefined {
  const index = readIndex(reader, field);
  if (!index) return undefined;
  const discount = discountRole(reader, field, { currency: index.currency, setting });
  const forward = forwardRole(reader, field, { index, setting });
  return discount && forward ? { index, discount, forward } : undefined;
}

const readCrossBasis: ReadInstrument = (reader, setting) => {
  const tenor = readTenor(reader);
  const periodTenor = readTenor(reader, 'periodTenor', '3M');
  const calendar = readCalendar(reader);
  const spreadSide = crossSide(reader, 'index', setting);
  const flatSide = crossSide(reader, 'flatIndex', setting);
  const lags = { spotLag: lagField(reader, 'spotLag', 2), paymentLag: lagField(reader, 'paymentLag', 0) };
  const own = reader.optional<Required<Pick<CrossCurrencyBasisTerms, 'forwardOver' | 'resets'>>>({
    forwardOver: (field) => reader.oneOf(field, ['index-period', 'accrual-period'] as const),
    resets: (field) => reader.oneOf(field, ['none', 'spread-side', 'flat-side'] as const),
  });
  const value = reader.quote(rate);
  if (!tenor || !periodTenor || !calendar || !spreadSide || !flatSide) return undefined;
  const named = quoteName(reader, setting, formatTenor(tenor));
  const { trade } = setting;
  return made(
    reader,
    crossCurrencyBasis({
      ...named,
      ...own,
      trade,
      ...lags,
      tenor,
      periodTenor,
      calendar,
      spreadSide,
      flatSide,
    }),
    value,
  );
};

const readBondQuote: ReadInstrument = (reader, setting) => {
  const value = reader.quote({ above: 0, most: 1000 });
  const book = reader.within('bond', readBond);
  if (!book || reader.faults.length > 0) return undefined;
  const bond = resolveBond(book);
  if (!bond.ok) {
    reader.fault('bond', bond.reason, bond.message);
    return undefined;
  }
  const { curve, trade } = setting;
  if (bond.value.maturity <= bondSettlement(bond.value, trade)) {
    reader.fault('bond', 'settled', 'the bond is redeemed by the settlement of its price');
    return undefined;
  }
  if (bond.value.flows.every(({ type }) => type === 'fixed')) {
    const named = quoteName(reader, setting, `bond ${book.schedule.end}`);
    return { value, instrument: bondInstrument({ ...named, bond: bond.value, trade, curve }) };
  }
  reader.fault('bond', 'bond-must-pay-fixed-coupons', 'a curve is fitted to bonds of fixed coupons alone');
  return undefined;
};

/** Rates of the curve that the ISDA standard model discounts on. */
const readIsda =
  (make: typeof isdaSwap): ReadInstrument =>
  (reader, setting) => {
    const currency = reader.text('currency');
    const tenor = readTenor(reader);
    const value = reader.quote(rate);
    if (!tenor) return undefined;
    const named = quoteName(reader, setting, formatTenor(tenor));
    const { curve, trade } = setting;
    const result = make({ ...named, currency, curve, trade, tenor });
    if (result.ok) return { value, instrument: result.value };
    reader.fault('currency', result.reason, result.message);
    return undefined;
  };

export const swapInstruments = {
  swap: readSwap,
  'basis-swap': readBasis,
  'fx-forward': readFxForward,
  'cross-currency-basis': readCrossBasis,
  bond: readBondQuote,
  'isda-deposit': readIsda(isdaDeposit),
  'isda-swap': readIsda(isdaSwap),
} as const;
