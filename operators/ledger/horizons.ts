/** Says how far back each account can still be restated, and what bounds that, whenever it folds. */
import type { Horizon, HorizonBound } from '../../schemas/ledger';
import type { Executions } from './executions';

interface Folded {
  restatableFrom: number;
  boundBy: HorizonBound;
}

export class Horizons {
  private changed = new Map<number, Folded>();

  constructor(private readonly executions: Executions) {}

  /** A position of the account has folded what was not younger than `until`. */
  folded(account: number, until: number, boundBy: HorizonBound): void {
    const known = this.changed.get(account);
    if (known && known.restatableFrom >= until) return;
    this.changed.set(account, { restatableFrom: until, boundBy });
  }

  takeChanged(knownAt: number): readonly Horizon[] {
    if (this.changed.size === 0) return [];
    const { countOf, bytesOf } = this.executions;
    const rows = Array.from(this.changed, ([account, { restatableFrom, boundBy }]) => ({
      account,
      restatableFrom,
      executions: countOf[account] ?? 0,
      bytes: bytesOf[account] ?? 0,
      boundBy,
      knownAt,
    }));
    this.changed = new Map();
    return rows;
  }
}
