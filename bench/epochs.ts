/** Durable epochs: from an epoch handed over to its commit flushed and acknowledged, one in flight while the next is made. */

import { marks } from '../pipelines/marks';
import { positions } from '../pipelines/positions';
import { fuse } from '../runtime/graph/job';
import type { Epoch, TaskId } from '../runtime/ports/epoch';
import type { Topic } from '../runtime/stream/topic';
import { type Chunk, MessageWriter } from '../runtime/wire/messages';
import { fillCodec, fills } from '../schemas/ledger';
import { quoteCodec, quotes } from '../schemas/market';
import { type Bench, type BenchRun, type Figure, quantile, timed } from './bench';
import { fillFrame, fillOf, frameOf, OPEN } from './market';
import { BenchWorld } from './world';

const PER_FRAME = 1_000;

interface EpochsRun {
  readonly topic: Topic;
  readonly records: number;
  readonly perEpoch: number;
  readonly make: (first: number) => Chunk;
}

export const durableEpochs: Bench = {
  name: 'epochs',
  what: 'durable epochs: records committed a second, and how long a commit takes',
  async run(scale): Promise<BenchRun> {
    const rows = await commitAll({
      topic: fills,
      records: 2_000_000 * scale,
      perEpoch: 1_000,
      make: rowsFrom(1_000),
    });
    const frames = await commitAll({
      topic: quotes,
      records: 20_000_000 * scale,
      perEpoch: 5_000,
      make: framesFrom(5_000),
    });
    return {
      setting: `fills in epochs of 1,000 rows; quotes in epochs of 5 frames of ${PER_FRAME}`,
      figures: [...figures('rows', rows, '≥ 1'), ...figures('frame records', frames, '≥ 5')],
    };
  },
};

function figures(
  name: string,
  { perSecond, cpuSeconds, commits }: Awaited<ReturnType<typeof commitAll>>,
  target: string,
): Figure[] {
  return [
    { name, value: perSecond / 1e6, unit: 'M/s', target },
    { name: `${name}: commit p50`, value: quantile(commits, 0.5), unit: 'ms' },
    { name: `${name}: commit p99`, value: quantile(commits, 0.99), unit: 'ms', target: '< 5' },
    { name: `${name}: CPU of all threads`, value: cpuSeconds, unit: 's' },
  ];
}

async function commitAll({ topic, records, perEpoch, make }: EpochsRun) {
  const job = fuse({ name: 'bench', pipelines: [marks, positions] });
  const world = await BenchWorld.open(job, {});
  try {
    const task = { job: job.name, partition: 0 };
    const store = await world.backend.openTask(task);
    const commits: number[] = [];
    let number = 0;
    const commitNext = async (): Promise<void> => {
      number += 1;
      const epoch = epochOf(task, number, topic, make(number * perEpoch));
      const start = performance.now();
      await store.commit(epoch);
      commits.push(performance.now() - start);
    };
    const epochs = Math.floor(records / perEpoch);
    const { seconds, cpuSeconds } = await timed(() => pipelined(epochs, commitNext));
    await store.close();
    return { perSecond: (epochs * perEpoch) / seconds, cpuSeconds, commits };
  } finally {
    await world.close();
  }
}

/** The next epoch is made while one is in flight: what a task does. */
async function pipelined(epochs: number, commitNext: () => Promise<void>): Promise<void> {
  let inFlight = Promise.resolve();
  for (let count = 0; count < epochs; count += 1) {
    const next = commitNext();
    await inFlight;
    inFlight = next;
  }
  await inFlight;
}

const epochOf = (task: TaskId, number: number, { name }: Topic, messages: Chunk): Epoch => ({
  task,
  number,
  build: 'bench',
  firstStep: number - 1,
  steps: [{ now: OPEN + number, read: [], dead: [], snapshots: [] }],
  outputs: [{ topic: name, partition: 0, messages }],
  tables: [],
});

const rowsFrom = (count: number) => {
  const writer = new MessageWriter();
  return (first: number): Chunk => {
    for (let id = first; id < first + count; id += 1) {
      const fill = fillOf({ id, account: id % 100, instrument: id % 1_000 });
      writer.begin(`${fill.account}/${fill.instrument}`, [], 1);
      fillCodec.encode(fill, writer.to);
      writer.end();
    }
    return writer.take();
  };
};

const framesFrom = (count: number) => {
  const writer = new MessageWriter();
  const frame = frameOf(PER_FRAME);
  return (first: number): Chunk => {
    for (let at = first; at < first + count; at += PER_FRAME) {
      fillFrame(frame, at, { ticking: 1_000, venues: 4 });
      writer.begin(undefined, [], 1);
      quoteCodec.encode(frame, 0, PER_FRAME, writer.to);
      writer.end();
    }
    return writer.take();
  };
};
