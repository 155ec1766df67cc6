/**
 * Where accounts lie, as of a time: in a book, what is above it, and the firm; beside that with a trader, in a strategy, at
 * a counterparty, with a legal entity. Names are those that reference data give then.
 */
import type { Changes } from '../../runtime/stream/changes';
import type { Rows } from '../../runtime/tables/rows';
import { placedAccountKey, placedPartyKey, placedScopeKey } from '../../schemas/greeks';
import {
  type Account,
  type AccountChanges,
  type Party,
  type Scope,
  type ScopeChanges,
  ScopeKind,
} from '../../schemas/reference';
import { endOf } from '../reference/effective';
import { KeptVersions } from '../reference/kept-versions';

export type PartyChanges = Changes<Party, 'party' | 'validFrom'>;

/** A scope that accounts lie in; `id` stays when the name is another. */
export interface Place {
  readonly id: string;
  readonly dimension: string;
  readonly member: string;
}

export interface AccountPlace {
  /** From the book upwards; the firm is above the last. */
  readonly books: readonly Place[];
  readonly beside: readonly Place[];
}

export interface AccountPlacesTables {
  readonly accounts: Rows<Account>;
  readonly scopes: Rows<Scope>;
  readonly parties: Rows<Party>;
}

const DIMENSIONS: Readonly<Record<ScopeKind, string>> = {
  [ScopeKind.Firm]: 'firm',
  [ScopeKind.Desk]: 'desk',
  [ScopeKind.Book]: 'book',
  [ScopeKind.Trader]: 'trader',
  [ScopeKind.Strategy]: 'strategy',
};

export class AccountPlaces {
  private readonly accounts: KeptVersions<number, Pick<Account, 'account' | 'validFrom'>, Account>;
  private readonly scopes: KeptVersions<number, Pick<Scope, 'scope' | 'validFrom'>, Scope>;
  private readonly parties: KeptVersions<number, Pick<Party, 'party' | 'validFrom'>, Party>;

  constructor({ accounts, scopes, parties }: AccountPlacesTables) {
    this.accounts = new KeptVersions<number, Pick<Account, 'account' | 'validFrom'>, Account>({
      table: accounts,
      keyOf: placedAccountKey,
      subjectOf: ({ account }) => account,
      endOf,
    });
    this.scopes = new KeptVersions<number, Pick<Scope, 'scope' | 'validFrom'>, Scope>({
      table: scopes,
      keyOf: placedScopeKey,
      subjectOf: ({ scope }) => scope,
      endOf,
    });
    this.parties = new KeptVersions<number, Pick<Party, 'party' | 'validFrom'>, Party>({
      table: parties,
      keyOf: placedPartyKey,
      subjectOf: ({ party }) => party,
      endOf,
    });
  }

  takeAccounts({ set, removed }: AccountChanges): boolean {
    for (const row of set) this.accounts.set(row);
    for (const key of removed) this.accounts.remove(key);
    return set.length + removed.length > 0;
  }

  takeScopes({ set, removed }: ScopeChanges): boolean {
    for (const row of set) this.scopes.set(row);
    for (const key of removed) this.scopes.remove(key);
    return set.length + removed.length > 0;
  }

  takeParties({ set, removed }: PartyChanges): boolean {
    for (const row of set) this.parties.set(row);
    for (const key of removed) this.parties.remove(key);
    return set.length + removed.length > 0;
  }

  /** When, after a time, anything holds otherwise; Infinity where nothing does. */
  nextChange(now: number): number {
    let next = Number.POSITIVE_INFINITY;
    for (const kept of [this.accounts, this.scopes, this.parties])
      for (const subject of kept.subjects())
        next = Math.min(next, kept.nextChange(subject, now) ?? Number.POSITIVE_INFINITY);
    return next;
  }

  of(account: number, now: number): AccountPlace {
    const row = this.accounts.at(account, now);
    const books = this.above(row?.book, now);
    const [trader, strategy] = [row?.trader, row?.strategy].map((scope) => this.scope(scope, now));
    const beside = [
      trader,
      strategy,
      this.party('counterparty', row?.counterparty, now),
      this.party('legalEntity', row?.legalEntity, now),
    ];
    const isAbove = ({ id }: Place): boolean => books.some((book) => book.id === id);
    // A trader who is among the books has all of the account already.
    return { books, beside: beside.filter((place) => place !== undefined).filter((one) => !isAbove(one)) };
  }

  private above(book: number | undefined, now: number): readonly Place[] {
    const places: Place[] = [];
    for (let next = book; next !== undefined; ) {
      const place = this.scope(next, now);
      // Reference data are checked for circles; what came another way is left where it closes.
      if (!place || places.some(({ id }) => id === place.id)) break;
      places.push(place);
      next = this.scopes.at(next, now)?.parent;
    }
    return places;
  }

  private scope(scope: number | undefined, now: number): Place | undefined {
    const row = scope === undefined ? undefined : this.scopes.at(scope, now);
    return row && { id: `scope ${row.scope}`, dimension: DIMENSIONS[row.kind], member: row.name };
  }

  private party(dimension: string, party: number | undefined, now: number): Place | undefined {
    const row = party === undefined ? undefined : this.parties.at(party, now);
    return row && { id: `${dimension} ${row.party}`, dimension, member: row.name };
  }
}
