/** What a check of a data folder found. */
export interface CheckReport {
  /** What was looked at, for example `log entries: 1204`. */
  readonly checked: Readonly<Record<string, number>>;
  /** One sentence for each damage; empty when all is as it was written. */
  readonly damage: readonly string[];
}
