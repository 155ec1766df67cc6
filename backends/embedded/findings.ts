/** What a check of a data folder finds, and what it has looked at. */
export interface Findings {
  /** What is wrong, a sentence each; empty when all is well. */
  readonly damage: readonly string[];
  readonly topics: number;
  readonly entries: number;
  readonly messages: number;
  readonly tasks: number;
  readonly epochs: number;
  readonly records: number;
}

export type Tally = { -readonly [Name in Exclude<keyof Findings, 'damage'>]: number };
