/** The toy job as later versions of a program might declare it. */

import { fuse, type Job } from '../../runtime/graph/job';
import { type AnyPipeline, pipeline } from '../../runtime/graph/pipeline';
import { changesOf } from '../../runtime/stream/changes';
import type { RowsCodec } from '../../runtime/stream/codec';
import { operator } from '../../runtime/stream/operator';
import { broadcast, partitioned, type Topic, topic } from '../../runtime/stream/topic';
import { rowsTable } from '../../runtime/tables/rows';
import { type Amount, amounts, type Sums, sums, toyJob } from './toy';

export const doubles = topic({
  name: 'toy.doubles',
  kind: 'state',
  codec: { ...(sums.codec as RowsCodec<Amount>), record: 'toy.Double' },
  key: ['key'],
  partitionedBy: 'key',
});
export const notes = topic({
  name: 'toy.notes',
  kind: 'event',
  codec: { ...(amounts.codec as RowsCodec<Amount>), record: 'toy.Note' },
  key: ['key'],
  partitionedBy: 'key',
});

const sumCodec = sums.codec as RowsCodec<Amount>;

const seenTable = (limit: number) =>
  rowsTable<Amount>({ name: 'seen', codec: sumCodec, key: ({ key }) => String(key), limit });

/** Reads what the toy writes, keeps the last sum of each key, and writes so many times as much. */
export const doublerTimes = (times: number, { name = 'doubler', limit = 1000 } = {}): AnyPipeline =>
  pipeline({
    name,
    reads: { sums: partitioned(sums) },
    state: { seen: seenTable(limit) },
    writes: { doubles },
    sinks: [],
    build: (from, state) => ({
      doubles: operator(name, { sums: from.sums }, () => {
        let set: Amount[] = [];
        let removed: Pick<Amount, 'key'>[] = [];
        return {
          on: {
            sums(changes) {
              for (const { key, amount } of changes.set) {
                state.seen.set({ key, amount });
                // What is zero is not worth a double.
                if (times !== 0) set.push({ key, amount: times * amount });
              }
              for (const { key } of changes.removed) {
                state.seen.delete(String(key));
                removed.push({ key });
              }
            },
          },
          emit() {
            const emitted = changesOf<Amount, 'key'>(set, removed);
            set = [];
            removed = [];
            return emitted;
          },
        };
      }),
    }),
  });

export const doubler = doublerTimes(2);

/** Notes each amount that it reads. */
export const noterOf = (from: Topic<readonly Amount[]> | Topic<Sums>): AnyPipeline =>
  pipeline({
    name: 'noter',
    reads: { amounts: partitioned(from as Topic<readonly Amount[] | Sums>) },
    state: {},
    writes: { notes },
    sinks: [],
    build: (streams) => ({
      notes: operator('noter', { amounts: streams.amounts }, () => {
        let out: Amount[] = [];
        return {
          on: { amounts: (data) => void out.push(...('set' in data ? data.set : data)) },
          emit() {
            const emitted = out;
            out = [];
            return emitted;
          },
        };
      }),
    }),
  });

export const noter = noterOf(amounts);

export const jobOf = (...pipelines: readonly AnyPipeline[]): Job =>
  fuse({ name: 'toy-job', pipelines, partitions: 1 });

export const toy = toyJob(1).pipelines[0]!;

/** The toy with another table in place of its own. */
export const toyWithTable = (name: string): AnyPipeline =>
  pipeline({
    ...toy,
    state: {
      ...toy.state,
      sums: rowsTable<Amount>({ name, codec: sumCodec, key: ({ key }) => String(key), limit: 1000 }),
    },
  });

export const toyWithLimit = (limit: number): AnyPipeline =>
  pipeline({ ...toy, state: { ...toy.state, sums: limited(limit) } });

const limited = (limit: number) =>
  rowsTable<Amount>({ name: 'sums', codec: sumCodec, key: ({ key }) => String(key), limit });

export const toyBroadcast: AnyPipeline = pipeline({ ...toy, reads: { amounts: broadcast(amounts) } });
