/** What a backend brings to the conformance suite. */
import type { Backend } from '../../runtime/ports/backend';

/** A backend over a store of its own. */
export interface BackendUnderTest {
  readonly backend: Backend;
  /** Lets time pass, so that whoever doubts the clock believes it; left out where its servers have their own. */
  readonly advanceHours?: (hours: number) => Promise<void>;
  /** Closes it and opens the same store again. */
  reopen(): Promise<Backend>;
  /** Lets go of everything, the store included. */
  destroy(): Promise<void>;
}

export interface OpenOptions {
  /** Small enough to be reached in a test; left out where the test is not about it. */
  readonly quotaBytes?: number;
}

export type OpenBackend = (options?: OpenOptions) => Promise<BackendUnderTest>;

export interface Suite {
  readonly open: OpenBackend;
  /** What this backend leaves to its servers, with the reason: those tests are skipped by name. */
  readonly leftToServers: Readonly<Partial<Record<'quota' | 'retention' | 'compaction', string>>>;
}
