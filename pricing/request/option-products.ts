/** Options in closed form, quadrature or collocation, by the fields of their products. */
import {
  choice,
  expiry,
  type FlatField,
  flatSchema,
  moment,
  moments,
  number,
  numbers,
  positive,
} from './flat-schema';
import type { RowSchema } from './schema';

type Fields = Readonly<Record<string, FlatField>>;

const right = choice('the right to buy or to sell', ['call', 'put']);
const knock = choice('whether touching starts or ends it', ['in', 'out']);
const vanilla: Fields = { right, strike: positive('in the price unit of the underlying'), expiry: expiry() };
const corridor: Fields = {
  lower: number('barrier below the spot; 0 for none', { least: 0, otherwise: 0 }),
  upper: number('barrier above the spot; absent for none', { above: 0, otherwise: Number.POSITIVE_INFINITY }),
};
/** What is paid in cash must be said: left out, it is not zero. Where the asset is paid there is none. */
const cash: FlatField = {
  about: 'amount paid; absent where the asset is paid',
  read: (reader, name) => {
    if (reader.row['pays'] !== 'asset') return reader.number(name, { above: 0 });
    return reader.number(name, { least: 0, most: 0, otherwise: 0 });
  },
};
const pays = choice('what is paid', ['cash', 'asset'], 'cash');
const side = choice('where the barrier lies', ['down', 'up']);
const average: Fields = {
  ...vanilla,
  pastFixings: numbers('fixings before the valuation, oldest first; list of prices'),
  fixingTimes: moments('fixings to come'),
};
const running: Fields = {
  ...vanilla,
  elapsed: number('years of averaging behind', { least: 0, otherwise: 0 }),
  averageSoFar: number('average of those years', { least: 0, otherwise: 0 }),
};
const extreme = positive(
  'highest price so far for a call on the maximum, lowest for a put; the spot on the first day',
);
const oneOption: FlatField = {
  about: 'object {right, strike, time}',
  read: (reader, name) =>
    reader.within(name, (inner) => ({
      right: inner.oneOf('right', ['call', 'put']),
      strike: inner.number('strike', { above: 0 }),
      time: inner.number('time', { above: 0, most: 100 }),
    })),
};

const product = (name: string, kind: string, about: string, fields: Fields): RowSchema =>
  flatSchema({ name, kind, about, fields });

const onOne: readonly RowSchema[] = [
  product('spot', 'spot', 'the asset itself', { quantity: number('units held') }),
  product('forward', 'forward', 'delivery of the asset at the strike', {
    strike: positive('delivery price'),
    expiry: expiry(),
  }),
  product('future', 'future', 'a future against its last settlement, margined daily', {
    settled: positive('price it was last settled at'),
    expiry: expiry(),
  }),
  product('forward-option', 'forward-option', 'European option on a forward or future', {
    ...vanilla,
    strike: number('in the unit of the forward; may be negative under bachelier'),
  }),
  product('digital', 'digital-option', 'pays cash or the asset in the money', { ...vanilla, pays, cash }),
  product('gap', 'gap-option', 'exercised at one strike, paid against another', {
    ...vanilla,
    payoffStrike: positive('strike of the payment'),
  }),
  product('touch', 'touch-option', 'pays on touching a level, or at expiry on never touching it', {
    ...corridor,
    expiry: expiry(),
    pays,
    when: choice('when it is paid', ['at-hit', 'at-expiry']),
    knock,
    cash,
  }),
  product(
    'double-touch',
    'double-touch-option',
    'cash at expiry if neither barrier was touched, or if one was',
    {
      ...corridor,
      expiry: expiry(),
      knock,
      cash,
    },
  ),
  product('barrier', 'barrier-option', 'single or double barrier, watched always', {
    ...vanilla,
    ...corridor,
    knock,
    rebate: number('paid at the touch (out) or at expiry (in)', { least: 0, otherwise: 0 }),
  }),
  product('american-barrier', 'american-barrier-option', 'barrier option that may be exercised early', {
    ...vanilla,
    ...corridor,
    knock,
    rebate: number('paid at the touch', { least: 0, otherwise: 0 }),
  }),
  product('binary-barrier', 'binary-barrier-option', 'digital that is knocked in or out', {
    ...vanilla,
    ...corridor,
    knock,
    pays,
    cash,
  }),
  product('partial-barrier', 'partial-barrier-option', 'barrier watched for a part of the life', {
    ...vanilla,
    knock,
    barrier: positive('level'),
    side,
    watch: choice('which part is watched', ['start', 'end-cross', 'end-beyond']),
    cover: moment('when the watch ends or starts'),
  }),
  product('soft-barrier', 'soft-barrier-option', 'knocked in proportion to how far a range was crossed', {
    ...vanilla,
    knock,
    side,
    low: positive('lower end of the range'),
    high: positive('upper end of the range'),
  }),
  product('fixed-lookback', 'fixed-lookback', 'on the highest (call) or lowest (put) price', {
    ...vanilla,
    extreme,
  }),
  product('floating-lookback', 'floating-lookback', 'against the lowest (call) or highest (put) price', {
    right,
    expiry: expiry(),
    extreme: positive('lowest price so far for a call, highest for a put; the spot on the first day'),
  }),
  product('partial-fixed-lookback', 'partial-fixed-lookback', 'lookback watched towards the end', {
    ...vanilla,
    watchStart: moment('when the watch starts'),
  }),
  product('partial-floating-lookback', 'partial-floating-lookback', 'lookback watched at the beginning', {
    right,
    expiry: expiry(),
    extreme: positive('lowest price so far for a call, highest for a put'),
    lambda: positive('multiple of the extreme: at least 1 for a call, at most 1 for a put'),
    watchEnd: moment('when the watch ends'),
  }),
  product('geometric-asian', 'geometric-asian', 'on the geometric average of fixings', average),
  product('arithmetic-asian', 'arithmetic-asian', 'on the arithmetic average of fixings', average),
  product(
    'continuous-geometric-asian',
    'continuous-geometric-asian',
    'on a geometric average without pause',
    running,
  ),
  product(
    'continuous-arithmetic-asian',
    'continuous-arithmetic-asian',
    'on an arithmetic average without pause',
    running,
  ),
  product('compound', 'compound-option', 'an option on an option', {
    mother: oneOption,
    daughter: oneOption,
  }),
  product('forward-start', 'forward-start-option', 'struck at a multiple of a later price', {
    right,
    moneyness: positive('multiple of the price at the start'),
    start: moment('when the strike is set'),
    expiry: expiry(),
    pays: choice('the difference in price, or the return', ['price', 'performance'], 'price'),
  }),
];

const onTwo: readonly RowSchema[] = [
  product('exchange', 'exchange-option', 'the right to give the second asset for the first', {
    expiry: expiry(),
    quantity1: number('units of the first', { above: 0, otherwise: 1 }),
    quantity2: number('units of the second', { above: 0, otherwise: 1 }),
    exercise: choice('when', ['european', 'american'], 'european'),
  }),
  product('spread', 'spread-option', 'on the first price less the second', {
    ...vanilla,
    strike: number('may be zero or negative'),
  }),
  product('rainbow', 'rainbow-option', 'on the better or worse of two', {
    ...vanilla,
    best: choice('which of the two', ['maximum', 'minimum']),
  }),
  product(
    'two-asset-barrier',
    'two-asset-barrier-option',
    'payoff on the first asset, barrier on the second',
    {
      ...vanilla,
      knock,
      side,
      barrier: positive('level of the second asset'),
    },
  ),
];

export const optionProducts: readonly RowSchema[] = [...onOne, ...onTwo];
