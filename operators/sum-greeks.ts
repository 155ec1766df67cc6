/**
 * Sensitivities of every scope, as sums of what accounts say that they add: of each account, of the book that it lies in
 * and what is above that, of the firm; by trader, strategy, counterparty and legal entity; by currency, issuer and sector.
 * Emits each scope that a step changed, once. A part costs the scopes that it lies in, a change of reference data a look at
 * every account.
 *
 * State: the parts as they were last summed, what was last said, and reference data with their dates; a timer for the next
 * that begins or ends. Trees and sums are derived.
 */
import { changesOf } from '../runtime/stream/changes';
import { operator, type Stream } from '../runtime/stream/operator';
import type { Rows } from '../runtime/tables/rows';
import type { Timers } from '../runtime/tables/timers';
import {
  type GreekPart,
  type GreekPartChanges,
  type Greeks,
  type GreeksChanges,
  type GreeksKey,
  greekPartKey,
  greeksKey,
} from '../schemas/greeks';
import { Reason } from '../schemas/market';
import type { AccountChanges, ScopeChanges } from '../schemas/reference';
import { AccountPlaces, type AccountPlacesTables, type PartyChanges } from './greeks/account-places';
import { summedBy } from './greeks/measures';
import { ScopeTree } from './greeks/scope-tree';

interface Inputs {
  readonly accounts: Stream<AccountChanges>;
  readonly scopes: Stream<ScopeChanges>;
  readonly parties: Stream<PartyChanges>;
  readonly parts: Stream<GreekPartChanges>;
}

export interface SumGreeksTables extends AccountPlacesTables {
  readonly parts: Rows<GreekPart>;
  readonly greeks: Rows<Greeks>;
  readonly timers: Timers;
}

const NEXT = 0;

export function sumGreeks(
  inputs: Inputs,
  tables: SumGreeksTables,
  { baseCurrency }: { readonly baseCurrency: string },
): Stream<GreeksChanges> {
  const { timers } = tables;
  return operator('sum-greeks', { fired: timers.fired, ...inputs }, ({ marker }) => {
    const places = new AccountPlaces(tables);
    const tree = new ScopeTree();
    const changed = marker();
    /** What was last said of a scope, by its number. */
    const said = new Map<number, GreeksKey>();
    let isMoved = false;
    const partOf = (account: number) =>
      tables.parts.get(greekPartKey({ account, dimension: 'account', member: '' }));
    const place = (now: number, parts: typeof partOf): void =>
      tree.placeAll({ placeOf: (account) => places.of(account, now), partOf: parts, changed });
    const take = (part: GreekPart, sign: 1 | -1): void => tree.count(part, sign, changed);
    // Nothing lies elsewhere without something being said of it: so the latest that was said knows where all lies.
    const toldAt = [...tables.greeks.values()].reduce((latest, row) => Math.max(latest, row.knownAt), 0);
    for (const part of tables.parts.values()) tree.join(part.account);
    place(toldAt, () => undefined);
    for (const part of tables.parts.values()) take(part, 1);
    for (const number of changed.keys()) {
      const key = tree.keyOf(number);
      if (key && tables.greeks.get(greeksKey(key))) said.set(number, key);
    }
    changed.clear();
    return {
      on: {
        fired({ length }) {
          isMoved ||= length > 0;
        },
        accounts(changes) {
          isMoved = places.takeAccounts(changes) || isMoved;
        },
        scopes(changes) {
          isMoved = places.takeScopes(changes) || isMoved;
        },
        parties(changes) {
          isMoved = places.takeParties(changes) || isMoved;
        },
        parts({ set, removed }) {
          for (const part of set) {
            const before = tables.parts.get(greekPartKey(part));
            if (before) take(before, -1);
            else isMoved ||= !tree.isKnown(part.account);
            take(part, 1);
            tables.parts.set(part);
          }
          for (const key of removed) {
            const before = tables.parts.get(greekPartKey(key));
            if (before) take(before, -1);
            tables.parts.delete(greekPartKey(key));
          }
        },
      },
      emit({ now }) {
        if (isMoved) {
          place(now, partOf);
          const next = places.nextChange(now);
          if (Number.isFinite(next)) timers.set(NEXT, next);
          else timers.cancel(NEXT);
          isMoved = false;
        }
        const rows = new Map<string, Greeks>();
        const gone = new Map<string, GreeksKey>();
        for (const number of changed.keys()) {
          const key = tree.keyOf(number);
          if (!key) continue;
          const before = said.get(number);
          const isEmpty = tree.isEmpty(number);
          if (before && (isEmpty || greeksKey(before) !== greeksKey(key)))
            gone.set(greeksKey(before), before);
          said.delete(number);
          if (isEmpty) {
            tree.takeTime(number);
            continue;
          }
          said.set(number, key);
          rows.set(greeksKey(key), rowOf(tree, number, { key, baseCurrency, said: tables.greeks, now }));
        }
        changed.clear();
        for (const key of rows.keys()) gone.delete(key);
        for (const row of rows.values()) tables.greeks.set(row);
        for (const key of gone.keys()) tables.greeks.delete(key);
        return changesOf(inOrder(rows), inOrder(gone));
      },
    };
  });
}

/** In order of their keys: the trees are derived, and what is said goes by no order of theirs. */
const inOrder = <Row>(rows: ReadonlyMap<string, Row>): Row[] =>
  [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);

interface Said {
  readonly key: GreeksKey;
  readonly baseCurrency: string;
  readonly said: Rows<Greeks>;
  readonly now: number;
}

function rowOf(tree: ScopeTree, number: number, { key, baseCurrency, said, now }: Said): Greeks {
  const sums = summedBy((measure) => tree.sums.value(number, measure));
  const { deltaLong, deltaShort, vegaWeek, vegaMonth, vegaQuarter, vegaHalf, vegaYear } = sums;
  return {
    ...key,
    currency: baseCurrency,
    ...sums,
    delta: deltaLong + deltaShort,
    deltaGross: deltaLong - deltaShort,
    vega: vegaWeek + vegaMonth + vegaQuarter + vegaHalf + vegaYear + sums.vegaTwoYears + sums.vegaBeyond,
    reason: sums.unvalued > 0 ? Reason.PartsUnknown : Reason.None,
    time: Math.max(tree.takeTime(number), said.get(greeksKey(key))?.time ?? 0),
    knownAt: now,
  };
}
