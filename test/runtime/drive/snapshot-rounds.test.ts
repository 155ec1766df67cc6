/**
 * A topic in frames is written whole in slices while its keys change, go and come again in other slots: whoever reads from
 * where the last round began knows all of them.
 */
import fc from 'fast-check';
import { prepareTopics, topicsOf } from '../../../runtime/drive/open-job';
import { SnapshotRounds } from '../../../runtime/drive/snapshot-rounds';
import { fuse } from '../../../runtime/graph/job';
import { pipeline } from '../../../runtime/graph/pipeline';
import type { TaskStore } from '../../../runtime/ports/backend';
import { recompute } from '../../../runtime/rerun/recompute';
import type { ColumnsCodec } from '../../../runtime/stream/codec';
import { operator, type Stream } from '../../../runtime/stream/operator';
import { partitioned, type Topic } from '../../../runtime/stream/topic';
import type { Numbered } from '../../../runtime/tables/numbered';
import { type RunnerOptions, TaskRunner } from '../../../runtime/task/runner';
import { ByteReader } from '../../../runtime/wire/bytes';
import { MessageCursor, WIRE_PREFIX_BYTES } from '../../../runtime/wire/messages';
import { type VolumeColumns, volumeCodec, volumes } from '../../../schemas/market';
import { type TradedVolumeColumns, tradedVolumeTable } from '../../../schemas/tables';
import { MemoryBackend } from '../../support/memory-backend';
import { placeOf } from '../../support/memory-log';
import { type Amount, amounts, amountsAsMessages, letters } from '../../support/toy';

/** The last amount of each key; one of zero ends it, and its slot is free for another key. */
function keepLast(
  from: Stream<readonly Amount[]>,
  table: Numbered<TradedVolumeColumns>,
): Stream<VolumeColumns> {
  return operator('keep-last', { from }, () => {
    const slotOf = new Map<number, number>();
    for (let slot = table.next(0); slot >= 0; slot = table.next(slot + 1))
      slotOf.set(table.columns.whole[slot]!, slot);
    const changed = new Map<number, number>();
    const said = (records: readonly (readonly [key: number, amount: number])[]): VolumeColumns => {
      const out = volumeCodec.allocate(Math.max(records.length, 1));
      records.forEach(([key, amount], at) => {
        out.instrument[at] = key;
        out.volume[at] = amount;
      });
      (out as { length: number }).length = records.length;
      return out;
    };
    return {
      on: {
        from(rows) {
          for (const { key, amount } of rows) {
            changed.set(key, amount);
            const slot = slotOf.get(key) ?? (amount === 0 ? -1 : table.add());
            if (amount === 0) {
              if (slot >= 0) table.remove(slot);
              slotOf.delete(key);
              continue;
            }
            slotOf.set(key, slot);
            table.columns.whole[slot] = key;
            table.columns.trades[slot] = amount;
            table.touch(slot);
          }
        },
      },
      emit() {
        const out = said([...changed]);
        changed.clear();
        return out;
      },
      snapshot: {
        slots: () => table.length,
        slice(begin, end) {
          const records: [number, number][] = [];
          for (let slot = begin; slot < end; slot += 1)
            if (table.has(slot)) records.push([table.columns.whole[slot]!, table.columns.trades[slot]!]);
          return said(records);
        },
      },
    };
  });
}

const job = fuse({
  name: 'kept',
  pipelines: [
    pipeline({
      name: 'kept',
      reads: { amounts: partitioned(amounts) },
      state: { kept: tradedVolumeTable },
      writes: { volumes },
      sinks: [],
      build: (from, { kept }) => ({ volumes: keepLast(from.amounts, kept) }),
    }),
  ],
});
const PARTITIONS = 3;
const KEYS = 12;

class Desk {
  readonly backend = new MemoryBackend();
  roundsEnded = 0;
  private options!: Omit<RunnerOptions, 'restored'>;
  private store!: TaskStore;
  private runner!: TaskRunner;
  private rounds!: SnapshotRounds;
  private readonly sent: Amount[] = [];
  private read = 0;
  private committed = 0;
  private now = 1;
  private appends = 0;

  constructor(private readonly leastSlots: number) {}

  async open(): Promise<this> {
    const { backend } = this;
    await backend.names.numbersOf(
      'toy',
      Array.from({ length: KEYS }, (_, key) => `key ${key}`),
    );
    const topics = [...topicsOf(job), letters as Topic];
    const schemaIds = await prepareTopics(topics, (topic) => (topic === volumes ? PARTITIONS : 1), backend);
    this.options = {
      ...{ job, partition: 0, backend, schemaIds, build: 'test', stepBytes: 1 << 16, holdMicros: 0 },
      deadLetters: letters as Topic as RunnerOptions['deadLetters'],
    };
    await this.restart('process');
    return this;
  }

  async restart(what: 'process' | 'task'): Promise<void> {
    this.store = await this.backend.openTask({ job: job.name, partition: 0 });
    this.runner = new TaskRunner({ ...this.options, restored: this.store.restored });
    this.read = this.committed;
    if (what === 'task') return this.rounds.restart();
    // Each look at the clock is so late that slices never grow.
    let elapsed = 0;
    const { leastSlots } = this;
    this.rounds = new SnapshotRounds(job.writes, {
      everyMicros: 2,
      leastSlots,
      elapsed() {
        elapsed += 1e6;
        return elapsed;
      },
    });
  }

  async step(rows: readonly Amount[]): Promise<void> {
    const messages = amountsAsMessages(rows, this.options.schemaIds.get(amounts.name)!);
    this.appends += 1;
    await this.backend.log.append({
      ...{ producer: 'desk', sequence: this.appends },
      outputs: [{ topic: amounts.name, partition: 0, messages }],
    });
    this.sent.push(...rows);
    this.now += 1;
    this.runner.step({ now: this.now });
    this.read = this.sent.length;
    this.rounds.goOn(this.runner, this.now);
  }

  async commit(): Promise<void> {
    if (this.runner.openSteps === 0) return;
    const epoch = this.runner.takeEpoch();
    await this.store.commit(epoch);
    this.committed = this.read;
    this.roundsEnded += epoch.marks?.filter(({ mark }) => mark === 'ends').length ?? 0;
  }

  /** What there is by what was sent and committed, and what a reader of the latest snapshot makes of it. */
  compared(): { readonly held: unknown; readonly rebuilt: unknown } {
    const held = new Map<number, number>();
    for (const { key, amount } of this.sent.slice(0, this.committed)) held.set(key, amount);
    const rebuilt = new Map<number, number>();
    for (let partition = 0; partition < PARTITIONS; partition += 1) this.readInto(rebuilt, partition);
    return { held: living(held), rebuilt: living(rebuilt) };
  }

  recomputed() {
    const { backend } = this;
    return recompute(backend.recorded({ job: job.name, partition: 0 }, 1), this.options as never);
  }

  private readInto(known: Map<number, number>, partition: number): void {
    const place = { topic: volumes.name, partition };
    const next = this.backend.disk.snapshots.get(placeOf(place))?.offset ?? 0;
    const reader = this.backend.log.reader({ ...place, next }, 'test');
    const columns = volumeCodec.allocate(0);
    for (let chunk = reader.poll(1 << 20); chunk; chunk = reader.poll(1 << 20)) {
      const cursor = new MessageCursor().over(chunk);
      while (cursor.next())
        (volumeCodec as ColumnsCodec<VolumeColumns>).append(
          columns,
          new ByteReader().over(cursor.bytes, cursor.valueStart + WIRE_PREFIX_BYTES, cursor.valueEnd),
        );
    }
    reader.close();
    for (let at = 0; at < columns.length; at += 1) known.set(columns.instrument[at]!, columns.volume[at]!);
  }
}

const living = (amounts: ReadonlyMap<number, number>): unknown =>
  [...amounts].filter(([, amount]) => amount !== 0).sort(([a], [b]) => a - b);

const act = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.array(fc.record({ key: fc.nat(KEYS - 1), amount: fc.constantFrom(0, 1, 2, 3) }), {
      maxLength: 2,
    }),
  },
  { weight: 2, arbitrary: fc.constant('commit' as const) },
  { weight: 1, arbitrary: fc.constantFrom('process' as const, 'task' as const) },
);

test('readers from the latest snapshot know every key, whatever changed between its slices, over crashes', async () => {
  let ended = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(act, { minLength: 50, maxLength: 90 }),
      fc.integer({ min: 1, max: 3 }),
      async (acts, leastSlots) => {
        const desk = await new Desk(leastSlots).open();
        for (const one of acts) {
          if (one === 'process' || one === 'task') await desk.restart(one);
          else if (one !== 'commit') await desk.step(one);
          else {
            await desk.commit();
            const { held, rebuilt } = desk.compared();
            expect(rebuilt).toEqual(held);
          }
        }
        expect(await desk.recomputed()).toEqual([]);
        ended += desk.roundsEnded;
      },
    ),
    { numRuns: 40 },
  );
  expect(ended).toBeGreaterThan(40);
});
