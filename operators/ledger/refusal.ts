import type { FillRefusal, RefusedFill } from '../../schemas/ledger';

/** A message that changed nothing, by which rule, and what was found. */
export function refusal(
  {
    executionId,
    account,
    instrument,
    time,
  }: Pick<RefusedFill, 'executionId' | 'account' | 'instrument' | 'time'>,
  reason: FillRefusal,
  detail: string,
): RefusedFill {
  return { executionId, account, instrument, reason, detail, time };
}
