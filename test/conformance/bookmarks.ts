/** Bookmarks of readers that are not tasks. */
import type { Suite } from './suite';

export function describeBookmarks({ open }: Suite): void {
  const bookmark = (state: string, next: number) => ({
    name: 'clickhouse.positions',
    state: Buffer.from(state),
    needs: [{ topic: 'ledger.positions', partition: 0, next }],
  });

  it('a bookmark is replaced whole, and outlives the process', async () => {
    const { backend, reopen } = await open();
    expect(backend.bookmarks.get('clickhouse.positions')).toBeUndefined();
    await backend.bookmarks.set(bookmark('cut 1', 10));
    await backend.bookmarks.set({ ...bookmark('other', 1), name: 'clickhouse.pnl' });
    await backend.bookmarks.set(bookmark('cut 2', 20));
    const { bookmarks } = await reopen();
    const found = bookmarks.get('clickhouse.positions')!;
    expect([Buffer.from(found.state).toString(), found.needs]).toEqual(['cut 2', bookmark('', 20).needs]);
    expect(
      bookmarks
        .all()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['clickhouse.pnl', 'clickhouse.positions']);
  });

  it('a bookmark can be removed, and must be small', async () => {
    const { backend } = await open();
    await backend.bookmarks.set(bookmark('cut', 1));
    await backend.bookmarks.remove('clickhouse.positions');
    expect(backend.bookmarks.all()).toEqual([]);
    await expect(backend.bookmarks.set(bookmark('x'.repeat(70_000), 1))).rejects.toThrow(/bytes of state/);
  });
}
