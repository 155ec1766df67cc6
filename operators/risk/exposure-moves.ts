/** What changed an exposure: fills, prices, exchange rates; of the net value and of the gross one. */

/** Each change of net, then each of gross. */
export const Move = {
  NetByFills: 0,
  NetByPrices: 1,
  NetByRates: 2,
  GrossByFills: 3,
  GrossByPrices: 4,
  GrossByRates: 5,
} as const;
export const MOVES = 6;

export interface Exposed {
  readonly quantity: number;
  readonly unitWorth: number;
  readonly rate: number;
}

/** NaN where a price or a rate is missing; what is flat is worth nothing, whatever it costs. */
export const exposureOf = ({ quantity, unitWorth, rate }: Exposed): number =>
  quantity === 0 ? 0 : quantity * unitWorth * rate;

/**
 * Adds to `moves`, at `from`, what a change of one position did: first the quantity at the old price and rate, then the
 * price, then the rate, so that the three add up to the whole. What was or is unknown is nobody's doing.
 */
export function addMoves(moves: Float64Array, from: number, before: Exposed, after: Exposed): void {
  const [first, last] = [exposureOf(before), exposureOf(after)];
  if (Number.isNaN(first) || Number.isNaN(last)) return;
  const isOpened = before.quantity === 0;
  const filled = isOpened ? last : exposureOf({ ...before, quantity: after.quantity });
  const priced = isOpened ? last : exposureOf({ ...after, rate: before.rate });
  moves[from + Move.NetByFills]! += filled - first;
  moves[from + Move.NetByPrices]! += priced - filled;
  moves[from + Move.NetByRates]! += last - priced;
  moves[from + Move.GrossByFills]! += Math.abs(filled) - Math.abs(first);
  moves[from + Move.GrossByPrices]! += Math.abs(priced) - Math.abs(filled);
  moves[from + Move.GrossByRates]! += Math.abs(last) - Math.abs(priced);
}
