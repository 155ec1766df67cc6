/**
 * Deribit, live: `book.NAME.100ms` (the raw books want a login) and `trades.NAME.100ms`. A word such as `BTC-options`
 * or `ETH-futures` stands for all that is listed of that kind. docs.deribit.com: subscriptions, `public/get_instruments`,
 * `public/set_heartbeat`, rate limits.
 *
 * An option is priced in its coin, and so is what it settles in. An inverse future is quoted in dollars and settles in coin.
 */
import { parseDecimal } from '../../../schemas/decimals';
import { ExerciseStyle, InstrumentKind, OptionRight, SettlementKind } from '../../../schemas/reference';
import type { ListedInstrument, VenueApi } from '../../live/venue-api';
import { contractTerms, listed } from '../listed-terms';
import { field, list, millis, type Native, name, number, object } from '../native';
import { Deribit } from './deribit';

const SECOND = 1_000_000;
/** More in one request than that are refused. */
const CHANNELS_A_REQUEST = 200;

const channelsOf = (symbol: string): readonly string[] => [`book.${symbol}.100ms`, `trades.${symbol}.100ms`];

function request(method: string, params: unknown): string {
  return JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
}

function subscribe(symbols: readonly string[]): readonly string[] {
  const channels = symbols.flatMap(channelsOf);
  const texts = [request('public/set_heartbeat', { interval: 10 })];
  for (let at = 0; at < channels.length; at += CHANNELS_A_REQUEST)
    texts.push(request('public/subscribe', { channels: channels.slice(at, at + CHANNELS_A_REQUEST) }));
  return texts;
}

/** A perpetual "expires" in the year 3000. */
const isPerpetual = (row: Native): boolean => field(row, 'settlement_period') === 'perpetual';

function read(row: Native): ListedInstrument | undefined {
  const kind = name(row, 'kind');
  if (kind !== 'option' && kind !== 'future') return undefined;
  const base = name(row, 'base_currency');
  const quote = name(row, 'quote_currency');
  const isInverse = kind === 'future' && (field(row, 'future_type') ?? 'reversed') === 'reversed';
  const settlement =
    field(row, 'settlement_currency') === undefined
      ? isInverse
        ? base
        : quote
      : name(row, 'settlement_currency');
  const isOption = kind === 'option';
  const expires = isPerpetual(row)
    ? undefined
    : millis(field(row, 'expiration_timestamp'), 'expiration_timestamp');
  return {
    symbol: name(row, 'instrument_name'),
    terms: contractTerms({
      venue: 'DERIBIT',
      currency: settlement,
      inverse: isInverse,
      kind: isOption
        ? InstrumentKind.Option
        : isPerpetual(row)
          ? InstrumentKind.Perpetual
          : InstrumentKind.Future,
      // Sizes of inverse futures are dollars.
      contractSize: isInverse ? '1' : isOption ? String(number(row, 'contract_size')) : '1',
      ...(isInverse && { quoteCurrency: quote }),
      validFrom: millis(field(row, 'creation_timestamp'), 'creation_timestamp'),
      ...(expires !== undefined && { expiry: expires, settlement: SettlementKind.Cash }),
      ...(isOption && {
        right: field(row, 'option_type') === 'call' ? OptionRight.Call : OptionRight.Put,
        strike: parseDecimal(String(number(row, 'strike')), 9),
        exercise: ExerciseStyle.European,
      }),
    }),
  };
}

const KINDS: Readonly<Record<string, readonly InstrumentKind[]>> = {
  options: [InstrumentKind.Option],
  futures: [InstrumentKind.Future, InstrumentKind.Perpetual],
};

export const deribit: VenueApi = {
  name: 'deribit',
  venue: 'DERIBIT',
  stream: () => 'wss://www.deribit.com/ws/api/v2',
  requests: 'https://www.deribit.com/api/v2',
  adapter: () => new Deribit(),
  symbolOf: (written) => written.toUpperCase(),
  subscribe,
  resync: (symbol) => {
    const channels = channelsOf(symbol).slice(0, 1);
    return [request('public/unsubscribe', { channels }), request('public/subscribe', { channels })];
  },
  listing: {
    paths: ['/public/get_instruments?currency=any&expired=false'],
    read: (answer) => listed(list(field(object(answer, 'answer'), 'result'), 'result'), read),
  },
  isAmong: (word, { symbol, terms }) => {
    const match = /^([a-z0-9_]+)-(options|futures)$/i.exec(word);
    return (
      match !== null &&
      symbol.startsWith(`${match[1]!.toUpperCase()}-`) &&
      KINDS[match[2]!.toLowerCase()]!.includes(terms.kind)
    );
  },
  // The venue asks for an answer where it doubts that we are there.
  replyTo: (text) =>
    text.includes('"test_request"') && text.length < 200 ? request('public/test', {}) : undefined,
  says: { count: 5, periodMicros: SECOND },
  asks: { count: 5, periodMicros: SECOND },
};
