/** Single values of bonds and rate options from unit tests of other libraries. */
import { addBusinessDays, advance } from '../../../pricing/calendars/business-day';
import { calendarOf } from '../../../pricing/calendars/calendar-registry';
import { formatDay, microsOfDay, parseDay } from '../../../pricing/calendars/date';
import { yearFraction } from '../../../pricing/calendars/day-count';
import { tenorOf } from '../../../pricing/calendars/tenor';
import { fitHullWhite, type SwaptionQuote } from '../../../pricing/calibration/hull-white';
import type { Result } from '../../../pricing/contract';
import { discountCurve, flatCurve } from '../../../pricing/curves/discount-curve';
import { bondPrices, bondSettlement } from '../../../pricing/measures/bond';
import { capFloorPricers } from '../../../pricing/measures/cap-floor';
import type { RatesMarket } from '../../../pricing/measures/rates-market';
import { parSwapRate } from '../../../pricing/measures/swap';
import { cleanPriceFromYield, yieldFromCleanPrice } from '../../../pricing/models/bond-yield';
import { hestonStrip } from '../../../pricing/models/heston-strip';
import { type Bond, resolveBond } from '../../../pricing/products/bond';
import { resolveCapFloor } from '../../../pricing/products/cap-floor';
import { resolveSwap } from '../../../pricing/products/swap';
import { resolveSwaption } from '../../../pricing/products/swaption';
import {
  type AnyReferenceTable,
  csvRows,
  type Judged,
  numberIn,
  type ReferenceTable,
  type Row,
} from './reference-table';

const certain = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.message);
  return result.value;
};

interface SingleValue {
  readonly id: string;
  readonly inputs: Readonly<Record<string, string | number | readonly number[]>>;
  readonly expected: number;
  readonly tolerance: number;
}

/** A continuously compounded ACT/360 rate, as the cases quote it, on the curve's own ACT/365F. */
export const flatAct360 = (reference: string, rate: number): RatesMarket => {
  const curve = discountCurve({
    name: 'flat',
    reference: parseDay(reference)!,
    times: Float64Array.of(1),
    zeros: Float64Array.of((rate * 365) / 360),
    interpolation: 'log-linear-discount',
  });
  return {
    curves: new Map([['flat', curve]]),
    discount: { USD: 'flat', EUR: 'flat' },
    forward: { 'EUR-EURIBOR-6M': 'flat' },
  };
};

function bondOf({ inputs }: SingleValue): Bond {
  const text = (name: string): string => inputs[name] as string;
  const nullCalendar = text('calendar').startsWith('null');
  const calendar = nullCalendar ? 'NullCalendar' : 'UnitedStates:GovernmentBond';
  const coupons = inputs['coupons'] as readonly number[] | undefined;
  const issue = text('issue');
  return certain(
    resolveBond({
      currency: 'USD',
      face: 100,
      redemption: 100,
      schedule: {
        start: text('start') ?? issue,
        end: text('maturity'),
        tenor: coupons ? '6M' : '100Y',
        calendar,
        convention: 'Unadjusted',
        endOfMonth: text('schedule')?.includes('null calendar, end of month') === true,
      },
      dayCount: coupons ? 'ACT/ACT ICMA' : 'ACT/360',
      ...(coupons ? { coupon: coupons } : {}),
      settlementLag: 1,
      issue,
      paymentConvention: 'ModifiedFollowing',
    }),
  );
}

function bondCase(row: SingleValue): Judged {
  const { inputs, expected, tolerance } = row;
  const bond = bondOf(row);
  const settles =
    inputs['settlement'] === undefined
      ? bondSettlement(bond, parseDay(inputs['evaluation_date'] as string)!)
      : parseDay(inputs['settlement'] as string)!;
  const terms = { compounding: 'Compounded', frequency: 2, settlement: settles } as const;
  if (inputs['yield_'] !== undefined) {
    return { expected, tolerance, actual: cleanPriceFromYield(bond, inputs['yield_'] as number, terms) };
  }
  if (inputs['clean_price'] !== undefined) {
    const actual = certain(yieldFromCleanPrice(bond, inputs['clean_price'] as number, terms));
    return { expected, tolerance, actual };
  }
  const evaluated = inputs['evaluation_date'] as string;
  const context = { valuationTime: microsOfDay(parseDay(evaluated)!), snapshot: 'case' };
  return {
    expected,
    tolerance,
    actual: certain(bondPrices(bond, { market: flatAct360(evaluated, 0.03), context })).clean,
  };
}

function capCase({ inputs, expected, tolerance }: SingleValue): Judged {
  const text = (name: string): string => inputs[name] as string;
  // The curve of the case starts at settlement, two days after the valuation.
  const market = flatAct360(text('settlement'), 0.05);
  const cap = certain(
    resolveCapFloor({
      right: text('type') as 'cap' | 'floor',
      buys: true,
      strike: inputs['strike'] as number,
      leg: {
        currency: 'EUR',
        notional: inputs['notional'] as number,
        index: 'EUR-EURIBOR-6M',
        dayCount: 'ACT/360',
        forwardOver: 'accrual-period',
        schedule: {
          start: text('start'),
          end: text('length'),
          tenor: '6M',
          calendar: 'TARGET',
          convention: 'ModifiedFollowing',
          rule: 'Forward',
        },
      },
    }),
  );
  const context = { valuationTime: microsOfDay(parseDay(text('evaluation_date'))!), snapshot: 'case' };
  const model = { kind: 'black', market, volatility: inputs['black_vol'] as number } as const;
  return { expected, tolerance, actual: certain(capFloorPricers.black.price(cap, model, context)).value };
}

function hestonCase({ inputs, expected, tolerance }: SingleValue): Judged {
  const number = (name: string): number => inputs[name] as number;
  const [from, to] = [parseDay(inputs['evaluation_date'] as string)!, parseDay(inputs['expiry'] as string)!];
  const expiry = yearFraction('ACT/ACT ISDA', from, to);
  const { call } = hestonStrip({
    parameters: {
      v0: number('v0'),
      kappa: number('kappa'),
      theta: number('theta'),
      sigma: number('sigma'),
      rho: number('rho'),
    },
    forward: number('spot') * Math.exp((number('r') - number('q')) * expiry),
    discount: Math.exp(-number('r') * expiry),
    expiry,
    strikes: [number('strike')],
  });
  return { expected, tolerance, actual: call[0]! };
}

const singleValues: ReferenceTable<SingleValue> = {
  file: 'rates_single_values.json',
  rows: (text) => (JSON.parse(text) as { readonly cases: readonly SingleValue[] }).cases,
  price: (row) => {
    if (/bond|tnote/.test(row.id)) return bondCase(row);
    if (/^black_(cap|floor)/.test(row.id)) return capCase(row);
    return hestonCase(row);
  },
};

/** Mean reversion and volatility that the source's own test states for par coupons, which its engine takes throughout. */
const cached = { reversion: 0.0464041, volatility: 0.00579912 };

const hullWhite: ReferenceTable<readonly Row[]> = {
  file: 'shortratemodels.testCachedHullWhite.data.csv',
  // Five volatilities make one calibration: one row of the judged table.
  rows: (text) => [csvRows(text)],
  price: (rows) => {
    const settlement = parseDay('2002-02-19')!;
    const market: RatesMarket = {
      curves: new Map([['flat', flatCurve('flat', settlement, 0.04875825)]]),
      discount: { EUR: 'flat' },
      forward: { 'EUR-EURIBOR-6M': 'flat' },
    };
    // Times in the source count from the curve's first day, the settlement.
    const context = { valuationTime: microsOfDay(settlement), snapshot: 'case' };
    const target = calendarOf('TARGET');
    const quotes = rows.map((row): SwaptionQuote => {
      const exercise = advance(settlement, tenorOf(`${row['start']}Y`), {
        calendar: target,
        convention: 'ModifiedFollowing',
      });
      const start = addBusinessDays(exercise, 2, target);
      const book = (rate: number) => ({
        buys: true,
        exercises: [formatDay(exercise)],
        swap: {
          legs: [
            {
              type: 'fixed',
              pays: false,
              currency: 'EUR',
              notional: 1,
              rate,
              dayCount: '30/360',
              schedule: {
                start: formatDay(start),
                end: `${row['length']}Y`,
                tenor: '1Y',
                calendar: 'TARGET',
                convention: 'ModifiedFollowing',
              },
            },
            {
              type: 'floating',
              pays: true,
              currency: 'EUR',
              notional: 1,
              index: 'EUR-EURIBOR-6M',
              forwardOver: 'accrual-period',
              dayCount: 'ACT/360',
              schedule: {
                start: formatDay(start),
                end: `${row['length']}Y`,
                tenor: '6M',
                calendar: 'TARGET',
                convention: 'ModifiedFollowing',
              },
            },
          ],
        } as const,
      });
      const par = certain(parSwapRate(certain(resolveSwap(book(0.05).swap)), { market, context }));
      const swaption = certain(resolveSwaption(book(par)));
      if (swaption.kind !== 'swaption') throw new Error('one exercise date makes a European option');
      // The source's volatilities count from the valuation, four days before the settlement that its model starts at.
      const days = exercise - settlement;
      return {
        swaption,
        kind: 'black',
        volatility: numberIn(row, 'volatility') * Math.sqrt((days + 4) / days),
      };
    });
    const fit = certain(fitHullWhite(quotes, { market, context }));
    const judged = (figure: 'reversion' | 'volatility') => ({
      figure,
      expected: cached[figure],
      actual: fit[figure],
      tolerance: 1.3e-5,
    });
    return [judged('reversion'), judged('volatility')];
  },
};

export const rateTables: readonly AnyReferenceTable[] = [
  hullWhite,
  singleValues,
] as readonly AnyReferenceTable[];
