/** What people are told of: something that is raised and cleared, or that happened once. Plain text all through. */

/** From the least to the worst. */
export const SEVERITIES = ['info', 'warning', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

export interface Alert {
  /** What it is about, for as long as it is about that: a later alert of the key says how it stands now. */
  readonly key: string;
  readonly state: 'raised' | 'cleared' | 'once';
  readonly severity: Severity;
  /** What, in one line. */
  readonly title: string;
  /** Why, as far as it is known; empty where the title says all. */
  readonly why: string;
  /** What to do now; empty where there is nothing to do. */
  readonly next: string;
  /** When it happened: ISO 8601, UTC. */
  readonly time: string;
}

export const isAtLeast = (severity: Severity, least: Severity): boolean =>
  SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(least);
