/** Bookmarks: one small durable record a reader, held back for by retention. */
import { BackendError, type Bookmark, type Bookmarks } from '../../runtime/ports/backend';
import { type Connection, readOnlyError } from './connection';
import { Kind, keyOf, textKey, textOfKey } from './keys';
import type { BookmarkRecord } from './records';
import { unsealJson } from './seal';
import { prefixed, type View } from './store';

export const STATE_BYTES_MAX = 64 * 1024;

export class EmbeddedBookmarks implements Bookmarks {
  constructor(
    private readonly connection: Connection | undefined,
    private readonly view: View,
  ) {}

  get(name: string): Bookmark | undefined {
    this.view.refresh();
    const record = this.view.json<BookmarkRecord>(textKey(Kind.Bookmark, name));
    return record && bookmarkOf(name, record);
  }

  all(): readonly Bookmark[] {
    this.view.refresh();
    return [...this.view.range(prefixed(keyOf(Kind.Bookmark)))].map(({ key, value }) =>
      bookmarkOf(textOfKey(key), unsealJson(key, value)),
    );
  }

  async set(bookmark: Bookmark): Promise<void> {
    if (bookmark.state.length > STATE_BYTES_MAX)
      throw new BackendError(
        `bookmark "${bookmark.name}" has ${bookmark.state.length} bytes of state. Keep it below ${STATE_BYTES_MAX}.`,
      );
    await this.write(bookmark.name, bookmark);
  }

  remove(name: string): Promise<void> {
    return this.write(name, undefined);
  }

  private write(name: string, bookmark: Bookmark | undefined): Promise<void> {
    if (!this.connection) throw readOnlyError();
    return this.connection.ask({ kind: 'bookmark', name, bookmark });
  }
}

const bookmarkOf = (name: string, { state, needs }: BookmarkRecord): Bookmark => ({
  name,
  state: Buffer.from(state, 'base64'),
  needs: needs.map(([topic, partition, next]) => ({ topic, partition, next })),
});
