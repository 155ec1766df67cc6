/** What a check of a data folder found. */
export interface CheckReport {
  /** What was looked at, for example `entries: 1204`. */
  readonly checked: Readonly<Record<string, number>>;
  /** One sentence for each damage; empty when all is as it was written. */
  readonly damage: readonly string[];
  /** What was not looked at, or was mended, in sentences. */
  readonly notes: readonly string[];
}
