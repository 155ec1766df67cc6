/**
 * What a live feed has to know of a venue besides its messages: where to connect, what to say, how a book is begun
 * anew, and what the venue allows. Plain data and pure functions; whoever holds the connection does the rest.
 */

import type { Instrument } from '../../schemas/reference';
import type { Named } from '../feed';
import type { Adapter } from '../venues/adapter';

/** A book's snapshot by a request, where the venue's stream does not bring one. */
export interface SnapshotRequest {
  readonly path: (symbol: string) => string;
  /** The answer as the message that the adapter takes for it. */
  readonly asMessage: (symbol: string, answer: string) => string;
}

/** What a venue lists, for the names of instruments and for symbols that stand for many. */
export interface Listing {
  readonly paths: readonly string[];
  /** Throws a NativeError for an answer that is not what the venue documents; a row that cannot be told of is left out. */
  readonly read: (answer: unknown) => readonly ListedInstrument[];
}

export interface ListedInstrument {
  /** As it is subscribed to, and as messages name it: `MarketRecords.symbol`. */
  readonly symbol: string;
  readonly terms: Omit<Named<Instrument, 'instrument' | 'underlying'>, 'instrument' | 'name' | 'underlying'>;
}

export interface VenueApi {
  /** As configuration and `--feed` name it. */
  readonly name: string;
  /** As reference data names it. */
  readonly venue: string;
  /** Address of the stream. Symbols are known where they are part of it. */
  readonly stream: (symbols: readonly string[]) => string;
  /** Address that paths of requests go behind. */
  readonly requests?: string;
  readonly adapter: () => Adapter;
  /** A symbol as configuration has it (in any case) as messages name it. */
  readonly symbolOf: (written: string) => string;
  /** What to say once the connection stands; nothing where the address says it. */
  readonly subscribe: (symbols: readonly string[]) => readonly string[];
  /** How a book begins anew: by a request, by what is to be said for its symbol, or by a new connection. */
  readonly resync: SnapshotRequest | ((symbol: string) => readonly string[]) | 'reconnect';
  readonly listing?: Listing;
  /** Whether a listed instrument is one of those that a word such as `BTC-options` stands for. */
  readonly isAmong?: (word: string, one: ListedInstrument) => boolean;
  /** A sign of life that the venue wants, or answers, besides those of WebSocket itself. */
  readonly heartbeat?: { readonly everyMicros: number; readonly text: string };
  /** Texts that are no messages: answers to signs of life. */
  readonly isLifeSign?: (text: string) => boolean;
  /** What must be said at once to a message, besides taking it. */
  readonly replyTo?: (text: string) => string | undefined;
  /** Texts that may be said, and requests that may be made. */
  readonly says: { readonly count: number; readonly periodMicros: number };
  readonly asks: { readonly count: number; readonly periodMicros: number };
}
