/** A job on the embedded backend in a folder of its own, for benches: load its log first, then let it run to the end. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../app/system-clock';
import { type EmbeddedBackend, openEmbedded } from '../backends/embedded/open';
import type { DriveOptions, TaskDriver } from '../runtime/drive/drive';
import { openJob, prepareTopics, topicsOf } from '../runtime/drive/open-job';
import type { Job } from '../runtime/graph/job';
import type { Topic } from '../runtime/stream/topic';
import { MessageWriter } from '../runtime/wire/messages';
import { deadLetters } from '../schemas/ops';

const QUOTA_BYTES = 32 * 2 ** 30;
/** Appends are of about this size: what a busy producer sends at once. */
const APPEND_BYTES = 1 << 20;

export class BenchWorld {
  private sequence = 0;
  private readonly writers = new Map<string, MessageWriter>();

  private constructor(
    readonly dir: string,
    readonly backend: EmbeddedBackend,
    private readonly schemaIds: ReadonlyMap<string, number>,
    private readonly job: Job,
  ) {}

  static async open(job: Job, names: Readonly<Record<string, number>>): Promise<BenchWorld> {
    const dir = mkdtempSync(join(process.env['BREAKWATER_BENCH_DIR'] ?? tmpdir(), 'breakwater-bench-'));
    const backend = await openEmbedded({ dir, quotaBytes: QUOTA_BYTES, clock: systemClock });
    for (const [domain, count] of Object.entries(names)) {
      await backend.names.numbersOf(
        domain,
        Array.from({ length: count }, (_, number) => `${domain}-${number}`),
      );
    }
    return new BenchWorld(dir, backend, await prepareTopics(topicsOf(job), job.partitions, backend), job);
  }

  /** Writes one message; appended when enough have come. */
  async send(topic: Topic, key: string | undefined, encode: (writer: MessageWriter) => void): Promise<void> {
    const writer = this.writers.get(topic.name) ?? new MessageWriter();
    this.writers.set(topic.name, writer);
    writer.begin(key, [], this.schemaIds.get(topic.name)!);
    encode(writer);
    writer.end();
    if (writer.to.at >= APPEND_BYTES) await this.flush();
  }

  async flush(): Promise<void> {
    const outputs = [...this.writers]
      .filter(([, { count }]) => count > 0)
      .map(([topic, writer]) => ({ topic, partition: 0, messages: writer.take() }));
    if (outputs.length === 0) return;
    this.sequence += 1;
    await this.backend.log.append({ producer: 'bench', sequence: this.sequence, outputs });
  }

  async start(options: Partial<DriveOptions> = {}): Promise<TaskDriver> {
    const [driver] = await openJob({
      job: this.job,
      backend: this.backend,
      clock: systemClock,
      deadLetters,
      build: 'bench',
      stepBytes: 1 << 19,
      holdMicros: 1e6,
      pressure: () => undefined,
      openBytesMax: 8 << 20,
      snapshotMicros: 3600e6,
      retryMicros: 1e6,
      ...options,
    });
    void driver!.run();
    // What is timed begins with the first step, not with the restore.
    while (driver!.status().state === 'starting') await new Promise(setImmediate);
    return driver!;
  }

  /** Resolves when everything in the log has been computed and committed. */
  async finished(driver: TaskDriver): Promise<void> {
    const isRead = (): boolean =>
      driver.progress().length > 0 &&
      driver.progress().every((place) => place.next >= this.backend.log.ends(place).next);
    while (!isRead()) {
      const { state, failure, poison } = driver.status();
      if (failure ?? poison) throw new Error(`the task is ${state}: ${failure ?? poison?.detail}`);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await driver.stop();
  }

  async close(): Promise<void> {
    await this.backend.close();
    this.remove();
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }
}
