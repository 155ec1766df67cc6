/** Parameters of SABR and of Hull–White as a request has them: as given, or fitted to quotes. */
import { formatTenor } from '../calendars/tenor';
import { calibrateHullWhite, type NamedSwaptionQuote } from '../calibration/hull-white';
import { marketSwaption } from '../calibration/market-swaption';
import type { SwapConvention } from '../calibration/rate-instruments';
import { calibrateSabr } from '../calibration/sabr';
import type { RatesMarket } from '../measures/rates-market';
import { accepted, fitFields, levelOf } from './calibrated';
import { readExpiry } from './expiry';
import { type RowReader, SHIFT } from './fields';
import { readSwapConvention, readTenor } from './named-fields';
import type { ReadContext } from './schema';

export interface RateSetting {
  readonly market: RatesMarket;
  readonly context: ReadContext;
}

interface SwaptionTerms {
  readonly convention: SwapConvention;
  readonly kind: 'black' | 'bachelier';
}

/** SABR's parameters, or the smile of one expiry that they are fitted to. */
export const readSabr = (reader: RowReader, { context }: RateSetting): object | undefined => {
  const given = {
    quoted: reader.oneOf('quoted', ['lognormal', 'normal'] as const, { otherwise: 'lognormal' }),
    beta: reader.number('beta', { least: 0, most: 1 }),
    ...reader.optional<{ readonly shift: number }>({ shift: (field) => reader.number(field, SHIFT) }),
  };
  if (!reader.has('smile')) {
    reader.ignore('smile');
    return {
      ...given,
      alpha: reader.number('alpha', { above: 0 }),
      rho: reader.number('rho', { least: -1, most: 1 }),
      nu: reader.number('nu', { least: 0 }),
    };
  }
  reader.ignore(...Object.keys(fitFields));
  const smile = reader.within('smile', (inner) => readSmile(inner, context));
  if (!smile || reader.faults.length > 0) return undefined;
  const { quoted: volatilities, ...rest } = given;
  const parameters = accepted(
    reader,
    'smile',
    calibrateSabr({ ...rest, ...smile, volatilities }),
    levelOf(smile.quotes),
  );
  return parameters && { ...parameters, quoted: given.quoted };
};

const readSmile = (reader: RowReader, context: ReadContext) => ({
  forward: reader.number('forward', { least: -1, most: 1 }),
  expiry: readExpiry(reader, context),
  quotes: reader.list('quotes', (inner) => ({
    strike: inner.number('strike', { least: -1, most: 1 }),
    volatility: inner.number('volatility', { above: 0, most: 10 }),
    ...inner.optional<{ readonly weight: number }>({
      weight: (field) => inner.number(field, { above: 0 }),
    }),
  })),
});

/** A swaption by the tenors of its exercise and of its swap. */
function readSwaptionQuote(
  reader: RowReader,
  setting: RateSetting & { readonly terms: SwaptionTerms },
): NamedSwaptionQuote | undefined {
  const expiry = readTenor(reader, 'expiry');
  const tenor = readTenor(reader);
  const volatility = reader.number('volatility', { above: 0, most: 10 });
  const at = reader.optional<{ readonly strike: number }>({
    strike: (field) => reader.number(field, { least: -1, most: 1 }),
  });
  if (!expiry || !tenor || reader.faults.length > 0) return undefined;
  const { convention, kind } = setting.terms;
  const swaption = marketSwaption({ expiry, tenor, convention, ...at }, setting);
  const strike = at.strike === undefined ? '' : ` strike ${at.strike}`;
  const name = `${formatTenor(expiry)} into ${formatTenor(tenor)}${strike}`;
  if (swaption.ok) return { name, swaption: swaption.value, kind, volatility };
  reader.fault('', swaption.reason, swaption.message);
  return undefined;
}

/** Reversion and volatility, or swaptions that they are fitted to. */
export const readHullWhite = (reader: RowReader, setting: RateSetting): object | undefined => {
  const held = reader.optional<{ readonly reversion: number }>({
    reversion: (field) => reader.number(field, { least: -1, most: 10 }),
  });
  if (!reader.has('quotes')) {
    return {
      reversion: reader.number('reversion', { least: -1, most: 10 }),
      volatility: reader.number('volatility', { above: 0, most: 1 }),
    };
  }
  reader.ignore(...Object.keys(fitFields));
  const convention = readSwapConvention(reader);
  const quoted = reader.oneOf('quoted', ['normal', 'lognormal'], { otherwise: 'normal' });
  const kind = quoted === 'normal' ? 'bachelier' : 'black';
  if (!convention || reader.faults.length > 0) {
    reader.ignore('quotes');
    return undefined;
  }
  const terms = { convention, kind } as const;
  const read = reader.list('quotes', (inner) => readSwaptionQuote(inner, { ...setting, terms }));
  if (reader.faults.length > 0) return undefined;
  const quotes = read.flatMap((quote) => (quote ? [quote] : []));
  return accepted(reader, 'quotes', calibrateHullWhite(quotes, { ...setting, ...held }), levelOf(quotes));
};
