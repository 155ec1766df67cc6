/** `--feed binance:btcusdt,ethusdt`: a venue and what to follow there, as configuration would have it. */
import { InvalidArgumentError } from 'commander';
import { venueApiOf, venueApis } from '../../sources/live/registry';
import type { FeedConfig } from '../config';

export function feedOption(text: string, before: readonly FeedConfig[] = []): readonly FeedConfig[] {
  const match = /^([^:]+):(.+)$/.exec(text);
  const symbols = (match?.[2] ?? '').split(',').map((symbol) => symbol.trim());
  const known = venueApis.map(({ name }) => name).join(', ');
  if (!match || symbols.some((symbol) => symbol === '' || symbol.length > 64))
    throw new InvalidArgumentError('Write a venue and symbols, such as binance:btcusdt,ethusdt.');
  if (!venueApiOf(match[1]!))
    throw new InvalidArgumentError(`There is no feed "${match[1]}"; there are ${known}.`);
  return withFeeds(before, [{ venue: match[1]!, symbols, instruments: {} }]);
}

/** A venue named twice is one feed of all its symbols; what the file says of its addresses and names stands. */
export function withFeeds(feeds: readonly FeedConfig[], more: readonly FeedConfig[]): FeedConfig[] {
  const byVenue = new Map(feeds.map((feed) => [feed.venue, feed]));
  for (const feed of more) {
    const known = byVenue.get(feed.venue);
    const symbols = [...new Set([...(known?.symbols ?? []), ...feed.symbols])];
    byVenue.set(feed.venue, { ...feed, ...known, symbols });
  }
  return [...byVenue.values()];
}
