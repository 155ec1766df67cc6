/** Who holds back what: sinks that run keep their hold, one that is gone lets retention pass. */
import { CommandError, ExitCode } from '../../app/exit-codes';
import { openFolder } from '../../app/folder';
import { forgetReader, holdsOf, knownReaders } from '../../app/readers';
import { temporaryFolder } from '../support/temporary-folder';

const clock = {
  time: 1_700_000_000_000_000,
  now(): number {
    return this.time;
  },
};
const dir = temporaryFolder();
const desk = {
  kind: 'slack',
  name: 'desk',
  leastSeverity: 'warning',
  url: 'env:URL',
  allowPrivate: false,
} as const;
const on = knownReaders({
  clickhouse: { enabled: true },
  alerts: { channels: [desk] },
});
const off = knownReaders({ clickhouse: { enabled: false }, alerts: { channels: [] } });

const quote = (sequence: number) => ({
  topic: 'market.trades',
  time: clock.time,
  sequence,
  row: { instrument: 'XYZ', price: 1, size: 1, venue: 'X', time: clock.time },
});

test('a sink of the configuration is not forgotten; a forgotten one holds nothing back', async () => {
  const folder = await openFolder({ dir, quotaBytes: 1e9, clock });
  const { backend, publisher } = folder;
  try {
    const place = { topic: 'market.trades', partition: 0 };
    await publisher.publish({ producer: 'p', sequence: 2, records: [quote(1), quote(2)], now: clock.now() });
    const { next: end } = backend.log.ends(place);
    expect(end).toBeGreaterThan(0);
    const [sink, gone] = ['clickhouse.trades/0', 'clickhouse.formerly/0'];
    for (const name of [sink, gone])
      await backend.bookmarks.set({ name, state: Buffer.from('{}'), needs: [{ ...place, next: 0 }] });
    expect(holdsOf(backend, on)).toEqual([
      { reader: gone, ...place, next: 0, end, known: false },
      { reader: sink, ...place, next: 0, end, known: true },
    ]);
    expect(holdsOf(backend, off).map(({ known }) => known)).toEqual([false, false]);

    // A year on, the records are long past their retention, but for those who hold them.
    clock.time += 365 * 24 * 3.6e9;
    await backend.tidy();
    expect(backend.log.ends(place).first).toBe(0);
    await expect(forgetReader(backend, on, sink)).rejects.toThrow(/is a sink of this configuration/);
    await expect(forgetReader(backend, on, 'nobody')).rejects.toMatchObject({
      constructor: CommandError,
      exitCode: ExitCode.Usage,
      message: expect.stringContaining(`There are ${gone}, ${sink}`),
    });
    await forgetReader(backend, on, gone);
    await forgetReader(backend, off, sink);
    expect(holdsOf(backend, on)).toEqual([]);
    // So far ahead, the clock is believed once it has said so for an hour.
    for (let hours = 0; hours < 2; hours += 1) {
      await backend.tidy();
      clock.time += 3.7e9;
    }
    await backend.tidy();
    expect(backend.log.ends(place).first).toBe(end);
  } finally {
    await folder.close();
  }
});
