/**
 * `node dist/bench/kernels/task-fills.js [STEPS] [ACCOUNTS]`: what the tasks' thread does with fills, without log and commits.
 * A step reads a thousand messages, books them and writes positions out; each second step closes an epoch. Told are the
 * best twentieth of the steps, and their median.
 */
import { positions } from '../../pipelines/positions';
import { fuse } from '../../runtime/graph/job';
import type { LogReader, RestoredTask } from '../../runtime/ports/backend';
import type { Topic } from '../../runtime/stream/topic';
import { TaskRunner } from '../../runtime/task/runner';
import type { ByteWriter } from '../../runtime/wire/bytes';
import { type Chunk, MessageWriter } from '../../runtime/wire/messages';
import { fillCodec, fills } from '../../schemas/ledger';
import { deadLetters } from '../../schemas/ops';
import { instrumentCodec, instruments } from '../../schemas/reference';
import { fillOf, instrumentOf, OPEN } from '../market';

const PER_STEP = 1_000;
const ACCOUNTS = Number(process.argv[3] ?? 100);
const INSTRUMENTS = 100;
/** Until tables and the compiler have settled. */
const WARM_STEPS = 20;

const job = fuse({ name: 'bench', pipelines: [positions] });
const topics = new Map<string, Topic>(
  [...job.inputs.map(({ topic }) => topic), ...job.writes, deadLetters as Topic].map((one) => [
    one.name,
    one,
  ]),
);
const ids = new Map([...topics.keys()].map((name, index) => [name, index + 1]));
const schemas = new Map([...topics.values()].map((one) => [ids.get(one.name)!, one.codec.schema]));
const waiting = new Map<string, Chunk[]>([...topics.keys()].map((name) => [name, []]));
const ends = new Map<string, number>();
const writer = new MessageWriter();

function bring(
  topic: string,
  count: number,
  message: (index: number) => { readonly key: string; readonly write: (to: ByteWriter) => void },
): void {
  for (let index = 0; index < count; index += 1) {
    const { key, write } = message(index);
    writer.begin(key, [], ids.get(topic)!);
    write(writer.to);
    writer.end();
  }
  const baseOffset = ends.get(topic) ?? 0;
  const nextOffset = baseOffset + count;
  ends.set(topic, nextOffset);
  waiting.get(topic)!.push({ ...writer.take(), baseOffset, nextOffset });
}

const reader = (partition: LogReader['partition']): LogReader => ({
  partition,
  poll: () => waiting.get(partition.topic)!.shift(),
  atEnd: () => waiting.get(partition.topic)!.length === 0,
  whenArrived: () => Promise.resolve(),
  close: () => undefined,
});

const runner = new TaskRunner({
  job,
  partition: 0,
  backend: {
    log: { topics: () => [...topics.keys()].map((name) => ({ name, partitions: 1 })), reader },
    registry: { schema: (id: number) => schemas.get(id), load: async () => undefined },
    names: { nameOf: (domain: string, number: number) => `${domain}-${number}` },
  } as unknown as ConstructorParameters<typeof TaskRunner>[0]['backend'],
  restored: {
    epoch: 0,
    nextStep: 0,
    now: 0,
    progress: [],
    table: () => undefined,
  } as unknown as RestoredTask,
  schemaIds: ids,
  deadLetters: deadLetters as ConstructorParameters<typeof TaskRunner>[0]['deadLetters'],
  build: 'bench',
  stepBytes: 1 << 30,
  holdMicros: 1e6,
});

function fillAt(id: number): { readonly key: string; readonly write: (to: ByteWriter) => void } {
  const place = (id * 7919) % (ACCOUNTS * INSTRUMENTS);
  const [account, instrument] = [Math.floor(place / INSTRUMENTS), place % INSTRUMENTS];
  return {
    key: `${account}/${instrument}`,
    write: (to) => fillCodec.encode(fillOf({ id, account, instrument }), to),
  };
}

/** CPU nanoseconds a fill, of all threads: what the collector does beside the work belongs to it. */
function step(number: number): number {
  bring(fills.name, PER_STEP, (index) => fillAt(number * PER_STEP + index));
  const start = process.cpuUsage();
  runner.step({ now: OPEN + (number + 1) * PER_STEP });
  if (number % 2 === 1) runner.takeEpoch();
  const { user, system } = process.cpuUsage(start);
  return ((user + system) / PER_STEP) * 1e3;
}

bring(instruments.name, INSTRUMENTS, (index) => ({
  key: String(index),
  write: (to) => instrumentCodec.encode(instrumentOf(index), to),
}));
runner.step({ now: OPEN });
runner.takeEpoch();
const count = Number(process.argv[2] ?? 160);
const each = Array.from({ length: count }, (_, number) => step(number)).slice(WARM_STEPS);
// A step that closes an epoch and one that does not, taken together.
const pairs = each.flatMap((one, index) => (index % 2 === 1 ? [(one + each[index - 1]!) / 2] : []));
pairs.sort((a, b) => a - b);
const at = (part: number): string => pairs[Math.floor(pairs.length * part)]!.toFixed(0);
const { recordsIn, recordsOut } = runner.counts;
console.log(
  `fills in a task: ${at(0.05)} ns each at best, median ${at(0.5)}; ${recordsIn - INSTRUMENTS} fills in, ${recordsOut} records out`,
);
