/**
 * The checksum of a book at Kraken, docs.kraken.com, "Book checksum": the ten best asks, then bids, each price and size as
 * the venue writes it without point and leading zeros, CRC-32.
 */
import { crc32 } from '../../../runtime/wire/crc32';
import type { Side } from '../market-records';
import type { TextedBook } from '../texted-book';

const CHECKED = 10;

export function checksumOf(book: TextedBook): number {
  let text = '';
  for (const side of [-1, 1] as const satisfies readonly Side[])
    for (let depth = 0; depth < CHECKED; depth += 1) {
      const level = book.level(side, depth);
      if (level) text += digits(level.priceText) + digits(level.sizeText);
    }
  return crc32(Buffer.from(text, 'latin1'));
}

const digits = (text: string): string => text.replace('.', '').replace(/^0+/, '');
