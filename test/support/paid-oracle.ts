/** Cash of one position from scratch, from fills alone: no cost is followed, only what each fill pays or receives. */
import type { Fill, Position } from '../../schemas/ledger';

const ONE = 10n ** 9n;
const KIND = { New: 0, Transfer: 3, Split: 4, Dividend: 5, Funding: 6, Expiry: 7 };

/** What was received less what was paid in the position's own currency, where every unit is paid in full. */
export function paidFor(
  fills: readonly Fill[],
  terms: Pick<Position, 'currency' | 'multiplier' | 'inverse'>,
  base: string | undefined,
): bigint {
  const { multiplier, inverse, currency } = terms;
  const worth = (quantity: bigint, price: bigint): bigint =>
    inverse ? even(-quantity * multiplier * ONE, price) : even(quantity * price * multiplier, ONE);
  let [cash, held] = [0n, 0n];
  for (const { kind, quantity, price, fee, feeCurrency } of fills) {
    if (feeCurrency === currency) cash -= fee;
    const coins = feeCurrency === base && base !== currency ? fee / ONE : 0n;
    if (kind === KIND.Dividend) cash += even(held * price * multiplier, ONE);
    else if (kind === KIND.Split) held = even(held * price, ONE);
    else if (kind === KIND.Expiry) {
      cash += held === 0n ? 0n : -worth(-held, price);
      held = 0n;
    } else if (kind === KIND.Transfer) held += quantity - coins;
    else if (kind === KIND.New) {
      // What crosses zero is two trades, each rounded by itself; where coins were kept it is one.
      const crosses = held * quantity < 0n && abs(quantity) > abs(held) && coins === 0n;
      cash -= crosses ? worth(-held, price) + worth(quantity + held, price) : worth(quantity, price);
      held += quantity - coins;
    }
  }
  return cash;
}

const abs = (value: bigint): bigint => (value < 0n ? -value : value);

/** Rounded half to even, by looking at both neighbours. */
function even(numerator: bigint, denominator: bigint): bigint {
  const [top, bottom] = denominator < 0n ? [-numerator, -denominator] : [numerator, denominator];
  const near = top / bottom;
  const nearest = [near - 1n, near, near + 1n].sort((a, b) => {
    const [left, right] = [abs(a * bottom - top), abs(b * bottom - top)];
    return left < right ? -1 : left > right ? 1 : a % 2n === 0n ? -1 : 1;
  });
  return nearest[0]!;
}
