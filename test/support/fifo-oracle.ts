/**
 * Lots from scratch: what is sold is taken from the oldest unit on. Realised P&L is not followed, it is what is left: cash
 * received, less what transfers brought, plus the cost of what is open.
 */
import type { Fill, Position } from '../../schemas/ledger';
import { paidFor } from './paid-oracle';

const ONE = 10n ** 9n;
const KIND = { New: 0, Transfer: 3, Split: 4, Expiry: 7 };

interface Lot {
  quantity: bigint;
  cost: bigint;
}

type Terms = Pick<Position, 'currency' | 'multiplier' | 'inverse'>;

export function fifoOf(
  fills: readonly Fill[],
  terms: Terms,
  base: string | undefined,
): Pick<Position, 'fifoCost' | 'fifoRealisedPnl' | 'lots'> {
  const { multiplier, inverse, currency } = terms;
  const worth = (quantity: bigint, price: bigint): bigint =>
    inverse ? even(-quantity * multiplier * ONE, price) : even(quantity * price * multiplier, ONE);
  const lots: Lot[] = [];
  let brought = 0n;
  const held = (): bigint => lots.reduce((sum, { quantity }) => sum + quantity, 0n);
  const cost = (): bigint => lots.reduce((sum, lot) => sum + lot.cost, 0n);
  /** `share` says what the part that opens costs. */
  const move = (change: bigint, share: (opening: bigint) => bigint): void => {
    let left = change;
    while (left !== 0n && lots.length > 0 && lots[0]!.quantity * left < 0n) {
      const [oldest] = lots as [Lot];
      const size = abs(left) < abs(oldest.quantity) ? abs(left) : abs(oldest.quantity);
      const taken = oldest.quantity > 0n ? size : -size;
      if (taken === oldest.quantity) lots.shift();
      else {
        oldest.cost -= even(oldest.cost * size, abs(oldest.quantity));
        oldest.quantity -= taken;
      }
      left += taken;
    }
    if (left === 0n) return;
    const [before] = lots;
    if (before?.quantity === 0n) lots.splice(0, 1, { quantity: left, cost: before.cost + share(left) });
    else lots.push({ quantity: left, cost: share(left) });
  };
  for (const { kind, quantity, price, fee, feeCurrency } of fills) {
    const coins = feeCurrency === base && base !== currency ? fee / ONE : 0n;
    const money = worth(quantity, price === 0n ? ONE : price);
    const change = kind === KIND.Transfer ? quantity : quantity - coins;
    const partOfMoney = (opening: bigint): bigint =>
      opening === change ? money : money - even(money * (abs(change) - abs(opening)), abs(change));
    if (kind === KIND.New) move(change, coins === 0n ? (opening) => worth(opening, price) : partOfMoney);
    else if (kind === KIND.Expiry) lots.length = 0;
    else if (kind === KIND.Transfer) {
      const before = cost();
      move(quantity, partOfMoney);
      brought += cost() - before;
      move(-coins, () => 0n);
    } else if (kind === KIND.Split) split(lots, price, even(held() * price, ONE));
  }
  const paid = paidFor(fills, terms, base);
  return { fifoCost: cost(), fifoRealisedPnl: paid + cost() - brought, lots: lots.length };
}

/** The youngest lot takes what rounding leaves; one that comes to nothing gives its cost to the next, or the last there is. */
function split(lots: Lot[], ratio: bigint, total: bigint): void {
  if (lots.length === 0) return;
  for (const lot of lots.slice(0, -1)) lot.quantity = even(lot.quantity * ratio, ONE);
  const older = lots.slice(0, -1).reduce((sum, { quantity }) => sum + quantity, 0n);
  lots.at(-1)!.quantity = total - older;
  for (let index = 0; index < lots.length - 1; )
    if (lots[index]!.quantity !== 0n) index += 1;
    else lots[index + 1]!.cost += lots.splice(index, 1)[0]!.cost;
  const last = lots.at(-1)!;
  if (last.quantity === 0n && lots.length > 1) lots.at(-2)!.cost += lots.pop()!.cost;
}

const abs = (value: bigint): bigint => (value < 0n ? -value : value);

/** Rounded half to even: twice the rest against the whole. */
function even(numerator: bigint, denominator: bigint): bigint {
  const [top, bottom] = denominator < 0n ? [-numerator, -denominator] : [numerator, denominator];
  const size = abs(top);
  const [whole, rest] = [size / bottom, size % bottom];
  const up = 2n * rest > bottom || (2n * rest === bottom && whole % 2n === 1n);
  return (top < 0n ? -1n : 1n) * (up ? whole + 1n : whole);
}
