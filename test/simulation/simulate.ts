/**
 * One seeded life of the system after another on one disk: a producer that repeats what was not answered, tasks that are
 * killed at any instant, sinks into a database that fails in all ways, a clock that jumps, pressure that comes and goes. At the end everything is drained, and what
 * the topics hold is compared with what was sent.
 *
 * The oracle knows the toy job's meaning and nothing of the runtime: each record of the sums is the sum of the amounts so
 * far, every amount counts once, in order; each echo is a sum that there was.
 */
import type { DriveOptions, TaskDriver, TaskEvent } from '../../runtime/drive/drive';
import { openJob, prepareTopics, topicsOf } from '../../runtime/drive/open-job';
import { recompute } from '../../runtime/rerun/recompute';
import type { Topic } from '../../runtime/stream/topic';
import { partitionOf } from '../../runtime/wire/partition';
import type { Follower } from '../../sinks/clickhouse/follower';
import { MemoryDisk } from '../support/memory-backend';
import {
  type Amount,
  amounts,
  amountsAsMessages,
  echoes,
  HandClock,
  letters,
  sums,
  toyJob,
} from '../support/toy';
import { readAll } from '../support/toy-world';
import { FakeDatabase, FakeTable } from './fake-database';
import { type Faults, FaultyBackend, type Sabotage } from './faulty-backend';
import { Random } from './random';
import { judgeTable, openSinks } from './sinks';

const KEYS = 8;
const PARTITIONS = 2;
/** A quarter of a day: the table is cut by its sums as if they were times. */
const UNIT = 21_600_000_000;
const INSERTS_FAULTY = 0.3;

export interface Simulation {
  readonly seed: number;
  readonly lives: number;
  readonly sabotage?: Sabotage;
}

export interface Simulated {
  /** What a law forbids, in sentences. */
  readonly findings: readonly string[];
  /** How often a life ended, by where. */
  readonly deaths: Readonly<Record<string, number>>;
  /** How often something happened to an insert, by what. */
  readonly inserts: Readonly<Record<string, number>>;
  readonly sent: number;
}

const settings = {
  job: toyJob(PARTITIONS),
  deadLetters: letters as Topic as DriveOptions['deadLetters'],
  build: 'simulation',
  stepBytes: 1 << 10,
  holdMicros: 5_000_000,
};

/** Keys that are routed to a partition. */
const keysOf = (partition: number): readonly number[] =>
  Array.from({ length: KEYS }, (_, key) => key).filter(
    (key) => partitionOf(String(key), PARTITIONS) === partition,
  );

/** One batch that the producer owes, with its sequence. */
interface Owed {
  readonly sequence: number;
  readonly partition: number;
  readonly rows: readonly Amount[];
}

class World {
  readonly disk = new MemoryDisk();
  readonly table = new FakeTable();
  readonly inserts: Record<string, number> = {};
  readonly deaths: Record<string, number> = {};
  readonly random: Random;
  /** Everything the producer means to have said, in order. */
  readonly sent: Owed[] = [];
  private answered = 0;
  private wall = 1_700_000_000_000_000;

  constructor(private readonly simulation: Simulation) {
    this.random = new Random(simulation.seed);
  }

  /** From an opened job to a death, a clean stop, or for the last life until all is drained. */
  async live(faults: Faults, isLast: boolean): Promise<void> {
    const { random } = this;
    // Whatever a process that is no more was about to append is with it.
    this.producing = false;
    const backend = new FaultyBackend(
      this.disk,
      random,
      faults,
      isLast ? undefined : this.simulation.sabotage,
    );
    const clock = new HandClock(this.wall);
    let pressure: string | undefined;
    const ports = backend.ports();
    await backend.inner.names.numbersOf(
      'toy',
      Array.from({ length: KEYS }, (_, key) => `name ${key}`),
    );
    const drivers = await openJob({
      ...settings,
      backend: ports,
      clock,
      pressure: () => pressure,
      openBytesMax: 1 << 14,
      snapshotMicros: 1e12,
      retryMicros: 1_000,
      report: (event: TaskEvent) => this.events.push(event),
    });
    const running = drivers.map((driver) => driver.run());
    const database = new FakeDatabase(this.table, random, backend, isLast ? 0 : INSERTS_FAULTY);
    const sinks = openSinks({
      ...ports,
      database,
      clock,
      sabotage: isLast ? undefined : this.simulation.sabotage,
    });
    const turns = isLast ? 0 : 1 + random.below(60);
    for (let turn = 0; turn < turns && !backend.isDead; turn += 1) {
      if (random.chance(0.5)) void this.produce(ports, drivers);
      if (random.chance(0.05)) pressure = pressure === undefined ? 'a test presses' : undefined;
      if (random.chance(0.05)) clock.mislead((random.next() - 0.5) * 2 * 86_400e6);
      if (random.chance(0.1)) clock.mislead(0);
      await Promise.race([
        backend.died,
        this.pass(clock, random.below(random.chance(0.2) ? 1_500_000 : 2_000)),
      ]);
    }
    pressure = undefined;
    if (isLast) await this.drain(ports, drivers, clock);
    if (isLast || (!backend.isDead && random.chance(0.1))) {
      await Promise.race([backend.died, this.stopped(drivers, running, clock)]);
      if (!backend.isDead) backend.deaths['stopped'] = 1;
      // A task's last epoch comes with its stop.
      if (isLast) await this.drainSinks(sinks, clock);
    } else backend.kill('between');
    backend.isDead = true;
    for (const [fault, count] of Object.entries(database.met))
      this.inserts[fault] = (this.inserts[fault] ?? 0) + count;
    this.wall = clock.elapsed() + random.below(1_000_000);
    for (const [where, count] of Object.entries(backend.deaths))
      this.deaths[where] = (this.deaths[where] ?? 0) + count;
  }

  readonly events: TaskEvent[] = [];

  /** Appends the oldest batch that is not known to be in the log; sends a new one when all are. */
  private async produce(
    ports: ReturnType<FaultyBackend['ports']>,
    drivers: readonly TaskDriver[],
  ): Promise<void> {
    if (this.producing) return;
    this.producing = true;
    try {
      if (this.answered === this.sent.length) this.sent.push(this.batch());
      const owed = this.sent[this.answered]!;
      const ids = await prepareTopics([...topicsOf(settings.job)], PARTITIONS, ports);
      const messages = amountsAsMessages(owed.rows, ids.get(amounts.name)!);
      await ports.log.append({
        producer: 'desk',
        sequence: owed.sequence,
        outputs: [{ topic: amounts.name, partition: owed.partition, messages }],
      });
      this.answered = Math.max(this.answered, owed.sequence);
      for (const driver of drivers) driver.nudge();
    } catch {
      // Not answered, or refused: it is said again under the same sequence.
    } finally {
      this.producing = false;
    }
  }
  private producing = false;

  /** Rows of one partition: a key's partition never changes. */
  private batch(): Owed {
    const { random } = this;
    const partition = random.below(PARTITIONS);
    const rows = Array.from({ length: 1 + random.below(5) }, () => ({
      key: random.pick(keysOf(partition)),
      amount: (1 + random.below(9)) * UNIT,
    }));
    return { sequence: this.sent.length + 1, partition, rows };
  }

  private async pass(clock: HandClock, micros: number): Promise<void> {
    for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
    clock.set(clock.elapsed() + micros);
  }

  private async drain(
    ports: ReturnType<FaultyBackend['ports']>,
    drivers: readonly TaskDriver[],
    clock: HandClock,
  ): Promise<void> {
    for (let turn = 0; turn < 2_000; turn += 1) {
      if (this.answered < this.sent.length) await this.produce(ports, drivers);
      await this.pass(clock, 100_000);
      if (this.answered === this.sent.length && drivers.every((driver) => isThrough(ports, driver))) return;
    }
    this.findings.push(`it never came to rest: ${JSON.stringify(drivers.map((driver) => driver.status()))}`);
  }

  private async drainSinks(sinks: readonly Follower[], clock: HandClock): Promise<void> {
    const isBehind = (): boolean =>
      sinks.map((sink) => sink.status()).some(({ doneOffset, endOffset }) => doneOffset < endOffset);
    for (let turn = 0; turn < 2_000 && isBehind(); turn += 1) await this.pass(clock, 100_000);
    for (const { state, reason } of sinks.map((sink) => sink.status()))
      if (state === 'stopped') this.findings.push(`a sink has stopped: ${reason}`);
  }

  readonly findings: string[] = [];

  private async stopped(
    drivers: readonly TaskDriver[],
    running: readonly Promise<void>[],
    clock: HandClock,
  ): Promise<void> {
    const stopping = Promise.all(drivers.map((driver) => driver.stop()));
    let done = false;
    void stopping.then(() => {
      done = true;
    });
    for (let turn = 0; turn < 2_000 && !done; turn += 1) await this.pass(clock, 10_000);
    if (!done) this.findings.push('a task did not stop');
    else await Promise.all(running);
  }
}

function isThrough(ports: ReturnType<FaultyBackend['ports']>, driver: TaskDriver): boolean {
  const { partition } = driver.id;
  const end = ports.log.ends({ topic: amounts.name, partition }).next;
  return driver.progress().every((at) => at.topic !== amounts.name || at.next >= end);
}

export async function simulate(simulation: Simulation): Promise<Simulated> {
  const world = new World(simulation);
  for (let life = 0; life < simulation.lives; life += 1)
    await world.live({ failing: 0.05, unanswered: 0.05, deadly: 0.08 }, false);
  await world.live({ failing: 0, unanswered: 0, deadly: 0 }, true);
  return {
    findings: [...world.findings, ...(await judge(world))],
    deaths: world.deaths,
    inserts: world.inserts,
    sent: world.sent.length,
  };
}

/** What the laws say of a drained system. */
async function judge({ disk, sent, table }: World): Promise<string[]> {
  const findings: string[] = [];
  const backend = new FaultyBackend(disk, new Random(0), { failing: 0, unanswered: 0, deadly: 0 }).inner;
  const ids = await prepareTopics([...topicsOf(settings.job), letters as Topic], PARTITIONS, backend);
  for (let partition = 0; partition < PARTITIONS; partition += 1) {
    const said = sent.filter((batch) => batch.partition === partition).flatMap(({ rows }) => rows);
    const held = readAll(backend, amounts, partition) as readonly Amount[];
    if (JSON.stringify(held) !== JSON.stringify(said))
      findings.push(`partition ${partition}: the log holds ${held.length} amounts, ${said.length} were sent`);
    findings.push(...judgeSums(said, backend, partition));
    findings.push(...judgeTable(table, backend, partition));
    const differences = await recompute(backend.recorded({ job: settings.job.name, partition }, 1), {
      ...settings,
      partition,
      backend,
      schemaIds: ids,
    });
    for (const { detail } of differences.slice(0, 3))
      findings.push(`law 7, partition ${partition}: ${detail}`);
  }
  return findings;
}

function judgeSums(said: readonly Amount[], backend: FaultyBackend['inner'], partition: number): string[] {
  const findings: string[] = [];
  const prefixes = new Map<number, number[]>();
  for (const { key, amount } of said) {
    const sofar = prefixes.get(key) ?? [];
    prefixes.set(key, [...sofar, (sofar.at(-1) ?? 0) + amount]);
  }
  const told = new Map<number, number[]>();
  for (const { key, amount } of readAll(backend, sums, partition) as readonly Amount[])
    told.set(key, [...(told.get(key) ?? []), amount]);
  for (const [key, expected] of prefixes) {
    const records = told.get(key) ?? [];
    if (records.at(-1) !== expected.at(-1))
      findings.push(`key ${key} ends at ${records.at(-1)} instead of ${expected.at(-1)}`);
    // Amounts are above 0: sums that are right and in order only grow.
    if (records.some((amount, at) => !expected.includes(amount) || amount <= (records[at - 1] ?? 0)))
      findings.push(`key ${key} was told as ${records.join(', ')}, of ${expected.join(', ')}`);
  }
  for (const { key, amount } of readAll(backend, echoes, partition) as readonly Amount[])
    if (!prefixes.get(key)?.includes(amount))
      findings.push(`key ${key} was echoed as ${amount}, which it never was`);
  return findings;
}
