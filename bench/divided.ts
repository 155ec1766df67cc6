/** Ticks to P&L on several tasks over worker threads, beside the same divided over one thread. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../app/system-clock';
import { type EmbeddedBackend, openEmbedded } from '../backends/embedded/open';
import { TaskWorkers } from '../backends/embedded/workers/task-workers';
import { prepareJob, prepareTopics } from '../runtime/drive/open-job';
import type { Output } from '../runtime/ports/epoch';
import { changesOf } from '../runtime/stream/changes';
import type { Topic } from '../runtime/stream/topic';
import { Outlet } from '../runtime/task/outlet';
import { fills } from '../schemas/ledger';
import { quotes } from '../schemas/market';
import { deadLetters } from '../schemas/ops';
import { instruments } from '../schemas/reference';
import { type Bench, type BenchRun, timed } from './bench';
import { dividedJobs, SETTINGS } from './divided-jobs';
import { fillFrame, fillOf, frameOf, instrumentOf, type MarketSize, namesOf } from './market';

const SIZE: MarketSize = { instruments: 1_000, accounts: 10, held: 1_000 };
const STREAM = { ticking: SIZE.instruments, venues: 4 };
const PER_FRAME = 1_000;

/** A folder whose topics have so many partitions, and what is sent to it. */
class DividedWorld {
  private sequence = 0;
  private readonly outlets = new Map<string, Outlet>();

  private constructor(
    private readonly dir: string,
    private readonly backend: EmbeddedBackend,
    private readonly partitions: number,
  ) {}

  static async open(partitions: number): Promise<DividedWorld> {
    const dir = mkdtempSync(join(process.env['BREAKWATER_BENCH_DIR'] ?? tmpdir(), 'breakwater-bench-'));
    const backend = await openEmbedded({ dir, quotaBytes: 32 * 2 ** 30, clock: systemClock });
    for (const [domain, count] of Object.entries(namesOf(SIZE)))
      await backend.names.numbersOf(
        domain,
        Array.from({ length: count }, (_, number) => `${domain}-${number}`),
      );
    const world = new DividedWorld(dir, backend, partitions);
    for (const job of dividedJobs(partitions))
      await prepareJob({ job, backend, deadLetters, counts: () => partitions });
    const sent = [instruments, quotes, fills] as readonly Topic[];
    const ids = await prepareTopics(sent, partitions, backend);
    for (const topic of sent)
      world.outlets.set(
        topic.name,
        new Outlet({
          topic,
          partitions: topic.partitionedBy === undefined ? 1 : partitions,
          schemaId: ids.get(topic.name)!,
          envelope: undefined,
        }),
      );
    return world;
  }

  async sendBook(): Promise<void> {
    const all = Array.from({ length: SIZE.instruments }, (_, number) => number);
    await this.send(instruments as Topic, changesOf(all.map(instrumentOf)));
    for (let account = 0; account < SIZE.accounts; account += 1)
      await this.send(
        fills as Topic,
        all.map((instrument) => fillOf({ id: account * SIZE.held + instrument, account, instrument })),
      );
  }

  async sendTicks(first: number, ticks: number): Promise<void> {
    const frame = frameOf(PER_FRAME * this.partitions);
    for (let sent = 0; sent < ticks; sent += frame.length) {
      fillFrame(frame, first + sent, STREAM);
      await this.send(quotes as Topic, frame, 1 << 20);
    }
    await this.send(quotes as Topic, frameOf(0));
  }

  /** Runs all tasks on so many threads until everything in the log has been computed and committed. */
  async run(workers: number): Promise<{ readonly seconds: number; readonly cpuSeconds: number }> {
    const { backend, partitions } = this;
    const tasks = dividedJobs(partitions).flatMap(({ name: job }) =>
      Array.from({ length: partitions }, (_, partition) => ({ job, partition })),
    );
    const opened = await TaskWorkers.open({
      backend,
      file: join(__dirname, 'divided-worker.js'),
      data: partitions,
      tasks,
      workers,
      clock: systemClock,
      retryMicros: SETTINGS.retryMicros,
      report: ({ event, detail }) => {
        if (event === 'failed' || event === 'poisoned') throw new Error(detail);
      },
    });
    const ran = await timed(() => this.finished(tasks.length));
    await Promise.all(opened.tasks.map((task) => task.stop()));
    return ran;
  }

  async close(): Promise<void> {
    await this.backend.close();
    rmSync(this.dir, { recursive: true, force: true });
  }

  private async finished(tasks: number): Promise<void> {
    const { backend } = this;
    const isRead = (): boolean => {
      const left = backend.tasks();
      return (
        left.length === tasks &&
        left.every(({ progress }) => progress.every((place) => place.next >= backend.log.ends(place).next))
      );
    };
    while (!isRead()) await new Promise((resolve) => setTimeout(resolve, 2));
  }

  private async send(topic: Topic, data: unknown, atBytes = 0): Promise<void> {
    const outlet = this.outlets.get(topic.name)!;
    outlet.write(data, { number: 0, now: 0 }, 'bench');
    if (outlet.bytes < atBytes) return;
    const outputs: readonly Output[] = outlet.take();
    if (outputs.length === 0) return;
    this.sequence += 1;
    await this.backend.log.append({ producer: 'bench', sequence: this.sequence, outputs });
  }
}

async function runDivided(ticks: number, partitions: number, workers: number) {
  const world = await DividedWorld.open(partitions);
  try {
    await world.sendBook();
    const warm = Math.min(ticks / 4, 1_000_000);
    await world.sendTicks(0, warm);
    await world.run(workers);
    await world.sendTicks(warm, ticks);
    return await world.run(workers);
  } finally {
    await world.close();
  }
}

export const ticksDivided: Bench = {
  name: 'ticks-divided',
  what: 'ticks → marks by instrument → P&L by account, conflated to 100 ms: two tasks of each on two threads, and one of each on one',
  async run(scale): Promise<BenchRun> {
    const ticks = 10_000_000 * scale;
    const one = await runDivided(ticks, 1, 1);
    const two = await runDivided(ticks, 2, 2);
    return {
      setting: `${ticks} ticks in frames of ${PER_FRAME}, ${SIZE.instruments} instruments, ${SIZE.accounts} holders each; marks cross through the log`,
      figures: [
        { name: 'ticks on two threads', value: ticks / two.seconds / 1e6, unit: 'M/s' },
        { name: 'ticks on one thread', value: ticks / one.seconds / 1e6, unit: 'M/s' },
        { name: 'ratio', value: one.seconds / two.seconds, unit: '×', target: '≥ 1.6' },
        { name: 'CPU of all threads, two', value: two.cpuSeconds, unit: 's' },
        { name: 'CPU of all threads, one', value: one.cpuSeconds, unit: 's' },
      ],
    };
  },
};
