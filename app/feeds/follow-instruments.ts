/**
 * What a feed follows, found out before it connects: the venue's list, where it has one, says which symbols a word stands
 * for and what they are, and reference data are told of them.
 */
import type { Clock } from '../../runtime/ports/clock';
import type { ListedInstrument, VenueApi } from '../../sources/live/venue-api';
import { type WantedSymbol, wantedSymbols } from '../../sources/live/wanted-symbols';
import type { Folder } from '../folder';
import { askVenue } from './ask-venue';

export interface Followed {
  readonly symbols: readonly string[];
  /** Names of instruments by symbol. */
  readonly instruments: ReadonlyMap<string, string>;
  readonly unknown: readonly string[];
}

export interface FollowOptions {
  readonly api: VenueApi;
  readonly words: readonly string[];
  readonly named: Readonly<Record<string, string>>;
  readonly requests: string | undefined;
  readonly folder: Folder;
  readonly clock: Pick<Clock, 'now'>;
  readonly signal: AbortSignal;
}

/** Throws an Error where the venue does not tell what it lists. */
export async function followInstruments(options: FollowOptions): Promise<Followed> {
  const { api, words, named } = options;
  const listed = await listedBy(options);
  const { symbols, unknown } = wantedSymbols(api, words, named, listed);
  await tellOf(symbols, options);
  return {
    symbols: symbols.map(({ symbol }) => symbol),
    instruments: new Map(symbols.map(({ symbol, instrument }) => [symbol, instrument])),
    unknown,
  };
}

async function listedBy({
  api,
  requests,
  signal,
}: FollowOptions): Promise<readonly ListedInstrument[] | undefined> {
  const { listing } = api;
  if (!listing) return undefined;
  const all: ListedInstrument[] = [];
  for (const path of listing.paths) {
    const answer: unknown = JSON.parse(await askVenue(`${requests ?? api.requests}${path}`, signal));
    all.push(...listing.read(answer));
  }
  return all;
}

async function tellOf(
  symbols: readonly WantedSymbol[],
  { api, folder, clock }: FollowOptions,
): Promise<void> {
  const producer = `instruments of ${api.name}`;
  const now = clock.now();
  const records = symbols.flatMap(({ instrument, terms }, index) =>
    terms === undefined
      ? []
      : [
          {
            topic: 'reference.instruments',
            time: now,
            sequence: index + 1,
            row: { ...terms, instrument, name: instrument, underlying: undefined },
          },
        ],
  );
  if (records.length === 0) return;
  const sequence = ((await folder.backend.log.producer(producer))?.sequence ?? 0) + 1;
  await folder.publisher.publish({ producer, sequence, now, records });
}
