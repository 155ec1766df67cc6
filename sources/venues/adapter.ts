/**
 * An adapter speaks one version of one venue's API: it is pure, state and native message in, normalised records out.
 * It opens no connection and reads no clock.
 */
import type { MarketRecords } from './market-records';
import { NativeError } from './native';

export interface Adapter {
  /** `coinbase`, and the version of its API, such as `exchange-2021`. */
  readonly venue: string;
  readonly api: string;
  /**
   * Takes a message as the venue sent it, parsed. Throws a NativeError for one that is not what the venue documents;
   * records written before that stand, so an adapter checks a message whole before it writes.
   *
   * @param received microseconds since 1970 UTC, by this machine
   */
  receive(message: unknown, received: number, to: MarketRecords): void;
  /** Whether a chain or a checksum shows that an update is missing. Where none does, a message refused may be one. */
  readonly booksAreFollowed: boolean;
  /** A message could not be taken that may have been about any book: none may be believed until it has a snapshot. */
  lost(received: number, to: MarketRecords): void;
  /** Names whose books must begin anew from a snapshot: asked for by whoever holds the connection, then forgotten here. */
  takeResyncs(): readonly string[];
}

/** What came of a feed's messages. */
export interface FeedCounts {
  messages: number;
  /** No JSON. */
  unreadable: number;
  /** JSON that is not what the venue documents, by what was wrong. */
  refused: Map<string, number>;
}

const REASONS_MAX = 100;

/** Runs an adapter over a feed's texts: what is rubbish is counted by reason, and the next message has its turn. */
export class AdaptedFeed {
  constructor(
    readonly adapter: Adapter,
    readonly records: MarketRecords,
    /** Goes on where those of a connection before ended. */
    readonly counts: FeedCounts = { messages: 0, unreadable: 0, refused: new Map() },
  ) {}

  /** Answers whether the message was taken. */
  receive(text: string, received: number): boolean {
    this.counts.messages += 1;
    let message: unknown;
    try {
      message = JSON.parse(text);
    } catch {
      this.counts.unreadable += 1;
      this.adapter.lost(received, this.records);
      return false;
    }
    try {
      this.adapter.receive(message, received, this.records);
      return true;
    } catch (error) {
      if (!(error instanceof NativeError)) throw error;
      if (!this.adapter.booksAreFollowed) this.adapter.lost(received, this.records);
      const { refused } = this.counts;
      // Reasons hold values from outside: there may be endlessly many of them.
      const reason = refused.has(error.message) || refused.size < REASONS_MAX ? error.message : 'others';
      refused.set(reason, (refused.get(reason) ?? 0) + 1);
      return false;
    }
  }
}
