/** How a running job is, as of now. */
export interface LiveState {
  readonly dir: string;
  readonly seconds: number;
  readonly epoch: number;
  readonly recordsIn: number;
  readonly recordsInPerSecond: number;
  readonly refused: number;
  readonly lag: number;
  readonly logBytes: number;
  readonly quotaBytes: number;
  readonly url: string | undefined;
  readonly sinkLagSeconds: number | undefined;
  readonly troubles: readonly string[];
  readonly operations: readonly Operation[];
}

/** A part of the running job, and how it is. */
export interface Operation {
  readonly what: string;
  readonly name: string;
  readonly state: string;
  readonly detail: string;
  readonly isTrouble: boolean;
}
