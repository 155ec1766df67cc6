/**
 * What adapters write: normalised records of one venue, in columns, whatever the venue's own shapes are.
 *
 * A column of numbers holds NaN where the venue said nothing: absent is never zero. Symbols are numbers that the adapter
 * allots to the venue's own names; whoever publishes the records knows which instrument, on which days, each means.
 */
import type { NativeLevel } from './levels-of';
import { NativeError } from './native';

/** More names than any venue lists: beyond them somebody makes names up. */
const SYMBOLS_MAX = 65_536;

type FieldKind = 'number' | 'text';
type Fields = Readonly<Record<string, FieldKind>>;
type ColumnsOf<F extends Fields> = { readonly [N in keyof F]: F[N] extends 'text' ? string[] : Float64Array };

/** Records of one kind. Columns are longer than `length`, and are replaced when they grow: read them anew after `add`. */
export type Records<F extends Fields> = ColumnsOf<F> & {
  readonly length: number;
  /** The place of a new record, all of whose fields are absent. */
  add(): number;
  /** The place of a new record, whose fields are all set by who asked: they hold what was there before. */
  next(): number;
  clear(): void;
};

function records<F extends Fields>(fields: F): Records<F> {
  const numbers = Object.keys(fields).filter((name) => fields[name] === 'number');
  const texts = Object.keys(fields).filter((name) => fields[name] === 'text');
  const columns: Record<string, Float64Array | string[]> = {};
  for (const name of numbers) columns[name] = new Float64Array(256);
  for (const name of texts) columns[name] = [];
  let room = 256;
  const grow = (): void => {
    room *= 2;
    for (const name of numbers) {
      const longer = new Float64Array(room);
      longer.set(columns[name] as Float64Array);
      columns[name] = longer;
    }
  };
  const made = Object.assign(columns, {
    length: 0,
    add(): number {
      const at = made.next();
      for (const name of numbers) (columns[name] as Float64Array)[at] = Number.NaN;
      for (const name of texts) (columns[name] as string[])[at] = '';
      return at;
    },
    next(): number {
      if (made.length === room) grow();
      made.length += 1;
      return made.length - 1;
    },
    clear(): void {
      made.length = 0;
    },
  });
  return made as unknown as Records<F>;
}

/** Of a book: 1 for bids, −1 for asks. Of a trade: who took, 1 the buyer, −1 the seller, NaN where the venue does not say. */
export type Side = 1 | -1;

/** What a feed or one book of it is doing; `state` in the records of states is its place in this list. */
export const feedStates = ['connecting', 'snapshot', 'live', 'gap', 'stale', 'down'] as const;
export type FeedState = (typeof feedStates)[number];

/** Times are microseconds since 1970 UTC by the venue's clock; sizes as the venue counts (units, contracts). */
export class MarketRecords {
  readonly trades = records({
    symbol: 'number',
    id: 'text',
    price: 'number',
    size: 'number',
    side: 'number',
    time: 'number',
  });
  readonly quotes = records({
    symbol: 'number',
    bid: 'number',
    bidSize: 'number',
    ask: 'number',
    askSize: 'number',
    time: 'number',
    sequence: 'number',
    /** 1 where updates were lost: neither side may be believed until the next quote. */
    isGap: 'number',
  });
  /** One a message about a book: its levels are those from `first` to before `end`. */
  readonly books = records({
    symbol: 'number',
    /** 1 where the levels replace the book, 0 where they change it. */
    isSnapshot: 'number',
    first: 'number',
    end: 'number',
    time: 'number',
    sequence: 'number',
  });
  readonly levels = records({ side: 'number', price: 'number', size: 'number' });
  readonly derivatives = records({
    symbol: 'number',
    last: 'number',
    openInterest: 'number',
    funding: 'number',
    fundingTime: 'number',
    nextFunding: 'number',
    index: 'number',
    mark: 'number',
    time: 'number',
  });
  /** Volatilities are decimals: 0.7 for 70 %. Greeks in the venue's own units. */
  readonly options = records({
    symbol: 'number',
    /** 1 call, −1 put. */
    right: 'number',
    strike: 'number',
    expiry: 'number',
    bid: 'number',
    bidSize: 'number',
    bidVolatility: 'number',
    ask: 'number',
    askSize: 'number',
    askVolatility: 'number',
    last: 'number',
    openInterest: 'number',
    mark: 'number',
    markVolatility: 'number',
    delta: 'number',
    gamma: 'number',
    vega: 'number',
    theta: 'number',
    rho: 'number',
    underlying: 'number',
    underlyingName: 'text',
    time: 'number',
  });
  readonly liquidations = records({
    symbol: 'number',
    id: 'text',
    price: 'number',
    size: 'number',
    /** Of the order that liquidates: 1 it buys, −1 it sells. */
    side: 'number',
    time: 'number',
  });
  /** A change of state of a book, or of the whole venue (symbol −1). */
  readonly states = records({ symbol: 'number', state: 'number', reason: 'text', received: 'number' });
  /** The venue's names by number. */
  readonly symbols: string[] = [];
  private readonly numbers = new Map<string, number>();

  /** The number of a venue's name, allotted when it is first met. */
  symbol(name: string): number {
    const known = this.numbers.get(name);
    if (known !== undefined) return known;
    if (this.symbols.length >= SYMBOLS_MAX) throw new NativeError(`"${name}" is one name too many`);
    this.numbers.set(name, this.symbols.length);
    return this.symbols.push(name) - 1;
  }

  trade(said: { symbol: number; id: string; price: number; size: number; side: number; time: number }): void {
    const { trades } = this;
    const at = trades.next();
    trades.symbol[at] = said.symbol;
    trades.id[at] = said.id;
    trades.price[at] = said.price;
    trades.size[at] = said.size;
    trades.side[at] = said.side;
    trades.time[at] = said.time;
  }

  /** A side whose price is not above 0 is empty: venues write 0 for that. */
  quote(said: {
    symbol: number;
    bid: number;
    bidSize: number;
    ask: number;
    askSize: number;
    time: number;
    sequence?: number;
    isGap?: boolean;
  }): void {
    const { quotes } = this;
    const at = quotes.next();
    const [hasBid, hasAsk] = [said.bid > 0, said.ask > 0];
    quotes.symbol[at] = said.symbol;
    quotes.time[at] = said.time;
    quotes.sequence[at] = said.sequence ?? Number.NaN;
    quotes.isGap[at] = said.isGap === true ? 1 : 0;
    quotes.bid[at] = hasBid ? said.bid : Number.NaN;
    quotes.bidSize[at] = hasBid ? said.bidSize : Number.NaN;
    quotes.ask[at] = hasAsk ? said.ask : Number.NaN;
    quotes.askSize[at] = hasAsk ? said.askSize : Number.NaN;
  }

  liquidation(said: {
    symbol: number;
    id?: string;
    price: number;
    size: number;
    side: number;
    time: number;
  }): void {
    const { liquidations } = this;
    const at = liquidations.next();
    liquidations.symbol[at] = said.symbol;
    liquidations.id[at] = said.id ?? '';
    liquidations.price[at] = said.price;
    liquidations.size[at] = said.size;
    liquidations.side[at] = said.side;
    liquidations.time[at] = said.time;
  }

  /** A whole message about a book. */
  book(said: {
    symbol: number;
    isSnapshot: boolean;
    time: number;
    sequence: number;
    bids: readonly NativeLevel[];
    asks: readonly NativeLevel[];
  }): void {
    this.beginBook(said.symbol, said.isSnapshot, said.time, said.sequence);
    for (const { price, size } of said.bids) this.level(1, price, size);
    for (const { price, size } of said.asks) this.level(-1, price, size);
    this.endBook();
  }

  /** Begins what a message says of a book: levels follow, then `endBook`. */
  beginBook(symbol: number, isSnapshot: boolean, time: number, sequence: number): void {
    const { books, levels } = this;
    const at = books.add();
    books.symbol[at] = symbol;
    books.isSnapshot[at] = isSnapshot ? 1 : 0;
    books.first[at] = levels.length;
    books.time[at] = time;
    books.sequence[at] = sequence;
  }

  /** One level of the book begun; a size of 0 removes it. */
  level(side: Side, price: number, size: number): void {
    const { levels } = this;
    const at = levels.next();
    levels.side[at] = side;
    levels.price[at] = price;
    levels.size[at] = size;
  }

  endBook(): void {
    this.books.end[this.books.length - 1] = this.levels.length;
  }

  /** Takes back a book begun and its levels: they turned out not to fit. */
  dropBook(): void {
    const { books, levels } = this;
    (levels as { length: number }).length = books.first[books.length - 1]!;
    (books as { length: number }).length -= 1;
  }

  state(symbol: number, state: FeedState, reason: string, received: number): void {
    const { states } = this;
    const at = states.add();
    states.symbol[at] = symbol;
    states.state[at] = feedStates.indexOf(state);
    states.reason[at] = reason;
    states.received[at] = received;
  }

  /** Forgets all records; names keep their numbers. */
  clear(): void {
    for (const kind of [
      this.trades,
      this.quotes,
      this.books,
      this.levels,
      this.derivatives,
      this.options,
      this.liquidations,
      this.states,
    ])
      kind.clear();
  }
}
