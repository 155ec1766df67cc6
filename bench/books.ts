/** Order books: changes of levels a second with the best prices read after each message, beside a book on red-black trees. */
import { LevelBook } from '../books/level-book';
import { OrderBook } from '../books/order-book';
import { type Bench, type Figure, timed } from './bench';

const LEVELS_A_MESSAGE = 4;
const DEPTH = 500;

interface Flow {
  readonly isBid: Uint8Array;
  readonly prices: Float64Array;
  readonly sizes: Float64Array;
}

/** Levels change mostly near a mid price that wanders; a third of the changes removes. */
function flowOf(changes: number): Flow {
  let seed = 20_240_601;
  const random = (): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 4_294_967_296;
  };
  const flow = {
    isBid: new Uint8Array(changes),
    prices: new Float64Array(changes),
    sizes: new Float64Array(changes),
  };
  let mid = 50_000;
  for (let at = 0; at < changes; at += 1) {
    if (random() < 0.01) mid += random() < 0.5 ? 1 : -1;
    const isBid = random() < 0.5;
    const away = 1 + Math.floor(random() ** 4 * DEPTH);
    flow.isBid[at] = isBid ? 1 : 0;
    flow.prices[at] = (isBid ? mid - away : mid + away) / 100;
    flow.sizes[at] = random() < 0.33 ? 0 : 1 + Math.floor(random() * 100);
  }
  return flow;
}

function levelsOf({ isBid, prices, sizes }: Flow): number {
  const book = new LevelBook({ levelsMax: 10_000 });
  const { bids, asks } = book;
  let sum = 0;
  for (let at = 0; at < prices.length; at += LEVELS_A_MESSAGE) {
    for (let one = at; one < at + LEVELS_A_MESSAGE; one += 1)
      (isBid[one] === 1 ? bids : asks).set(prices[one]!, sizes[one]!);
    if (bids.length > 0 && asks.length > 0) sum += bids.price(0) + asks.price(0);
  }
  return sum;
}

/** Orders that come, shrink and go, 5,000 at a time. */
function ordersOf({ isBid, prices, sizes }: Flow): number {
  const book = new OrderBook({ levelsMax: 10_000, ordersMax: 100_000 });
  let done = 0;
  for (let at = 0; at < prices.length; at += 1) {
    book.add(at, isBid[at] === 1 ? 1 : -1, prices[at]!, sizes[at]! + 2);
    if (at >= 1000) book.reduce(at - 1000, 1);
    if (at >= 5000) book.remove(at - 5000);
    done += 1 + (at >= 1000 ? 1 : 0) + (at >= 5000 ? 1 : 0);
  }
  return done;
}

interface PeerLevel {
  readonly price: number;
  readonly amount: number;
}

interface PeerBook {
  update(change: {
    readonly type: 'book_change';
    readonly isSnapshot: boolean;
    readonly bids: readonly PeerLevel[];
    readonly asks: readonly PeerLevel[];
  }): void;
  bestBid(): PeerLevel | undefined;
  bestAsk(): PeerLevel | undefined;
}

/** Not among our packages: it brings fifty of its own. */
const PEER = 'tardis-dev';

/** The peer's book, where somebody has installed it (`npm install --no-save tardis-dev`). */
function peer(): (new () => PeerBook) | undefined {
  try {
    return (require(PEER) as { readonly OrderBook: new () => PeerBook }).OrderBook;
  } catch {
    return undefined;
  }
}

function peerRun(Book: new () => PeerBook, { isBid, prices, sizes }: Flow): () => number {
  const messages = Array.from({ length: prices.length / LEVELS_A_MESSAGE }, (_, message) => {
    const levels = Array.from(
      { length: LEVELS_A_MESSAGE },
      (_unused, one) => message * LEVELS_A_MESSAGE + one,
    );
    const of = (side: number): PeerLevel[] =>
      levels.filter((at) => isBid[at] === side).map((at) => ({ price: prices[at]!, amount: sizes[at]! }));
    return { type: 'book_change' as const, isSnapshot: false, bids: of(1), asks: of(0) };
  });
  return () => {
    const book = new Book();
    // The peer takes changes only behind a snapshot.
    book.update({ type: 'book_change', isSnapshot: true, bids: [], asks: [] });
    let sum = 0;
    for (const message of messages) {
      book.update(message);
      const [bid, ask] = [book.bestBid(), book.bestAsk()];
      if (bid && ask) sum += bid.price + ask.price;
    }
    return sum;
  };
}

export const books: Bench = {
  name: 'books',
  what: 'changes of an order book by level and by order, best bid and ask read after each message',
  run: async (scale) => {
    const changes = Math.round(2_000_000 * scale) * LEVELS_A_MESSAGE;
    const flow = flowOf(changes);
    levelsOf(flowOf(400_000));
    const levels = await timed(() => levelsOf(flow));
    const figures: Figure[] = [
      { name: 'levels changed', value: changes / levels.seconds / 1e6, unit: 'M/s', target: '≥ 10' },
    ];
    const Book = peer();
    if (Book) {
      const few = flowOf(Math.min(changes, 2_000_000));
      const run = peerRun(Book, few);
      const theirs = await timed(run);
      const ours = await timed(() => levelsOf(few));
      if (theirs.result !== ours.result) throw new Error('the two books have other best prices');
      figures.push(
        { name: 'tardis-dev, levels changed', value: few.prices.length / theirs.seconds / 1e6, unit: 'M/s' },
        { name: 'ratio', value: theirs.seconds / ours.seconds, unit: '×' },
      );
    }
    const few = flowOf(changes / 4);
    ordersOf(flowOf(100_000));
    const orders = await timed(() => ordersOf(few));
    figures.push({
      name: 'orders added, reduced, removed',
      value: orders.result / orders.seconds / 1e6,
      unit: 'M/s',
    });
    return {
      figures,
      setting: `${changes} changes of levels, ${LEVELS_A_MESSAGE} a message, about ${DEPTH} levels a side; 5,000 orders at a time`,
    };
  },
};
