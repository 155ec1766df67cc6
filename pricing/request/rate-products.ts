/** Rates products by the fields of their books; dates are ISO dates, conventions and calendars go by their names. */
import { failure } from '../contract';
import { resolveBond } from '../products/bond';
import { resolveCapFloor } from '../products/cap-floor';
import { type FraBook, resolveFra } from '../products/fra';
import { resolveFxForward } from '../products/fx-forward';
import { resolveSwap } from '../products/swap';
import { resolveSwaption, type SwaptionBook } from '../products/swaption';
import { resolveTermDeposit } from '../products/term-deposit';
import { readBond } from './bond-row';
import { readShortSwap, readShortSwaption, shortSwapFields } from './convention-swap-row';
import { RATE, type RowReader } from './fields';
import { readCapLeg, readSwap } from './rate-books';
import type { RowSchema } from './schema';

/** Resolving a book with faults would only repeat them in other words. */
const unread = failure('row-must-be-readable', 'the row has faults');
const resolved = <B, R>(reader: RowReader, book: B, resolve: (book: B) => R): R | typeof unread =>
  reader.faults.length > 0 ? unread : resolve(book);

const leg =
  '{type: fixed or floating, pays, currency, notional, dayCount, schedule, rate or index, spread, …}';
const schedule = '{start, end, tenor, calendar, convention, …}; end may be a tenor';

const termDeposit: RowSchema = {
  name: 'term-deposit',
  about: 'a notional lent or borrowed at a simple rate',
  fields: {
    lends: 'true or false',
    currency: 'ISO code',
    notional: 'amount',
    start: 'date',
    end: 'date',
    rate: 'simple, decimal',
    dayCount: 'by its name',
    calendar: 'whose business days BUS/252 counts (optional)',
  },
  read: (reader) =>
    resolved(
      reader,
      {
        lends: reader.flag('lends'),
        currency: reader.text('currency'),
        notional: reader.number('notional', { above: 0 }),
        start: reader.text('start'),
        end: reader.text('end'),
        rate: reader.number('rate', RATE),
        dayCount: reader.text('dayCount'),
        ...reader.optional<{ readonly calendar: string }>({ calendar: (field) => reader.text(field) }),
      },
      resolveTermDeposit,
    ),
};

const fra: RowSchema = {
  name: 'fra',
  about: 'forward rate agreement',
  fields: {
    buys: 'true: pays fixed',
    notional: 'amount',
    index: 'rate index by its name',
    start: 'date; moved by the convention of the index where it is a holiday',
    end: 'date, moved likewise (a tenor after the start when absent)',
    rate: 'decimal',
  },
  read: (reader) => {
    const book: FraBook = {
      buys: reader.flag('buys'),
      notional: reader.number('notional', { above: 0 }),
      index: reader.text('index'),
      start: reader.text('start'),
      rate: reader.number('rate', RATE),
      ...reader.optional<{ readonly end: string }>({ end: (field) => reader.text(field) }),
    };
    return resolved(reader, book, resolveFra);
  },
};

const readAmount = (reader: RowReader) => ({
  currency: reader.text('currency'),
  amount: reader.number('amount', { above: 0 }),
});
const noAmount = { currency: '', amount: Number.NaN };

const fxForward: RowSchema = {
  name: 'fx-forward',
  about: 'one currency bought for another on a date',
  fields: { bought: '{currency, amount}', sold: '{currency, amount}', settles: 'date' },
  read: (reader) =>
    resolved(
      reader,
      {
        bought: reader.within('bought', readAmount) ?? noAmount,
        sold: reader.within('sold', readAmount) ?? noAmount,
        settles: reader.text('settles'),
      },
      resolveFxForward,
    ),
};

const swap: RowSchema = {
  name: 'swap',
  about: 'legs against each other: fixed, floating, overnight, basis, cross-currency',
  fields: {
    legs: `list of ${leg}`,
    currency: 'of the value (the first leg’s when absent)',
    ...shortSwapFields,
    rate: 'fixed, decimal',
    spread: 'on the floating leg (0 when absent)',
    start: 'date (spot when absent)',
    startsAfter: 'tenor from spot (optional)',
  },
  read: (reader, context) =>
    resolved(
      reader,
      reader.has('convention') ? readShortSwap(reader, context) : readSwap(reader),
      resolveSwap,
    ),
};

const bond: RowSchema = {
  name: 'bond',
  about: 'fixed, floating or zero-coupon bond',
  fields: {
    currency: 'ISO code',
    face: 'amount',
    schedule,
    dayCount: 'by its name',
    coupon: 'decimal, or a list; without it and without floating a zero-coupon bond',
    floating: '{index, spread, fixingLag} in place of a coupon',
    settlementLag: 'business days',
    redemption: 'percent of face (100)',
    issue: 'date (optional)',
    paymentConvention: 'Following when absent',
    paymentCalendar: 'the schedule’s when absent',
  },
  read: (reader) => resolved(reader, readBond(reader), resolveBond),
};

const capFloor: RowSchema = {
  name: 'cap-floor',
  about: 'caplets or floorlets on a term rate, or in arrears on an overnight one',
  fields: {
    right: 'cap or floor',
    buys: 'true or false',
    strike: 'decimal',
    leg: '{currency, notional, dayCount, schedule, index, …}',
  },
  read: (reader) => {
    const right = reader.oneOf('right', ['cap', 'floor']);
    const buys = reader.flag('buys');
    const strike = reader.number('strike', RATE);
    const protectedLeg = reader.within('leg', readCapLeg);
    if (!protectedLeg) return unread;
    return resolved(reader, { right, buys, strike, leg: protectedLeg }, resolveCapFloor);
  },
};

const swaption: RowSchema = {
  name: 'swaption',
  about: 'the right to enter a swap; several exercise dates make it Bermudan',
  fields: {
    buys: 'true or false',
    swap: `{legs}: one fixed, one floating ${leg}`,
    exercises: 'list of dates',
    settlement: 'physical (default), cash-par-yield or cash-collateralised',
    ...shortSwapFields,
    strike: 'decimal',
    expiry: 'tenor such as 1Y, or date',
  },
  read: (reader, context) => {
    const terms = reader.has('convention')
      ? readShortSwaption(reader, context)
      : {
          swap: reader.within('swap', readSwap) ?? { legs: [] },
          exercises: reader.list('exercises', (inner) => inner.text('value')),
        };
    const book: SwaptionBook = {
      buys: reader.flag('buys'),
      ...terms,
      ...reader.optional<Pick<Required<SwaptionBook>, 'settlement'>>({
        settlement: (field) => reader.oneOf(field, ['physical', 'cash-par-yield', 'cash-collateralised']),
      }),
    };
    return resolved(reader, book, resolveSwaption);
  },
};

export const rateProducts: readonly RowSchema[] = [
  termDeposit,
  fra,
  fxForward,
  swap,
  bond,
  capFloor,
  swaption,
];
