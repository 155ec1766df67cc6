/** Records of an adapter in the shape of the published vectors: one plain object a record, absent fields left out. */
import type { MarketRecords } from '../../../sources/venues/market-records';

export type Normalised = Readonly<Record<string, unknown>>;

const side = (value: number): string => (value === 1 ? 'buy' : value === -1 ? 'sell' : 'unknown');

/** Micros as ISO text with as many digits as are not zero, at least milliseconds. */
export function instant(micros: number): string {
  const text = new Date(Math.floor(micros / 1000)).toISOString().slice(0, -1);
  const rest = Math.round(micros % 1000);
  return `${text}${rest === 0 ? '' : String(rest).padStart(3, '0')}Z`;
}

function withoutAbsent(record: Record<string, unknown>): Normalised {
  return Object.fromEntries(
    Object.entries(record).filter(([, value]) => value !== undefined && !Number.isNaN(value) && value !== ''),
  );
}

/**
 * @param received what stands for the time of records whose venue tells none
 * @param volatility factor on volatilities: the vectors keep each venue's own unit
 */
export function normalisedOf(records: MarketRecords, received: number, volatility = 1): Normalised[] {
  const { trades, books, levels, derivatives, options, quotes, liquidations, symbols } = records;
  const out: Normalised[] = [];
  const timeOf = (time: number): string => instant(Number.isNaN(time) ? received : time);
  for (let at = 0; at < trades.length; at += 1)
    out.push(
      withoutAbsent({
        type: 'trade',
        symbol: symbols[trades.symbol[at]!],
        id: trades.id[at],
        price: trades.price[at],
        amount: trades.size[at],
        side: side(trades.side[at]!),
        timestamp: timeOf(trades.time[at]!),
      }),
    );
  for (let at = 0; at < books.length; at += 1) {
    const of = (which: number): unknown[] => {
      const found: unknown[] = [];
      for (let level = books.first[at]!; level < books.end[at]!; level += 1)
        if (levels.side[level] === which)
          found.push({ price: levels.price[level], amount: levels.size[level] });
      return found;
    };
    out.push({
      type: 'book_change',
      symbol: symbols[books.symbol[at]!],
      isSnapshot: books.isSnapshot[at] === 1,
      bids: of(1),
      asks: of(-1),
      timestamp: timeOf(books.time[at]!),
    });
  }
  for (let at = 0; at < derivatives.length; at += 1) {
    const fundingTime = derivatives.fundingTime[at]!;
    out.push(
      withoutAbsent({
        type: 'derivative_ticker',
        symbol: symbols[derivatives.symbol[at]!],
        lastPrice: derivatives.last[at],
        openInterest: derivatives.openInterest[at],
        fundingRate: derivatives.funding[at],
        fundingTimestamp: Number.isNaN(fundingTime) ? undefined : instant(fundingTime),
        predictedFundingRate: derivatives.nextFunding[at],
        indexPrice: derivatives.index[at],
        markPrice: derivatives.mark[at],
        timestamp: timeOf(derivatives.time[at]!),
      }),
    );
  }
  for (let at = 0; at < options.length; at += 1)
    out.push(
      withoutAbsent({
        type: 'option_summary',
        symbol: symbols[options.symbol[at]!],
        optionType: options.right[at] === 1 ? 'call' : 'put',
        strikePrice: options.strike[at],
        expirationDate: instant(options.expiry[at]!),
        bestBidPrice: options.bid[at],
        bestBidAmount: options.bidSize[at],
        bestBidIV: options.bidVolatility[at]! * volatility,
        bestAskPrice: options.ask[at],
        bestAskAmount: options.askSize[at],
        bestAskIV: options.askVolatility[at]! * volatility,
        lastPrice: options.last[at],
        openInterest: options.openInterest[at],
        markPrice: options.mark[at],
        markIV: options.markVolatility[at]! * volatility,
        delta: options.delta[at],
        gamma: options.gamma[at],
        vega: options.vega[at],
        theta: options.theta[at],
        rho: options.rho[at],
        underlyingPrice: options.underlying[at],
        underlyingIndex: options.underlyingName[at],
        timestamp: timeOf(options.time[at]!),
      }),
    );
  for (let at = 0; at < quotes.length; at += 1)
    out.push(
      withoutAbsent({
        type: 'book_ticker',
        symbol: symbols[quotes.symbol[at]!],
        askAmount: quotes.askSize[at],
        askPrice: quotes.ask[at],
        bidPrice: quotes.bid[at],
        bidAmount: quotes.bidSize[at],
        timestamp: timeOf(quotes.time[at]!),
      }),
    );
  for (let at = 0; at < liquidations.length; at += 1)
    out.push(
      withoutAbsent({
        type: 'liquidation',
        symbol: symbols[liquidations.symbol[at]!],
        id: liquidations.id[at],
        price: liquidations.price[at],
        amount: liquidations.size[at],
        side: side(liquidations.side[at]!),
        timestamp: timeOf(liquidations.time[at]!),
      }),
    );
  return out;
}
