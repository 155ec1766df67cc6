/**
 * Books of OKX (both versions of its API): a snapshot, then changes, each with the checksum of the 25 best levels.
 * www.okx.com/docs-v5, "Order book channel", "Checksum": `bid:size:ask:size…` as the venue wrote them, CRC-32, signed.
 * Where changes also name the one before (`prevSeqId`), the chain is held as well.
 *
 * State: one book a symbol.
 */

import { crc32 } from '../../../runtime/wire/crc32';
import type { BookSync } from '../book-sync';
import type { MarketRecords, Side } from '../market-records';
import { list, priceOf, sizeOf } from '../native';
import { TextedBook, type TextedLevel } from '../texted-book';

const CHECKED = 25;
const LEVELS_MAX = 100_000;

export interface BookMessage {
  readonly symbol: string;
  readonly isSnapshot: boolean;
  readonly time: number;
  readonly bids: readonly TextedLevel[];
  readonly asks: readonly TextedLevel[];
  /** Undefined where the channel has none. */
  readonly checksum: number | undefined;
  readonly sequence: number | undefined;
  readonly previous: number | undefined;
}

export function textedLevels(value: unknown, key: string): readonly TextedLevel[] {
  return list(value, key).map((level) => {
    const [price, size] = list(level, key);
    return {
      price: priceOf(price, key),
      size: sizeOf(size, key),
      priceText: String(price),
      sizeText: String(size),
    };
  });
}

export class OkxBooks {
  private readonly books = new Map<number, TextedBook>();

  constructor(private readonly sync: BookSync) {}

  take(message: BookMessage, received: number, to: MarketRecords): void {
    const symbol = to.symbol(message.symbol);
    let book = this.books.get(symbol);
    if (message.isSnapshot) {
      book = new TextedBook(LEVELS_MAX);
      this.books.set(symbol, book);
    } else if (!book || !this.sync.isLive(symbol)) return;
    else if (message.previous !== undefined && message.previous !== this.sync.sequence(symbol))
      return this.sync.gap(
        symbol,
        `change ${message.sequence} follows ${message.previous}, not ${this.sync.sequence(symbol)}`,
        received,
        to,
      );
    for (const level of message.bids) book.set(1, level);
    for (const level of message.asks) book.set(-1, level);
    if (message.checksum !== undefined && message.checksum !== checksumOf(book)) {
      return this.sync.gap(symbol, 'the checksum is another', received, to);
    }
    const sequence = message.sequence ?? Number.NaN;
    if (message.isSnapshot) this.sync.snapshot(symbol, sequence, received, to);
    this.sync.advance(symbol, sequence);
    to.book({ ...message, symbol, sequence });
  }
}

/** Signed, as the venue sends it. */
function checksumOf(book: TextedBook): number {
  const parts: string[] = [];
  for (let depth = 0; depth < CHECKED; depth += 1)
    for (const side of [1, -1] as const satisfies readonly Side[]) {
      const level = book.level(side, depth);
      if (level) parts.push(level.priceText, level.sizeText);
    }
  return crc32(Buffer.from(parts.join(':'), 'latin1')) | 0;
}
