/**
 * The books of all instruments of an ITCH feed, order by order.
 *
 * State: one book an instrument (`locate`), each within the limits given; what refers to an order that nobody added is
 * counted, because a feed that is joined in the middle of the day begins with such.
 */
import { type Applied, OrderBook, type OrderBookLimits } from '../../books/order-book';
import { Itch, type ItchReader } from './itch-reader';

export class ItchBooks {
  private readonly books: (OrderBook | undefined)[] = [];
  /** Changes that could not be, by what was wrong with them. */
  readonly refused: Record<Exclude<Applied, 'applied'>, number> = {
    'order-id-known': 0,
    'order-id-unknown': 0,
    'order-size-exceeded': 0,
  };

  constructor(private readonly limits: OrderBookLimits) {}

  /** The book of an instrument; empty until it has an order. */
  of(locate: number): OrderBook {
    const known = this.books[locate];
    if (known) return known;
    const book = new OrderBook(this.limits);
    this.books[locate] = book;
    return book;
  }

  /** Applies the message that `reader` stands on; what is not about orders changes nothing. */
  apply(type: number, reader: ItchReader): void {
    const applied = this.change(type, reader);
    if (applied !== undefined && applied !== 'applied') this.refused[applied] += 1;
  }

  private change(type: number, reader: ItchReader): Applied | undefined {
    switch (type) {
      case Itch.AddOrder:
      case Itch.AddOrderAttributed:
        return this.of(reader.locate).add(reader.reference, reader.side, reader.price, reader.shares);
      case Itch.Executed:
      case Itch.ExecutedWithPrice:
      case Itch.Cancelled:
        return this.of(reader.locate).reduce(reader.reference, reader.sharesGone);
      case Itch.Deleted:
        return this.of(reader.locate).remove(reader.reference);
      case Itch.Replaced:
        return this.of(reader.locate).replace(
          reader.reference,
          reader.newReference,
          reader.newPrice,
          reader.newShares,
        );
      default:
        return undefined;
    }
  }
}
