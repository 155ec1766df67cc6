/** Who holds what: an account's holdings of one instrument under several contracts are told apart by one number. */

/** Contracts of an instrument, and accounts, that fit into it. */
const ACCOUNTS = 2 ** 24;
const CONTRACTS = 2 ** 7;

/** More accounts, or contracts of one instrument, than can be told apart. */
export class HolderRangeError extends RangeError {
  override readonly name = 'HolderRangeError';
}

export function holderOf({
  account,
  contract,
}: {
  readonly account: number;
  readonly contract: number;
}): number {
  if (account >= ACCOUNTS || contract >= CONTRACTS)
    throw new HolderRangeError(
      `account ${account} with contract ${contract}: at most ${ACCOUNTS} accounts and ${CONTRACTS} contracts of an instrument can be valued. Split the accounts over jobs.`,
    );
  return account + contract * ACCOUNTS;
}
