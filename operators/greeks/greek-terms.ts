/** What reference data say of instruments that sensitivities are worked out and told apart by. */
import type { Rows } from '../../runtime/tables/rows';
import { type Instrument, type InstrumentChanges, InstrumentKind } from '../../schemas/reference';

export interface Tags {
  readonly issuer: string | undefined;
  readonly sector: string | undefined;
}

export class GreekTerms {
  /** By what they are on. */
  private readonly derivatives = new Map<number, Set<number>>();

  constructor(private readonly table: Rows<Instrument>) {
    for (const row of table.values()) this.know(row);
  }

  isOption(instrument: number): boolean {
    return this.find(instrument)?.kind === InstrumentKind.Option;
  }

  /** What the sensitivities of an inverse option are in. */
  quoteCurrencyOf(instrument: number): string | undefined {
    return this.find(instrument)?.quoteCurrency;
  }

  /** Its own, else those of what it is on. */
  tagsOf(instrument: number): Tags {
    const row = this.find(instrument);
    const under = row?.underlying === undefined ? undefined : this.find(row.underlying);
    return { issuer: row?.issuer ?? under?.issuer, sector: row?.sector ?? under?.sector };
  }

  /** Takes reference data; answers the instruments of which something else is said than before. */
  take({ set, removed }: InstrumentChanges): ReadonlySet<number> {
    const changed = new Set<number>();
    const change = (instrument: number): void => {
      changed.add(instrument);
      for (const one of this.derivatives.get(instrument) ?? []) changed.add(one);
    };
    for (const { instrument, validFrom } of removed) {
      if (this.find(instrument)?.validFrom !== validFrom) continue;
      this.table.delete(String(instrument));
      change(instrument);
    }
    for (const row of set) {
      // What holds latest is what counts, whatever is told last.
      if ((this.find(row.instrument)?.validFrom ?? 0) > row.validFrom) continue;
      this.table.set(row);
      this.know(row);
      change(row.instrument);
    }
    return changed;
  }

  private know({ instrument, underlying }: Instrument): void {
    if (underlying === undefined) return;
    const beside = this.derivatives.get(underlying) ?? new Set<number>();
    this.derivatives.set(underlying, beside.add(instrument));
  }

  private find(instrument: number): Instrument | undefined {
    return this.table.get(String(instrument));
  }
}
