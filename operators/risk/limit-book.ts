/** All limits by name, with the scopes that they are on: an exposure that moves finds the limits concerned, and no other. */
import type { Rows } from '../../runtime/tables/rows';
import { type Scope, scopeKey } from '../../schemas/exposures';
import { type Limit, limitKey } from '../../schemas/limits';
import { KeptVersions } from '../reference/kept-versions';
import { nextChange } from './limit-terms';

type LimitKey = Pick<Limit, 'limit' | 'validFrom'>;

const NONE: ReadonlySet<string> = new Set();

export class LimitBook {
  /** Terms of each limit, by when they begin. */
  private readonly terms: KeptVersions<string, LimitKey, Limit>;
  private readonly limitsOn = new Map<string, Set<string>>();

  constructor(table: Rows<Limit>) {
    this.terms = new KeptVersions<string, LimitKey, Limit>({
      table,
      keyOf: limitKey,
      subjectOf: ({ limit }) => limit,
      endOf: ({ validUntil }) => validUntil,
    });
    for (const row of table.values()) this.join(row);
  }

  set(row: Limit): void {
    const before = this.find(row);
    this.terms.set(row);
    if (before) this.leave(before);
    this.join(row);
  }

  remove(key: LimitKey): void {
    const before = this.find(key);
    this.terms.remove(key);
    if (before) this.leave(before);
  }

  /** Limits with terms on a scope, whether in force or not. */
  on(scope: Scope): ReadonlySet<string> {
    return this.limitsOn.get(scopeKey(scope)) ?? NONE;
  }

  /** The terms in force; else those that come next, or have ended last; undefined where there are none at all. */
  termsOf(limit: string, now: number): { readonly terms: Limit; readonly isInForce: boolean } | undefined {
    const terms = this.terms.at(limit, now);
    if (terms) return { terms, isInForce: true };
    const last = this.terms.of(limit).at(-1);
    return last && { terms: last, isInForce: false };
  }

  /** When the first terms of any limit begin or end after `now`; Infinity where none do. */
  nextChange(now: number): number {
    let next = Number.POSITIVE_INFINITY;
    for (const limit of this.terms.subjects())
      for (const one of this.terms.of(limit)) next = Math.min(next, nextChange(one, now));
    return next;
  }

  /** Limits of which terms begin or end from one time until another. */
  *changing(from: number, until: number): Generator<string> {
    const isDue = (time: number): boolean => time >= from && time <= until;
    for (const limit of this.terms.subjects())
      for (const { validFrom, validUntil } of this.terms.of(limit))
        if (isDue(validFrom) || isDue(validUntil)) yield limit;
  }

  private find({ limit, validFrom }: LimitKey): Limit | undefined {
    return this.terms.of(limit).find((one) => one.validFrom === validFrom);
  }

  private join(row: Limit): void {
    const scope = scopeKey(row);
    const on = this.limitsOn.get(scope) ?? new Set<string>();
    this.limitsOn.set(scope, on.add(row.limit));
  }

  /** Terms that are gone: their scope concerns the limit no more, unless others of it are on the same. */
  private leave(gone: Limit): void {
    const scope = scopeKey(gone);
    if (this.terms.of(gone.limit).some((terms) => scopeKey(terms) === scope)) return;
    const on = this.limitsOn.get(scope);
    on?.delete(gone.limit);
    if (on?.size === 0) this.limitsOn.delete(scope);
  }
}
