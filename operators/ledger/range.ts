/** What the ledger's types hold: quantities are Avro longs of scale 9, money is decimal(38, 18). */
import type { Holding } from './average-cost';
import { magnitude } from './contract';

const QUANTITY_MAX = 2n ** 63n - 1n;
const DECIMAL_MAX = 10n ** 38n - 1n;
/** Quantities bought and sold are kept with scale 9, and written with scale 18. */
const TURNOVER_MAX = DECIMAL_MAX / 10n ** 9n;

export function isInRange({ quantity, cost, realisedPnl, fees, bought, sold }: Holding): boolean {
  return (
    magnitude(quantity) <= QUANTITY_MAX &&
    magnitude(cost) <= DECIMAL_MAX &&
    magnitude(realisedPnl) <= DECIMAL_MAX &&
    magnitude(fees) <= DECIMAL_MAX &&
    bought <= TURNOVER_MAX &&
    sold <= TURNOVER_MAX
  );
}
