/**
 * Cash from scratch, after what a desk would tell: each execution that counts pays or receives money, and nothing else
 * does. Works on fills alone and knows no average cost, save for what is settled by difference, where cash is what was
 * realised.
 */
import type { Instrument } from '../../schemas/reference';
import type { LedgerOracle } from './ledger-oracle';
import { paidFor } from './paid-oracle';

const ONE = 10n ** 9n;
const KIND = { New: 0, Transfer: 3 };

export type Balances = ReadonlyMap<string, bigint>;

/** By account and currency, with a stroke between; those at zero are left out. */
export function cashOf(
  oracle: LedgerOracle,
  instruments: readonly Instrument[],
  isByDifference: (instrument: number) => boolean,
): Balances {
  const balances = new Map<string, bigint>();
  const pay = (account: number, currency: string, amount: bigint): void => {
    const key = `${account}/${currency}`;
    balances.set(key, (balances.get(key) ?? 0n) + amount);
  };
  const positions = oracle.positions();
  oracle.counting().forEach((fills, index) => {
    const position = positions[index]!;
    const { account, instrument, currency } = position;
    const { base } = instruments.find((one) => one.instrument === instrument)!;
    for (const { feeCurrency, fee, kind } of fills) {
      const coins = feeCurrency === base && (kind === KIND.New || kind === KIND.Transfer) ? fee / ONE : 0n;
      if (feeCurrency !== currency) pay(account, feeCurrency, -(fee - coins * ONE));
    }
    pay(
      account,
      currency,
      isByDifference(instrument) ? position.realisedPnl : paidFor(fills, position, base),
    );
  });
  return new Map([...balances].filter(([, amount]) => amount !== 0n));
}
