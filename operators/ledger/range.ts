/** What the ledger's types hold: quantities are Avro longs of scale 9, money and turnover decimal(38, 18). */
import type { Holding } from './average-cost';

const QUANTITY_MAX = 2n ** 63n - 1n;
const QUANTITY_MIN = -QUANTITY_MAX;
const DECIMAL_MAX = 10n ** 38n - 1n;
const DECIMAL_MIN = -DECIMAL_MAX;

// Comparisons allot nothing; magnitudes would.
export function isInRange({ quantity, cost, realisedPnl, fees, bought, sold }: Holding): boolean {
  return (
    quantity <= QUANTITY_MAX &&
    quantity >= QUANTITY_MIN &&
    cost <= DECIMAL_MAX &&
    cost >= DECIMAL_MIN &&
    realisedPnl <= DECIMAL_MAX &&
    realisedPnl >= DECIMAL_MIN &&
    fees <= DECIMAL_MAX &&
    fees >= DECIMAL_MIN &&
    bought <= DECIMAL_MAX &&
    sold <= DECIMAL_MAX
  );
}
