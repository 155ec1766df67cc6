/** A rates book's move from one day's market to another's, as its explanation takes it. */
import type { RatesBookMarket, RatesRow } from '../batch/rates/rates-book';
import type { PricingContext } from '../contract';
import type { CurveRoll } from '../time/roll-curve';

interface Moment {
  readonly market: RatesBookMarket;
  readonly context: PricingContext;
}

export interface RatesMove {
  readonly rows: readonly RatesRow[];
  readonly from: Moment;
  /** A later day, or the same one. */
  readonly to: Moment;
  /** What the passing of time does to the old curves; `forwards-realise` unless said otherwise. */
  readonly roll?: CurveRoll;
  /** The rows with the volatilities of the new day, in the same order; as they were where absent. */
  readonly rowsAfter?: readonly RatesRow[];
  /** By row, in its currency: what it paid on the way, where its flows do not say so (caps, FRAs, credit swaps). */
  readonly cash?: ReadonlyMap<number, number>;
}
