/** The market of rates products as rows hold it: curves, given or quoted, their roles, fixings and rates of exchange. */
import type { Day } from '../calendars/date';
import type { DiscountCurve } from '../curves/discount-curve';
import { type FxRate, type RatesMarket, valuationDay } from '../measures/rates-market';
import { readDay } from './day-fields';
import type { RowReader } from './fields';
import { readGivenCurve } from './given-curve';
import { buildQuotedCurves, type QuotedCurve, readQuotedCurve } from './quoted-curves';
import type { ReadContext } from './schema';

const names = (reader: RowReader, field: string): Readonly<Record<string, string>> =>
  reader.within(
    field,
    (inner) => Object.fromEntries(Object.keys(inner.row).map((key) => [key, inner.text(key)])),
    { optional: true },
  ) ?? {};

function readFixings(reader: RowReader): ReadonlyMap<string, ReadonlyMap<Day, number>> {
  const fixings = new Map<string, Map<Day, number>>();
  const list = reader.list(
    'fixings',
    (inner) => ({ index: inner.text('index'), day: readDay(inner, 'date'), value: inner.number('value') }),
    { optional: true },
  );
  for (const { index, day, value } of list) {
    const known = fixings.get(index) ?? new Map<Day, number>();
    fixings.set(index, known.set(day, value));
  }
  return fixings;
}

/** A rate alone counts for today; with the day that it settles on it is a spot rate. */
function readFxRate(reader: RowReader, pair: string): FxRate {
  if (!/^[A-Z]{6}$/.test(pair))
    reader.fault(pair, 'pair-must-be-two-currencies', `"${pair}" is no pair: write EURUSD`);
  const value = reader.row[pair];
  if (typeof value !== 'object' || value === null) return { rate: reader.number(pair, { above: 0 }) };
  return (
    reader.within(pair, (inner) => ({
      rate: inner.number('rate', { above: 0 }),
      spot: readDay(inner, 'spot'),
    })) ?? { rate: Number.NaN }
  );
}

const readFx = (reader: RowReader): Readonly<Record<string, FxRate>> =>
  reader.within(
    'fx',
    (inner) => Object.fromEntries(Object.keys(inner.row).map((pair) => [pair, readFxRate(inner, pair)])),
    { optional: true },
  ) ?? {};

/** A role that no curve plays would only come out at the first product that needs it. */
function checkRoles(
  reader: RowReader,
  roles: Readonly<Record<'discount' | 'forward', Readonly<Record<string, string>>>>,
  known: readonly string[],
): void {
  for (const [kind, names] of Object.entries(roles)) {
    for (const [role, name] of Object.entries(names)) {
      if (known.includes(name)) continue;
      const message = `${kind} of ${role} is "${name}": the curves are ${known.join(', ') || 'none'}`;
      reader.fault(`${kind}.${role}`, 'curve-must-be-known', message);
    }
  }
}

const empty: RatesMarket = { curves: new Map(), discount: {}, forward: {} };

/** The market that a model's row names, or holds. */
export function readRatesMarket(reader: RowReader, context: ReadContext): RatesMarket {
  if (!reader.has('market')) {
    reader.ignore('market');
    return readMarketRow(reader, context);
  }
  const name = reader.text('market');
  const found = context.market?.(name);
  if (!found) reader.fault('market', 'market-must-be-given', `the request has no market "${name}"`);
  for (const fault of found?.faults ?? [])
    reader.faults.push({ ...fault, field: `market "${name}" ${fault.field}` });
  return found?.market ?? empty;
}

/** Curves by name, built together where quotes make them. */
export function readMarketRow(reader: RowReader, context: ReadContext): RatesMarket {
  const reference = valuationDay(context);
  const roles = { discount: names(reader, 'discount'), forward: names(reader, 'forward') };
  const fx = readFx(reader);
  const fixings = readFixings(reader);
  const trade = reader.has('quotedOn') ? readDay(reader, 'quotedOn') : reference;
  reader.ignore('quotedOn');
  if (trade > reference)
    reader.fault(
      'quotedOn',
      'quotes-must-not-be-ahead',
      'quotedOn is after the valuation: give its day or one before',
    );
  const given: DiscountCurve[] = [];
  const quoted: QuotedCurve[] = [];
  reader.list('curves', (inner) => {
    if (inner.has('instruments')) {
      const curve = readQuotedCurve(inner, { ...roles, fx, fixings, trade, reference });
      if (curve) quoted.push(curve);
    } else {
      const curve = readGivenCurve(inner, reference);
      if (curve) given.push(curve);
    }
  });
  const base = { ...roles, fixings, ...(Object.keys(fx).length > 0 && { fx }) };
  const all = [...given, ...quoted].map(({ name }) => name);
  const twice = all.find((name, index) => all.indexOf(name) < index);
  if (twice !== undefined)
    reader.fault('curves', 'curve-must-be-given-once', `curves has "${twice}" twice: rename one`);
  if (reader.faults.length === 0) checkRoles(reader, roles, all);
  const curves = new Map(given.map((curve) => [curve.name, curve]));
  if (quoted.length === 0 || reader.faults.length > 0) return { ...base, curves };
  const set = buildQuotedCurves(reader, { reference, given, quoted, fx });
  return set ? { ...base, curves: set.curves, set } : { ...base, curves };
}

export const marketFields = {
  market: 'name of a market of the request, in place of the fields from curves to quotedOn',
  curves:
    'list of {name, interpolation, nodes: [{date, zero}]}, zero rates continuously compounded, ACT/365; or of ' +
    '{name, interpolation, instruments: [{type, quote, name, …}]}, bootstrapped together (docs/PRICING.md lists the types)',
  discount: 'object: curve name by currency',
  forward: 'object: curve name by rate index',
  fixings: 'list of {index, date, value} (optional)',
  fx: 'object: rate by pair, such as EURUSD, or {rate, spot} with the day that it settles on (optional)',
  quotedOn: 'trade date of the quotes (the valuation date when absent)',
};
