/**
 * Bybit, live, by API v5: `orderbook.200` and `publicTrade` of spot, linear and inverse contracts, each a stream of its
 * own. bybit-exchange.github.io/docs/v5, "Connect", "Orderbook", "Get instruments info". Contracts that are linear are of
 * one coin, those that are inverse of one dollar.
 */
import { InstrumentKind, SettlementKind } from '../../../schemas/reference';
import type { ListedInstrument, VenueApi } from '../../live/venue-api';
import { contractTerms, listed, spotTerms } from '../listed-terms';
import { field, list, millis, type Native, name, object } from '../native';
import { BybitV5 } from './bybit-v5';

const SECOND = 1_000_000;
const ARGUMENTS_MAX = 10;

type Category = 'spot' | 'linear' | 'inverse';

const say = (op: string, args?: readonly string[]): string => JSON.stringify({ op, args });
const book = (symbol: string): string => `orderbook.200.${symbol}`;

function subscribe(symbols: readonly string[]): readonly string[] {
  const args = symbols.flatMap((symbol) => [book(symbol), `publicTrade.${symbol}`]);
  const texts: string[] = [];
  for (let at = 0; at < args.length; at += ARGUMENTS_MAX)
    texts.push(say('subscribe', args.slice(at, at + ARGUMENTS_MAX)));
  return texts;
}

const read =
  (category: Category, venue: string) =>
  (row: Native): ListedInstrument => {
    const symbol = name(row, 'symbol');
    const quote = name(row, 'quoteCoin');
    if (category === 'spot') return { symbol, terms: spotTerms(venue, name(row, 'baseCoin'), quote) };
    const isPerpetual = name(row, 'contractType').endsWith('Perpetual');
    return {
      symbol,
      terms: contractTerms({
        venue,
        kind: isPerpetual ? InstrumentKind.Perpetual : InstrumentKind.Future,
        currency: name(row, 'settleCoin'),
        inverse: category === 'inverse',
        contractSize: '1',
        ...(category === 'inverse' && { quoteCurrency: quote }),
        ...(!isPerpetual && {
          expiry: millis(field(row, 'deliveryTime'), 'deliveryTime'),
          settlement: SettlementKind.Cash,
        }),
      }),
    };
  };

const bybitOf = (category: Category): VenueApi => {
  const venue = `BYBIT-${category.toUpperCase()}`;
  return {
    name: `bybit-${category}`,
    venue,
    stream: () => `wss://stream.bybit.com/v5/public/${category}`,
    requests: 'https://api.bybit.com',
    adapter: () => new BybitV5(),
    symbolOf: (written) => written.toUpperCase(),
    subscribe,
    resync: (symbol) => [say('unsubscribe', [book(symbol)]), say('subscribe', [book(symbol)])],
    listing: {
      paths: [`/v5/market/instruments-info?category=${category}&limit=1000`],
      read: (answer) =>
        listed(
          list(field(object(field(object(answer, 'answer'), 'result'), 'result'), 'list'), 'list'),
          read(category, venue),
        ),
    },
    heartbeat: { everyMicros: 20 * SECOND, text: say('ping') },
    says: { count: 5, periodMicros: SECOND },
    asks: { count: 5, periodMicros: SECOND },
  };
};

export const bybitFeeds: readonly VenueApi[] = (['spot', 'linear', 'inverse'] as const).map(bybitOf);
