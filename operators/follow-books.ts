/**
 * How the positions of each account are valued now: the marking side, base currency and calendar of its book, or of the nearest
 * scope above that says so. Reference data are dated: what holds from a time on counts from the first step after it.
 * Emits the accounts for which that is another than before, in the step in which it becomes so.
 *
 * A change of reference data costs a look at every listed account, for they are few and change seldom.
 *
 * State: every version of accounts and scopes, as reference data have them; the settings of accounts that have any; a
 * timer for the next version that begins or ends.
 */
import { changesOf, NO_CHANGES } from '../runtime/stream/changes';
import { operator, type Stream } from '../runtime/stream/operator';
import type { Rows } from '../runtime/tables/rows';
import type { Timers } from '../runtime/tables/timers';
import {
  type Account,
  type AccountChanges,
  MarkSide,
  type Scope,
  type ScopeChanges,
} from '../schemas/reference';
import { accountVersionKey, type BookSettings, scopeVersionKey } from '../schemas/tables';
import { endOf } from './reference/effective';
import { KeptVersions } from './reference/kept-versions';
import type { BookSettingsChanges } from './risk/book-settings';

interface Inputs {
  readonly accounts: Stream<AccountChanges>;
  readonly scopes: Stream<ScopeChanges>;
}

export interface FollowBooksTables {
  readonly accountVersions: Rows<Account>;
  readonly scopeVersions: Rows<Scope>;
  readonly bookSettings: Rows<BookSettings>;
  readonly bookTimers: Timers;
}

const NEXT_VERSION = 0;
/** Reference data are checked for circles; what came another way must not be followed for ever. */
const DEPTH_MAX = 64;

export function followBooks(
  { accounts, scopes }: Inputs,
  tables: FollowBooksTables,
): Stream<BookSettingsChanges> {
  const { accountVersions, scopeVersions, bookSettings, bookTimers } = tables;
  return operator('follow-books', { accounts, scopes, fired: bookTimers.fired }, () => {
    const accountsAt = new KeptVersions<number, Pick<Account, 'account' | 'validFrom'>, Account>({
      table: accountVersions,
      keyOf: accountVersionKey,
      subjectOf: ({ account }) => account,
      endOf,
    });
    const scopesAt = new KeptVersions<number, Pick<Scope, 'scope' | 'validFrom'>, Scope>({
      table: scopeVersions,
      keyOf: scopeVersionKey,
      subjectOf: ({ scope }) => scope,
      endOf,
    });
    let isMoved = false;

    const settingsOf = (account: number, now: number): BookSettings | undefined => {
      let markSide: MarkSide = MarkSide.Inherited;
      let baseCurrency: string | undefined;
      const row = accountsAt.at(account, now);
      let version = row?.version ?? 0;
      let calendar: string | undefined;
      let next = row?.book;
      for (let depth = 0; next !== undefined && depth < DEPTH_MAX; depth += 1) {
        const scope = scopesAt.at(next, now);
        if (markSide === MarkSide.Inherited) markSide = scope?.markSide ?? MarkSide.Inherited;
        baseCurrency ??= scope?.baseCurrency;
        calendar ??= scope?.calendar;
        version = Math.max(version, scope?.version ?? 0);
        next = scope?.parent;
      }
      return markSide === MarkSide.Inherited && baseCurrency === undefined && calendar === undefined
        ? undefined
        : { account, markSide, baseCurrency, calendar, version };
    };
    const arm = (now: number): void => {
      let due = Number.POSITIVE_INFINITY;
      for (const one of accountsAt.subjects()) due = Math.min(due, accountsAt.nextChange(one, now) ?? due);
      for (const one of scopesAt.subjects()) due = Math.min(due, scopesAt.nextChange(one, now) ?? due);
      if (Number.isFinite(due)) bookTimers.set(NEXT_VERSION, due);
    };
    return {
      on: {
        accounts({ set, removed }) {
          for (const row of set) accountsAt.set(row);
          for (const key of removed) accountsAt.remove(key);
          isMoved ||= set.length > 0 || removed.length > 0;
        },
        scopes({ set, removed }) {
          for (const row of set) scopesAt.set(row);
          for (const key of removed) scopesAt.remove(key);
          isMoved ||= set.length > 0 || removed.length > 0;
        },
        fired({ length }) {
          isMoved ||= length > 0;
        },
      },
      emit({ now }) {
        if (!isMoved) return NO_CHANGES;
        isMoved = false;
        arm(now);
        const known = new Set([...bookSettings.values()].map(({ account }) => account));
        const rows: BookSettings[] = [];
        const gone: { readonly account: number }[] = [];
        for (const account of new Set([...accountsAt.subjects(), ...known])) {
          const before = bookSettings.get(String(account));
          const settings = settingsOf(account, now);
          if (isSame(before, settings)) continue;
          if (settings) {
            bookSettings.set(settings);
            rows.push(settings);
          } else {
            bookSettings.delete(String(account));
            gone.push({ account });
          }
        }
        return changesOf(rows, gone);
      },
    };
  });
}

const isSame = (a: BookSettings | undefined, b: BookSettings | undefined): boolean =>
  a?.markSide === b?.markSide &&
  a?.baseCurrency === b?.baseCurrency &&
  a?.calendar === b?.calendar &&
  a?.version === b?.version;
