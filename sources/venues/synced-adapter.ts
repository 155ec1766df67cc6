/** An adapter whose books may or may not be believed: what all of them have in common. */
import type { Adapter } from './adapter';
import { BookSync } from './book-sync';
import type { MarketRecords } from './market-records';

export abstract class SyncedAdapter implements Adapter {
  abstract readonly venue: string;
  abstract readonly api: string;
  abstract readonly booksAreFollowed: boolean;
  protected readonly sync = new BookSync();

  abstract receive(message: unknown, received: number, to: MarketRecords): void;

  lost(received: number, to: MarketRecords): void {
    this.sync.gapAll('a message could not be read', received, to);
  }

  takeResyncs(): readonly string[] {
    return this.sync.takeResyncs();
  }
}
