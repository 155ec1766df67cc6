/**
 * What is sent at once: the alerts of a run of committed records, each key as it stands at the end, worst first. Beyond a
 * number of lines the rest is counted, by severity: each is a record of its topic all the same.
 */
import { type Alert, SEVERITIES, type Severity } from './alert';

export interface Notice {
  /** The same whenever it is sent again: whoever takes it may know by this that he has it. */
  readonly id: string;
  /** Worst first. */
  readonly alerts: readonly Alert[];
  /** How many more there are, of which nothing else is said. */
  readonly more: Readonly<Record<Severity, number>>;
}

export const NOTICE_ALERTS_MAX = 20;

/** Answers undefined where there is nothing to tell. */
export function compose(id: string, alerts: readonly Alert[]): Notice | undefined {
  const last = new Map<string, Alert>();
  for (const alert of alerts) {
    last.delete(alert.key);
    last.set(alert.key, alert);
  }
  const ranked = [...last.values()].sort((one, other) => rankOf(one) - rankOf(other));
  const rest = ranked.slice(NOTICE_ALERTS_MAX);
  const more = Object.fromEntries(
    SEVERITIES.map((severity) => [severity, rest.filter((alert) => alert.severity === severity).length]),
  ) as Record<Severity, number>;
  return ranked.length === 0 ? undefined : { id, alerts: ranked.slice(0, NOTICE_ALERTS_MAX), more };
}

/** What is over is less urgent than what stands; among equals the order in which they came. */
const rankOf = ({ severity, state }: Alert): number =>
  (state === 'cleared' ? SEVERITIES.length : 0) - SEVERITIES.indexOf(severity);

/** In one line: what there is, and how much of it. */
export function headline({ alerts, more }: Notice): string {
  const [first] = alerts;
  const others = alerts.length - 1 + countOf(more);
  const word = first!.state === 'cleared' ? 'CLEARED' : first!.severity.toUpperCase();
  return `${word}: ${first!.title}${others === 0 ? '' : ` (and ${others} more)`}`;
}

/** What is not told one by one, in words; empty where there is nothing. */
export function restOf({ more }: Notice): string {
  if (countOf(more) === 0) return '';
  const parts = [...SEVERITIES]
    .reverse()
    .flatMap((severity) => (more[severity] > 0 ? [`${more[severity]} ${severity}`] : []));
  return `${countOf(more)} more: ${parts.join(', ')}`;
}

const countOf = (more: Notice['more']): number =>
  SEVERITIES.reduce((sum, severity) => sum + more[severity], 0);
