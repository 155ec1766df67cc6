import { FillRefusal, type RefusedFill } from '../../schemas/ledger';

type Refusable = Pick<RefusedFill, 'executionId' | 'account' | 'instrument' | 'venue' | 'time'>;

/** A message that changed nothing, by which rule, and what was found. */
export function refusal(message: Refusable, reason: FillRefusal, detail: string): RefusedFill {
  const { executionId, account, instrument, venue, time } = message;
  return { executionId, account, instrument, venue, reason, detail, time, knownAt: 0 };
}

export const outOfRange = (message: Refusable): RefusedFill =>
  refusal(message, FillRefusal.OutOfRange, 'the position would not fit its decimals: split it over accounts');
