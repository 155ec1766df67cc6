/** What one unit of a currency is worth in another, by the marks of pairs of currencies. */
import type { ReadonlyNumbered } from '../../runtime/tables/numbered';
import type { Rows } from '../../runtime/tables/rows';
import { MarkState } from '../../schemas/market';
import type { Instrument } from '../../schemas/reference';
import type { CurrencyPair, LatestMarkColumns } from '../../schemas/tables';

export interface Rate {
  /** NaN where there is none. */
  readonly value: number;
  readonly isStale: boolean;
}

const NONE: Rate = { value: Number.NaN, isStale: false };
const ITSELF: Rate = { value: 1, isStale: false };

export class Rates {
  /** By what it is a rate into, then of what. */
  private readonly known = new Map<string, Map<string, Rate>>();
  /** By instrument, in order of it: the first that gives a rate is the one. */
  private pairs: readonly CurrencyPair[] = [];

  constructor(
    private readonly baseCurrency: string,
    private readonly table: Rows<CurrencyPair>,
    private readonly marks: ReadonlyNumbered<LatestMarkColumns>,
  ) {
    this.sort();
  }

  /** Takes in a pair; says whether it is another than before. */
  know({
    instrument,
    currency,
    base,
  }: Pick<Instrument, 'instrument' | 'currency'> & { readonly base: string }): boolean {
    const before = this.table.get(String(instrument));
    if (before?.base === base && before.quote === currency) return false;
    this.table.set({ instrument, base, quote: currency });
    this.sort();
    return true;
  }

  forget(instrument: number): boolean {
    if (!this.isPair(instrument)) return false;
    this.table.delete(String(instrument));
    this.sort();
    return true;
  }

  isPair(instrument: number): boolean {
    return this.table.get(String(instrument)) !== undefined;
  }

  /** Marks have changed: rates are looked up anew. */
  clear(): void {
    this.known.clear();
  }

  of(currency: string, into = this.baseCurrency): Rate {
    const known = this.known.get(into) ?? new Map<string, Rate>();
    this.known.set(into, known);
    const rate = known.get(currency) ?? this.look(currency, into);
    known.set(currency, rate);
    return rate;
  }

  private look(currency: string, into: string): Rate {
    if (currency === into) return ITSELF;
    const direct = this.between(currency, into);
    if (!Number.isNaN(direct.value)) return direct;
    for (const { base, quote } of this.pairs) {
      const third = base === currency ? quote : quote === currency ? base : undefined;
      if (third === undefined) continue;
      const [to, on] = [this.between(currency, third), this.between(third, into)];
      const value = to.value * on.value;
      if (!Number.isNaN(value)) return { value, isStale: to.isStale || on.isStale };
    }
    return NONE;
  }

  private between(from: string, to: string): Rate {
    for (const { instrument, base, quote } of this.pairs) {
      const isDirect = base === from && quote === to;
      if (!isDirect && !(base === to && quote === from)) continue;
      const { price, state } = this.marks.columns;
      const marked = this.marks.has(instrument) ? price[instrument]! : Number.NaN;
      // A rate of zero or less is none.
      if (!(marked > 0)) continue;
      return { value: isDirect ? marked : 1 / marked, isStale: state[instrument] === MarkState.Stale };
    }
    return NONE;
  }

  private sort(): void {
    this.pairs = [...this.table.values()].sort((a, b) => a.instrument - b.instrument);
    this.known.clear();
  }
}
