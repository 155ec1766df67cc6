/** Every topic there is, in the order in which docs/TOPICS.md tells of them. */
import type { Topic } from '../runtime/stream/topic';
import { exposureParts, exposures, positionExposures } from './exposures';
import { greekParts, greeks, positionGreeks } from './greeks';
import {
  cash,
  fills,
  foreignFees,
  horizons,
  lateFills,
  lateResolutions,
  positions,
  refusedFills,
} from './ledger';
import { breaches, breachParts, limitStatuses, limits } from './limits';
import { bars, marks, quotes, trades, venueStates, volumes } from './market';
import { deadLetters } from './ops';
import {
  accounts,
  codes,
  instruments,
  names,
  parties,
  scopes,
  tradingDays,
  venues,
  versions,
} from './reference';
import { accountPnl, accountTotals, firmTotals, positionPnl } from './risk';
import { unitValues } from './valuation';

export const topics: readonly Topic[] = [
  names,
  instruments,
  accounts,
  scopes,
  parties,
  venues,
  codes,
  tradingDays,
  versions,
  quotes,
  venueStates,
  trades,
  marks,
  volumes,
  bars,
  fills,
  refusedFills,
  lateFills,
  lateResolutions,
  horizons,
  positions,
  foreignFees,
  cash,
  positionPnl,
  accountPnl,
  accountTotals,
  firmTotals,
  unitValues,
  positionExposures,
  exposureParts,
  positionGreeks,
  greekParts,
  greeks,
  exposures,
  limits,
  limitStatuses,
  breaches,
  breachParts,
  deadLetters,
];
