/** Terms of an instrument that cannot all be meant, or without which it cannot be valued. */

import { baseOf } from '../../operators/ledger/base-of';
import { readRow } from '../../pricing/request/read-row';
import { standardProducts } from '../../pricing/request/standard-products';
import {
  ExerciseStyle,
  type Instrument,
  InstrumentKind,
  instrumentKindNames,
  OptionRight,
  SettlementKind,
} from '../../schemas/reference';
import { RangeFault } from '../../sources/field-ranges';
import { nearest } from '../nearest';
import { ToldTerms } from '../told-terms';
import { told } from './check-versions';
import { nameOf, type ReferenceRow, validFrom } from './reference-row';
import type { Report } from './report';

const { Option, Future, Forward, Bond, Swap, Cds, Fx, Crypto, Other } = InstrumentKind;
const ENDS: ReadonlySet<number> = new Set([Option, Future, Forward]);
const MAY_END: ReadonlySet<number> = new Set([Option, Future, Forward, Bond, Swap, Cds, Other]);
const BY_PRODUCT: ReadonlySet<number> = new Set([Bond, Swap, Cds]);
const HAS_ISSUER: ReadonlySet<number> = new Set([Bond, Cds]);

/** Products of dates: what they are does not hang on the day on which they are priced. */
const DATED: ReadonlySet<string> = new Set(['bond', 'swap', 'cds']);
const YEAR = 400 * 86_400_000_000;

/** Of the row: numbers for names are names still. */
type Terms = Omit<Instrument, 'instrument' | 'underlying'> & { readonly underlying: string | undefined };
type Tell = (field: string, what: string, todo?: string) => void;

export function checkInstrument(row: ReferenceRow, report: Report): void {
  const terms = row.row as unknown as Terms;
  const tell: Tell = (field, what, todo = 'Mend it.') => report(row, field, what, todo);
  checkOption(terms, tell);
  checkEnd(terms, tell);
  checkCurrencies(terms, tell);
  checkProduct(terms, validFrom(row), tell);
  if (terms.underlying === nameOf(row)) tell('underlying', `${nameOf(row)} is on itself`);
  if (HAS_ISSUER.has(terms.kind) && terms.issuer === undefined)
    tell('issuer', `is missing, and ${kindOf(terms)} has one`, 'Name the issuer, as issuers have it.');
  const tags = terms.tags === '' ? [] : terms.tags.split(';');
  if (tags.some((tag) => tag.trim() === '' || tag.trim() !== tag) || new Set(tags).size < tags.length)
    tell('tags', `"${terms.tags}" has an empty tag, one with spaces around it, or one twice`);
}

/** With its article. */
const kindOf = ({ kind }: Terms): string => {
  const name = instrumentKindNames[kind].toLowerCase();
  return `${/^[aeio]/.test(name) ? 'an' : 'a'} ${name}`;
};

function checkOption(terms: Terms, tell: Tell): void {
  const { kind, right, strike, exercise, underlying } = terms;
  if (kind !== Option) {
    if (right !== OptionRight.None)
      tell('right', `is something that options have only, and this is of kind ${instrumentKindNames[kind]}`);
    if (strike !== undefined)
      tell('strike', `is something that options have only, and this is of kind ${instrumentKindNames[kind]}`);
    if (exercise !== ExerciseStyle.None)
      tell(
        'exercise',
        `is something that options have only, and this is of kind ${instrumentKindNames[kind]}`,
      );
    return;
  }
  const missing = 'is missing, and an option has one';
  if (underlying === undefined) tell('underlying', missing, 'Name the instrument that the option is on.');
  // A product says them in its own words.
  if (terms.product !== undefined) return;
  if (right === OptionRight.None) tell('right', missing, 'Call or Put.');
  if (strike === undefined) tell('strike', missing, 'Say the price at which it is exercised.');
  if (exercise === ExerciseStyle.None) tell('exercise', missing, 'European, American or Bermudan.');
}

function checkEnd(terms: Terms, tell: Tell): void {
  const { kind, expiry, settlement } = terms;
  if (ENDS.has(kind) && expiry === undefined)
    tell('expiry', `is missing, and ${kindOf(terms)} expires`, 'Say the instant, in UTC.');
  if (ENDS.has(kind) && settlement === SettlementKind.None)
    tell('settlement', `is missing, and ${kindOf(terms)} is settled`, 'Cash or Physical.');
  if (!MAY_END.has(kind) && expiry !== undefined)
    tell(
      'expiry',
      `${told(expiry)}: what is of kind ${instrumentKindNames[kind]} does not expire`,
      'Leave it empty, or mend the kind.',
    );
  if (!MAY_END.has(kind) && settlement !== SettlementKind.None)
    tell(
      'settlement',
      `what is of kind ${instrumentKindNames[kind]} does not end`,
      'Leave it empty, or mend the kind.',
    );
  if (expiry !== undefined && terms.validFrom >= expiry)
    tell('expiry', `${told(expiry)} is not after validFrom, ${told(terms.validFrom)}`);
}

function checkCurrencies(terms: Terms, tell: Tell): void {
  const { kind, currency, quoteCurrency, inverse, quanto, name } = terms;
  const differs = quoteCurrency !== undefined && quoteCurrency !== currency;
  if (inverse && quanto)
    tell(
      'quanto',
      'is true, and so is inverse',
      'An inverse contract settles in what it is quoted for, a quanto in neither: leave one out.',
    );
  else if (quanto && !differs)
    tell(
      'quoteCurrency',
      `is ${quoteCurrency ?? 'missing'}, and a quanto is quoted in another currency than ${currency}, that it settles in`,
      'Say what its price is in.',
    );
  else if (inverse && quoteCurrency === currency)
    tell(
      'quoteCurrency',
      `is ${currency}, in which an inverse contract settles: its price is in another`,
      'Say what its price is in.',
    );
  else if (differs && !inverse && !quanto)
    tell(
      'quoteCurrency',
      `is ${quoteCurrency}, and it settles in ${currency}`,
      'Say with inverse or quanto how one becomes the other, or leave it empty.',
    );
  const isPair = (kind === Fx || kind === Crypto) && !inverse && !quanto;
  if (isPair && baseOf({ ...terms, instrument: 0, underlying: undefined }) === undefined)
    tell(
      'base',
      `is missing, and "${name}" does not tell what is bought for ${currency}`,
      'Say what one unit is: BTC of BTC/USD.',
    );
  if (terms.base !== undefined && terms.base === currency) tell('base', `is ${currency}, as its currency is`);
}

function checkProduct(terms: Terms, from: number, tell: Tell): void {
  const { kind, product, terms: document } = terms;
  if (product === undefined) {
    if (document !== undefined)
      tell('product', 'is missing, and terms are there', 'Say of which product they are.');
    if (BY_PRODUCT.has(kind))
      tell(
        'product',
        `is missing, and ${kindOf(terms)} has the terms of one`,
        'Name the product, as `breakwater price --schema` does, and say its terms.',
      );
    return;
  }
  const schema = standardProducts.find(({ name }) => name === product);
  if (!schema) {
    const names = standardProducts.map(({ name }) => name);
    const meant = nearest(product, names);
    tell(
      'product',
      `"${product}" is no product${meant === undefined ? '' : `; the nearest is "${meant}"`}`,
      '`breakwater price --schema` lists them.',
    );
    return;
  }
  if ((kind === Bond && product !== 'bond') || (kind === Cds && product !== 'cds'))
    tell('product', `is "${product}", and the kind ${instrumentKindNames[kind]}`, 'Mend one of the two.');
  const row = objectIn(document);
  if (!row)
    return tell('terms', `are no JSON object`, `Say the fields of "${product}", as in a pricing request.`);
  for (const field of ['product', 'model', 'id'])
    if (field in row) tell('terms', `have "${field}", which is said elsewhere`, 'Leave it out.');
  // Terms are judged as of when they begin to hold; a bond that has matured since was right all the same.
  const read = readTerms(product, row, from);
  // A wrong date that moves with the day is a tenor, too.
  if (DATED.has(product) && meaningOf(read) !== meaningOf(readTerms(product, row, from + YEAR)))
    tell(
      'terms',
      'mean another contract on another day: a start is missing, or a date is a tenor such as 5Y',
      'Write every date as a day.',
    );
  else
    for (const { message } of read.faults)
      tell('terms', message, `Fields of "${product}": \`breakwater price --schema\`.`);
  if (typeof row['currency'] === 'string' && row['currency'] !== (terms.quoteCurrency ?? terms.currency))
    tell(
      'terms',
      `are in ${row['currency']}, and the instrument in ${terms.quoteCurrency ?? terms.currency}`,
    );
}

const meaningOf = ({ value, faults }: ReturnType<typeof readTerms>): string =>
  JSON.stringify([value, faults]);

const readTerms = (product: string, row: Record<string, unknown>, valuationTime: number) =>
  readRow({ ...row, product }, 'product', standardProducts, { valuationTime, snapshot: 'reference' });

function objectIn(document: string | undefined): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(document ?? '');
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Terms by which history was booked are not taken back without a date: see `ToldTerms`. */
export function checkToldTerms(
  changed: readonly ReferenceRow[],
  stored: readonly ReferenceRow[],
  report: Report,
): void {
  const terms = new ToldTerms();
  for (const { row } of stored.filter(isInstrument)) terms.know(row);
  for (const row of changed.filter(isInstrument)) {
    try {
      terms.take(row.row);
    } catch (error) {
      if (!(error instanceof RangeFault)) throw error;
      const what = error.message.replace(/^field "[^"]*": /, '');
      report(row, error.field, what, 'See docs/REFERENCE.md, "When history says otherwise".');
    }
  }
}

const isInstrument = ({ of }: ReferenceRow): boolean => of.topic.name === 'reference.instruments';
