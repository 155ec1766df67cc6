/** Rates to the base currency that follow reference data and marks, and whether any may have moved since they were asked. */
import type { ReadonlyNumbered } from '../../runtime/tables/numbered';
import type { Rows } from '../../runtime/tables/rows';
import { type Instrument, type InstrumentChanges, InstrumentKind } from '../../schemas/reference';
import type { CurrencyPair, LatestMarkColumns } from '../../schemas/tables';
import type { ChangedMarks } from '../conflate';
import { baseOf } from '../ledger/base-of';
import { type Rate, Rates } from './rates';

export class LiveRates {
  private readonly rates: Rates;
  private isMoved = false;

  constructor(baseCurrency: string, pairs: Rows<CurrencyPair>, latest: ReadonlyNumbered<LatestMarkColumns>) {
    this.rates = new Rates(baseCurrency, pairs, latest);
  }

  /** Into the base currency, unless another is named. */
  of(currency: string, into?: string): Rate {
    return this.rates.of(currency, into);
  }

  takeInstruments({ set, removed }: InstrumentChanges): void {
    for (const instrument of set) {
      const base = isPair(instrument) ? baseOf(instrument) : undefined;
      const isNew =
        base === undefined
          ? this.rates.forget(instrument.instrument)
          : this.rates.know({ ...instrument, base });
      if (isNew) this.move();
    }
    for (const { instrument } of removed) if (this.rates.forget(instrument)) this.move();
  }

  /** Marks that changed, after they have been kept. */
  takeMarks({ length, instrument }: ChangedMarks): void {
    for (let index = 0; index < length; index += 1) {
      if (!this.rates.isPair(instrument[index]!)) continue;
      this.move();
      return;
    }
  }

  /** Whether a rate may be another than when this was last asked. */
  takeMoved(): boolean {
    const { isMoved } = this;
    this.isMoved = false;
    return isMoved;
  }

  private move(): void {
    this.isMoved = true;
    this.rates.clear();
  }
}

/** The price of an option, or of what is quoted the other way round, is no rate, whatever its base is said to be. */
const isPair = ({ kind, inverse }: Instrument): boolean =>
  !inverse && (kind === InstrumentKind.Crypto || kind === InstrumentKind.Fx);
