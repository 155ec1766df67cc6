/** The products that a request can name. */
import { success } from '../contract';
import type { ScriptedProduct } from '../products/scripted';
import { vanillaOption } from '../products/vanilla-option';
import type { ScheduleDate } from '../simulation/scripted-claim';
import { cds } from './credit-products';
import { readExpiry, yearsTo } from './expiry';
import type { RowReader } from './fields';
import { listedProducts } from './listed-products';
import { optionProducts } from './option-products';
import { rateProducts } from './rate-products';
import type { ReadContext, RowSchema } from './schema';

const vanilla: RowSchema = {
  name: 'vanilla',
  about: 'a call or put on one underlying, European or American',
  fields: {
    right: 'call or put',
    strike: 'in the price unit of the underlying',
    expiry: 'date or instant UTC; or `time` in years',
    exercise: 'european (default) or american',
  },
  read: (reader, context) => {
    const book = {
      right: reader.oneOf('right', ['call', 'put']),
      strike: reader.number('strike', { above: 0 }),
      time: readExpiry(reader, context),
      exercise: reader.oneOf('exercise', ['european', 'american'], { otherwise: 'european' }),
    };
    return vanillaOption(book);
  },
};

/** Dates as texts, or as objects with a label and a time in years. */
function readDates(reader: RowReader, context: ReadContext, name: string): readonly ScheduleDate[] {
  return reader.list(name, (inner) => {
    if (inner.has('time')) return { label: inner.text('label'), time: inner.number('time', { most: 100 }) };
    const label = inner.text('value');
    const time = yearsTo(label, context);
    if (time === undefined && label !== '') {
      inner.fault('value', 'date-must-be-valid', `"${label}" is no date from 1900 to 2299: write 2026-03-20`);
    }
    return { label, time: time ?? Number.NaN };
  });
}

const scripted: RowSchema<ScriptedProduct> = {
  name: 'scripted',
  about: 'any payoff written in the payoff language (docs/PAYOFF_LANGUAGE.md)',
  fields: {
    script: 'the payoff, for example `pay max(mean(S@obs) - strike, 0) at end;`',
    schedules: 'object of lists of dates by name',
    parameters: 'object of numbers by name (optional)',
    fixings: 'list of {asset, label, value} for dates before the valuation (optional)',
  },
  read: (reader, context) => {
    const source = reader.text('script');
    const schedules =
      reader.within('schedules', (inner) =>
        Object.fromEntries(Object.keys(inner.row).map((name) => [name, readDates(inner, context, name)])),
      ) ?? {};
    const parameters =
      reader.within(
        'parameters',
        (inner) => Object.fromEntries(Object.keys(inner.row).map((name) => [name, inner.number(name)])),
        { optional: true },
      ) ?? {};
    const fixings = reader.list(
      'fixings',
      (inner) => ({ asset: inner.text('asset'), label: inner.text('label'), value: inner.number('value') }),
      { optional: true },
    );
    return success({ kind: 'scripted', source, schedules, parameters, fixings });
  },
};

export const standardProducts: readonly RowSchema[] = [
  vanilla,
  ...optionProducts,
  ...listedProducts,
  ...rateProducts,
  cds,
  scripted,
];
