/** How a limit stands, after how it stood before: its reading, its severity, and the excursion that is open. */
import type { Exposure } from '../../schemas/exposures';
import { type Limit, LimitFault, LimitState, type LimitStatus, Severity } from '../../schemas/limits';
import { isLowerBound, isWorse, readingOf, severityOf, utilisationOf } from './limit-reading';

export interface Judged {
  readonly limit: string;
  readonly terms: Limit;
  readonly isInForce: boolean;
  readonly fault: LimitFault;
  readonly exposure: Exposure | undefined;
  readonly before: LimitStatus | undefined;
  readonly now: number;
}

const STATES = [LimitState.Within, LimitState.Warned, LimitState.Breached] as const;

export function statusOf(judged: Judged): LimitStatus {
  const { limit, terms, isInForce, exposure, before, now } = judged;
  const { dimension, account, member, measure, sense, warning, breach, version } = terms;
  const { state, fault, severity } = stateOf(judged);
  const isRead = isInForce && exposure !== undefined && state !== LimitState.Invalid;
  const known = isRead ? readingOf(exposure, measure) : Number.NaN;
  const isUnknown = state === LimitState.Unknown;
  const value = isUnknown ? Number.NaN : known;
  return {
    limit,
    dimension,
    account,
    member,
    measure,
    sense,
    warning,
    breach,
    version,
    state,
    fault,
    value,
    known: Number.isNaN(known) ? undefined : known,
    utilisation: utilisationOf(value, terms),
    unpriced: exposure?.unpriced ?? 0,
    stale: exposure?.stale ?? 0,
    ...excursionOf({
      severity,
      value: isUnknown && !isLowerBound(terms) ? value : known,
      sense,
      before,
      now,
    }),
    time: exposure?.time ?? 0,
    knownAt: now,
  };
}

interface Standing {
  readonly state: LimitState;
  readonly fault: LimitFault;
  readonly severity: Severity;
}

/** What cannot be read never ends an excursion: it stands until a reading is known to be clear. */
function stateOf({ terms, isInForce, fault, exposure, before }: Judged): Standing {
  const held = before?.severity ?? Severity.None;
  if (!isInForce) return { state: LimitState.NotInForce, fault: LimitFault.None, severity: Severity.None };
  if (fault !== LimitFault.None) return { state: LimitState.Invalid, fault, severity: held };
  if (!exposure) return { state: LimitState.Unknown, fault: LimitFault.NothingHeld, severity: held };
  const severity = severityOf(readingOf(exposure, terms.measure), terms, held);
  if (exposure.unpriced === 0) return { state: STATES[severity]!, fault, severity };
  const least = isLowerBound(terms) && severity > held ? severity : held;
  const isCertain = isLowerBound(terms) && severity === Severity.Breach;
  const state = isCertain ? LimitState.Breached : LimitState.Unknown;
  return { state, fault: LimitFault.PartsUnknown, severity: least };
}

interface Excursion {
  readonly severity: Severity;
  readonly value: number;
  readonly sense: Limit['sense'];
  readonly before: LimitStatus | undefined;
  readonly now: number;
}

function excursionOf({ severity, value, sense, before, now }: Excursion) {
  const breached = severity === Severity.Breach;
  const none = { severity, breached: false, since: 0, extreme: Number.NaN };
  if (severity === Severity.None) return none;
  if (!before || before.since === 0) return { severity, breached, since: now, extreme: value };
  const { since, extreme } = before;
  return {
    severity,
    breached: breached || before.breached,
    since,
    extreme: isWorse(value, extreme, sense) ? value : extreme,
  };
}
