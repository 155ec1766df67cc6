/** All limits by name, with the scopes that they are on: an exposure that moves finds the limits concerned, and no other. */
import type { Rows } from '../../runtime/tables/rows';
import { type Scope, scopeKey } from '../../schemas/exposures';
import { type Limit, limitKey } from '../../schemas/limits';
import { inForce, nextChange } from './limit-terms';

const NONE: ReadonlySet<string> = new Set();

export class LimitBook {
  /** Terms of each limit, by when they begin. */
  private readonly terms = new Map<string, Map<number, Limit>>();
  private readonly limitsOn = new Map<string, Set<string>>();

  constructor(private readonly table: Rows<Limit>) {
    for (const row of table.values()) this.know(row);
  }

  set(row: Limit): void {
    this.table.set(row);
    this.know(row);
  }

  remove(key: Pick<Limit, 'limit' | 'validFrom'>): void {
    this.table.delete(limitKey(key));
    const terms = this.terms.get(key.limit);
    const before = terms?.get(key.validFrom);
    terms?.delete(key.validFrom);
    if (terms?.size === 0) this.terms.delete(key.limit);
    if (before) this.leave(before);
  }

  /** Limits with terms on a scope, whether in force or not. */
  on(scope: Scope): ReadonlySet<string> {
    return this.limitsOn.get(scopeKey(scope)) ?? NONE;
  }

  /** The terms in force; else those that come next, or have ended last; undefined where there are none at all. */
  termsOf(limit: string, now: number): { readonly terms: Limit; readonly isInForce: boolean } | undefined {
    const all = this.terms.get(limit);
    if (!all) return undefined;
    const terms = inForce(all.values(), now);
    if (terms) return { terms, isInForce: true };
    const [first] = [...all.values()].sort((a, b) => b.validFrom - a.validFrom);
    return { terms: first!, isInForce: false };
  }

  /** When the first terms of any limit begin or end after `now`; Infinity where none do. */
  nextChange(now: number): number {
    let next = Number.POSITIVE_INFINITY;
    for (const all of this.terms.values())
      for (const one of all.values()) next = Math.min(next, nextChange(one, now));
    return next;
  }

  /** Limits of which terms begin or end from one time until another. */
  *changing(from: number, until: number): Generator<string> {
    const isDue = (time: number): boolean => time >= from && time <= until;
    for (const [limit, all] of this.terms)
      for (const { validFrom, validUntil } of all.values())
        if (isDue(validFrom) || isDue(validUntil)) yield limit;
  }

  private know(row: Limit): void {
    const terms = this.terms.get(row.limit) ?? new Map<number, Limit>();
    const before = terms.get(row.validFrom);
    this.terms.set(row.limit, terms.set(row.validFrom, row));
    if (before) this.leave(before);
    const scope = scopeKey(row);
    const on = this.limitsOn.get(scope) ?? new Set<string>();
    this.limitsOn.set(scope, on.add(row.limit));
  }

  /** Terms that are gone: their scope concerns the limit no more, unless others of it are on the same. */
  private leave(gone: Limit): void {
    const scope = scopeKey(gone);
    for (const terms of this.terms.get(gone.limit)?.values() ?? []) if (scopeKey(terms) === scope) return;
    const on = this.limitsOn.get(scope);
    on?.delete(gone.limit);
    if (on?.size === 0) this.limitsOn.delete(scope);
  }
}
