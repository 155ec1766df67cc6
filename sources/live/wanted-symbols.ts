/** What a feed is to follow: words of the configuration as symbols, each with the name of its instrument and its terms. */
import type { ListedInstrument, VenueApi } from './venue-api';

export interface WantedSymbol {
  readonly symbol: string;
  /** Of the instrument, among reference data's. */
  readonly instrument: string;
  /** Undefined where the venue lists none, or the name is somebody else's to tell of. */
  readonly terms: ListedInstrument['terms'] | undefined;
}

export interface Wanted {
  readonly symbols: readonly WantedSymbol[];
  /** Words that stand for nothing that the venue lists. */
  readonly unknown: readonly string[];
}

/** More on one connection than any venue allows. */
export const SYMBOLS_MAX = 2000;

export function wantedSymbols(
  api: VenueApi,
  words: readonly string[],
  /** Names of instruments by symbol, where they are not the venue and the symbol. */
  named: Readonly<Record<string, string>>,
  /** Undefined for a venue whose list is not read: symbols are believed. */
  listed: readonly ListedInstrument[] | undefined,
): Wanted {
  const bySymbol = new Map(listed?.map((one) => [one.symbol, one]));
  const names = new Map(Object.entries(named).map(([symbol, name]) => [api.symbolOf(symbol), name]));
  const symbols = new Map<string, WantedSymbol>();
  const unknown: string[] = [];
  for (const word of words) {
    const among = listed?.filter((one) => api.isAmong?.(word, one) === true) ?? [];
    const symbol = api.symbolOf(word);
    const found = among.length > 0 ? among.map((one) => one.symbol) : [symbol];
    if (among.length === 0 && listed && !bySymbol.has(symbol)) {
      unknown.push(word);
      continue;
    }
    for (const one of found) {
      const own = names.get(one);
      const terms = own === undefined ? bySymbol.get(one)?.terms : undefined;
      symbols.set(one, { symbol: one, instrument: own ?? `${api.venue}:${one}`, terms });
    }
  }
  return { symbols: [...symbols.values()].slice(0, SYMBOLS_MAX), unknown };
}
