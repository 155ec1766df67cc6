/**
 * Sensitivities from scratch: every position at the last price, rate and model's value there are, every scope by the
 * reference data that hold now, whatever came when.
 */
import { exposuresFromScratch } from './exposures-oracle';
import { type History, latestBy, type Row } from './run';

const BILLION = 1e9;
const VEGAS: readonly (readonly [string, number])[] = [
  ['vegaWeek', 7],
  ['vegaMonth', 31],
  ['vegaQuarter', 92],
  ['vegaHalf', 183],
  ['vegaYear', 365],
  ['vegaTwoYears', 730],
  ['vegaBeyond', Number.POSITIVE_INFINITY],
];

export interface ScratchGreeks {
  readonly account: number;
  readonly instrument: number;
  readonly currency: string;
  readonly issuer: string | undefined;
  readonly sector: string | undefined;
  readonly isOpen: boolean;
  /** Undefined: unknown. */
  readonly known: Known | undefined;
}

interface Known {
  readonly value: number;
  readonly delta: number;
  readonly gamma: number;
  readonly theta: number;
  readonly vega: number;
  readonly years: number;
  readonly isModelled: boolean;
  readonly isStale: boolean;
}

const all = (history: History, topic: string): readonly Row[] =>
  history.flatMap(({ data }) => data[topic] ?? []);
const number = (row: Row | undefined, field: string): number => (row?.[field] as number) ?? Number.NaN;

export function greeksFromScratch(history: History): readonly ScratchGreeks[] {
  const instruments = latestBy(all(history, 'reference.instruments'), ['instrument']);
  const values = latestBy(all(history, 'valuation.unit_values'), ['instrument']);
  const positions = latestBy(all(history, 'ledger.positions'), ['account', 'instrument', 'contract']);
  const exposed = exposuresFromScratch(history);
  return [...positions.values()].map((position, index) => {
    const exposure = exposed[index]!;
    const instrument = String(position['instrument']);
    const terms = instruments.get(instrument);
    const under = instruments.get(String(terms?.['underlying']));
    const units =
      (Number(position['quantity'] as bigint) / BILLION) *
      (Number(position['multiplier'] as bigint) / BILLION);
    const isOption = terms?.['kind'] === 2;
    const linear = Number.isNaN(exposure.value)
      ? undefined
      : { ...FLAT, value: exposure.value, delta: exposure.value, isStale: exposure.isStale };
    return {
      account: position['account'] as number,
      instrument: position['instrument'] as number,
      currency: position['currency'] as string,
      issuer: (terms?.['issuer'] ?? under?.['issuer']) as string | undefined,
      sector: (terms?.['sector'] ?? under?.['sector']) as string | undefined,
      isOpen: exposure.quantity !== 0,
      known: isOption ? optionKnown(values.get(instrument), units, exposure) : linear,
    };
  });
}

const FLAT = { gamma: 0, theta: 0, vega: 0, years: Number.NaN, isModelled: false };

/** Money moves by the unit's sensitivity times units times the rate: gamma for a rise of a hundredth of the spot. */
function optionKnown(
  unit: Row | undefined,
  units: number,
  { value, rate, isStale }: { readonly value: number; readonly rate: number; readonly isStale: boolean },
): Known | undefined {
  if (!unit || unit['quality'] === 0 || Number.isNaN(rate)) return undefined;
  const money = units * rate;
  const spot = number(unit, 'spot');
  return {
    value: Number.isNaN(value) ? money * number(unit, 'value') : value,
    delta: money * number(unit, 'delta') * spot,
    gamma: (money * number(unit, 'gamma') * spot * spot) / 100,
    theta: (money * number(unit, 'theta')) / 365,
    vega: (money * number(unit, 'vega')) / 100,
    years: number(unit, 'years'),
    isModelled: unit['quality'] === 2,
    isStale: unit['reason'] === 6 || (!Number.isNaN(value) && isStale),
  };
}

/** Of any positions, in the fields of a part. */
export function summedGreeks(positions: readonly ScratchGreeks[]) {
  const open = positions.filter(({ isOpen }) => isOpen);
  const known = open.flatMap((one) => (one.known ? [one.known] : []));
  const isBlind = open.length > 0 && known.length === 0;
  const sum = (of: (one: Known) => number): number =>
    isBlind ? Number.NaN : known.reduce((total, one) => total + of(one), 0);
  const spanOf = ({ years }: Known): string => VEGAS.find(([, days]) => years * 365 <= days)?.[0] ?? '';
  return {
    currency: 'USD',
    value: sum(({ value }) => value),
    deltaLong: sum(({ delta }) => Math.max(delta, 0)),
    deltaShort: sum(({ delta }) => Math.min(delta, 0)),
    gamma: sum(({ gamma }) => gamma),
    theta: sum(({ theta }) => theta),
    ...Object.fromEntries(
      VEGAS.map(([field]) => [field, sum((one) => (spanOf(one) === field ? one.vega : 0))]),
    ),
    positions: open.length,
    unvalued: open.length - known.length,
    modelled: known.filter(({ isModelled }) => isModelled).length,
    stale: known.filter(({ isStale }) => isStale).length,
  };
}

/** The row of a topic that holds at a time, by what it is of. */
function inForce(rows: readonly Row[], of: string, now: number): ReadonlyMap<unknown, Row> {
  const found = new Map<unknown, Row>();
  const kept = [...latestBy(rows, [of, 'validFrom']).values()].sort(
    (a, b) => number(a, 'validFrom') - number(b, 'validFrom'),
  );
  for (const row of kept) if (number(row, 'validFrom') <= now) found.set(row[of], row);
  for (const [key, row] of found)
    if (number(row, 'validTo') !== 0 && number(row, 'validTo') <= now) found.delete(key);
  return found;
}

const KINDS = ['firm', 'desk', 'book', 'trader', 'strategy'];

/** The scopes that an account lies in now: `dimension/member`, each once. */
export function scopesOf(account: number, history: History): ReadonlySet<string> {
  const now = history.at(-1)?.now ?? 0;
  const scopes = inForce(all(history, 'reference.scopes'), 'scope', now);
  const parties = inForce(all(history, 'reference.parties'), 'party', now);
  const row = inForce(all(history, 'reference.accounts'), 'account', now).get(account);
  const found = new Set<string>(['firm/']);
  const add = (scope: Row | undefined): void => {
    if (scope) found.add(`${KINDS[scope['kind'] as number]}/${scope['name']}`);
  };
  for (let next = scopes.get(row?.['book']); next; next = scopes.get(next['parent'])) add(next);
  add(scopes.get(row?.['trader']));
  add(scopes.get(row?.['strategy']));
  for (const role of ['counterparty', 'legalEntity']) {
    const party = parties.get(row?.[role]);
    if (party) found.add(`${role}/${party['name']}`);
  }
  return found;
}
