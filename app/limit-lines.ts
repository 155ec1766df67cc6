/** What `start` says of limits: how each stands, and what its excursions were lately. */
import {
  type Breach,
  BreachPhase,
  breachCauseNames,
  breaches,
  LimitFault,
  type LimitStatus,
  limitFaultNames,
  limitMeasureNames,
  limitStateNames,
  limitStatuses,
} from '../schemas/limits';
import { amount, count } from './amounts';
import type { Sayings } from './view/followed-topics';

export interface LimitLine {
  readonly limit: string;
  /** Firm, or the name of the account. */
  readonly scope: string;
  readonly measure: string;
  readonly state: string;
  /** NaN where there is none, or it is unknown. */
  readonly value: number;
  /** Of the parts that are known; NaN where none is. */
  readonly known: number;
  readonly warning: number;
  readonly breach: number;
  /** Fraction of the breach level. */
  readonly utilisation: number;
  readonly unpriced: number;
  /** Why it cannot be read; empty where it can. */
  readonly fault: string;
  /** When the open excursion began, micros; 0: none is open. */
  readonly since: number;
  /** Phases of excursions among the breaches that are remembered. */
  readonly warned: number;
  readonly breached: number;
  readonly ended: number;
  /** Of the latest phase; empty where there was none. */
  readonly lastCause: string;
}

/** The most used first. */
export function limitLines(followed: Sayings): LimitLine[] {
  const phases = followed.lately(breaches).map(({ row }) => row as unknown as Breach);
  const lines = [...followed.latest(limitStatuses).values()].map((one): LimitLine => {
    const row = one as unknown as LimitStatus;
    const own = phases.filter(({ limit }) => limit === row.limit);
    const countOf = (phase: BreachPhase): number => own.filter((breach) => breach.phase === phase).length;
    return {
      limit: row.limit,
      scope: row.account < 0 ? row.dimension : followed.nameOf('account', row.account),
      measure: limitMeasureNames[row.measure]!,
      state: limitStateNames[row.state]!,
      value: row.value,
      known: row.known ?? Number.NaN,
      warning: row.warning,
      breach: row.breach,
      utilisation: row.utilisation,
      unpriced: row.unpriced,
      fault: row.fault === LimitFault.None ? '' : limitFaultNames[row.fault]!,
      since: row.since,
      warned: countOf(BreachPhase.Warned),
      breached: countOf(BreachPhase.Breached),
      ended: countOf(BreachPhase.Ended),
      lastCause: own[0] ? breachCauseNames[own[0].cause]! : '',
    };
  });
  const used = ({ utilisation }: LimitLine): number => (Number.isNaN(utilisation) ? -1 : utilisation);
  return lines.sort((a, b) => used(b) - used(a) || (a.limit < b.limit ? -1 : 1));
}

/** One sentence a limit. */
export function limitSentence(line: LimitLine): string {
  const { limit, state, warned, breached, ended, lastCause } = line;
  const phases = `warned ${count(warned)}, breached ${count(breached)}, ended ${count(ended)} times`;
  return `limit ${limit}: ${state}${readingText(line)}; ${phases}${lastCause === '' ? '' : `, last by ${lastCause}`}`;
}

/** A reading of which a part is unknown is no number: how many parts, and what is known of it, stand for it. */
function readingText({ value, known, breach, utilisation, unpriced, fault }: LimitLine): string {
  const why = unpriced > 0 ? `, ${count(unpriced)} unpriced` : fault === '' ? '' : `, ${fault}`;
  if (!Number.isNaN(value)) {
    const least = unpriced > 0 ? ' at least' : ' at';
    return `${least} ${amount(value, 0)} of ${amount(breach, 0)} (${amount(100 * utilisation, 0)} %)${why}`;
  }
  return `${why}${Number.isNaN(known) ? '' : `, ${amount(known, 0)} known`}`;
}
