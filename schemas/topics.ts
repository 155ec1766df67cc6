/** Every topic there is, in the order in which docs/TOPICS.md tells of them. */
import type { Topic } from '../runtime/stream/topic';
import { fills, foreignFees, horizons, lateFills, positions, refusedFills } from './ledger';
import { marks, quotes, trades, venueStates, volumes } from './market';
import { deadLetters } from './ops';
import { instruments, names } from './reference';
import { accountPnl, accountTotals, positionPnl } from './risk';

export const topics: readonly Topic[] = [
  names,
  instruments,
  quotes,
  venueStates,
  trades,
  marks,
  volumes,
  fills,
  refusedFills,
  lateFills,
  horizons,
  positions,
  foreignFees,
  positionPnl,
  accountPnl,
  accountTotals,
  deadLetters,
];
