/** What the ledger's types hold: quantities are decimal(38, 9), money and turnover decimal(38, 18). */
import type { Holding } from './holding';
import { fifoRealisedOf } from './lots-after';

const DECIMAL_MAX = 10n ** 38n - 1n;
const DECIMAL_MIN = -DECIMAL_MAX;

// Comparisons allot nothing; magnitudes would.
export function isInRange(holding: Holding): boolean {
  const { quantity, cost, realisedPnl, fees, bought, sold, income, transferred } = holding;
  return (
    quantity <= DECIMAL_MAX &&
    quantity >= DECIMAL_MIN &&
    (income === 0n || (income <= DECIMAL_MAX && income >= DECIMAL_MIN)) &&
    (transferred === 0n || (transferred <= DECIMAL_MAX && transferred >= DECIMAL_MIN)) &&
    cost <= DECIMAL_MAX &&
    cost >= DECIMAL_MIN &&
    realisedPnl <= DECIMAL_MAX &&
    realisedPnl >= DECIMAL_MIN &&
    fees <= DECIMAL_MAX &&
    fees >= DECIMAL_MIN &&
    bought <= DECIMAL_MAX &&
    sold <= DECIMAL_MAX &&
    (holding.lots.cost === cost || (isDecimal(holding.lots.cost) && isDecimal(fifoRealisedOf(holding))))
  );
}

/** The amount, or the largest of its sign that has room in 38 digits. */
export const withinDecimal = (amount: bigint): bigint =>
  amount > DECIMAL_MAX ? DECIMAL_MAX : amount < DECIMAL_MIN ? DECIMAL_MIN : amount;

/** Whether an amount has at most 38 digits. */
export const isDecimal = (amount: bigint): boolean => amount <= DECIMAL_MAX && amount >= DECIMAL_MIN;
