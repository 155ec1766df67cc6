import { FusionError, fuse } from '../../../runtime/graph/job';
import { PipelineCycleError, pipeline } from '../../../runtime/graph/pipeline';
import {
  broadcast,
  feedback,
  type Input,
  partitioned,
  type Topic,
  topic,
} from '../../../runtime/stream/topic';
import { murmur2, partitionOf } from '../../../runtime/wire/partition';
import { amounts } from '../../support/toy';

const named = (name: string, partitionedBy = 'key'): Topic =>
  topic({ name, kind: 'event', codec: amounts.codec, key: ['key'], partitionedBy }) as Topic;
const [a, b, c] = [named('test.a'), named('test.b'), named('test.c')];
const through = (name: string, reads: Record<string, Input>, ...writes: Topic[]) =>
  pipeline({
    name,
    reads,
    state: {},
    writes: Object.fromEntries(writes.map((one, index) => [`out${index}`, one])),
    sinks: [],
    build: (from) => Object.fromEntries(writes.map((_, index) => [`out${index}`, from['in']!])),
  });

describe('fusion', () => {
  test('a topic written by one and read by another passes in memory, whatever order they are named in', () => {
    const job = fuse({
      name: 'job',
      pipelines: [
        through('second', { in: partitioned(b!) }, c!),
        through('first', { in: partitioned(a!) }, b!),
      ],
    });

    expect(job.pipelines.map(({ name }) => name)).toEqual(['first', 'second']);
    expect(job.inputs.map(({ topic: { name } }) => name)).toEqual(['test.a']);
  });

  test('over several partitions a broadcast, or another routing, crosses the log', () => {
    const other = named('test.other', 'amount');
    const first = through('first', { in: partitioned(a!) }, b!, other);
    const second = through('second', { in: broadcast(b!) }, c!);
    const job = fuse({ name: 'job', pipelines: [first, second], partitions: 2 });

    expect(job.inputs.map(({ topic: { name } }) => name)).toEqual(['test.a', 'test.b']);
    expect(
      fuse({ name: 'job', pipelines: [first, second] }).inputs.map(({ topic: { name } }) => name),
    ).toEqual(['test.a']);
  });

  test.each([
    [
      'a cycle',
      [through('one', { in: partitioned(a!) }, b!), through('two', { in: partitioned(b!) }, a!)],
      'one → two → one',
    ],
    [
      'two writers of a topic',
      [through('one', { in: partitioned(a!) }, c!), through('two', { in: partitioned(b!) }, c!)],
      'both write topic "test.c"',
    ],
  ])('refuses %s', (_, pipelines, message) => {
    expect(() => fuse({ name: 'job', pipelines })).toThrow(FusionError);
    expect(() => fuse({ name: 'job', pipelines })).toThrow(message);
  });

  test('refuses a topic that several tasks would share and that has one partition', () => {
    const undivided = topic({ name: 'test.u', kind: 'event', codec: amounts.codec, key: ['key'] }) as Topic;
    const pipelines = [through('one', { in: partitioned(undivided) }, c!)];

    expect(() => fuse({ name: 'job', pipelines, partitions: 2 })).toThrow(
      'reads topic "test.u" as partitioned, which has one partition',
    );
    expect(() => fuse({ name: 'job', pipelines })).not.toThrow();
  });

  test('what is read as feedback comes from the log, and what others read of the same topic in memory', () => {
    const job = fuse({
      name: 'job',
      pipelines: [
        through('first', { in: partitioned(a!), back: feedback(c!) }, b!),
        through('second', { in: partitioned(b!) }, c!),
        through('third', { in: partitioned(c!) }, named('test.d')),
      ],
    });

    expect(job.pipelines.map(({ name }) => name)).toEqual(['first', 'second', 'third']);
    expect(job.inputs.map(({ topic: { name } }) => name)).toEqual(['test.a', 'test.c']);
    expect([...job.internal].map(([name, topics]) => [name, ...topics])).toEqual([
      ['first'],
      ['second', 'test.b'],
      ['third', 'test.c'],
    ]);
    expect(through('self', { in: partitioned(a!), back: feedback(b!) }, b!).name).toBe('self');
  });

  test('refuses inputs that are partitioned differently', () => {
    const pipelines = [
      through('one', { in: partitioned(a!), other: partitioned(named('test.z', 'amount')) }, c!),
    ];

    expect(() => fuse({ name: 'job', pipelines, partitions: 2 })).toThrow(
      'partitioned differently: test.a by key, test.z by amount',
    );
  });

  test('refuses frames of state that several tasks would write to one partition', () => {
    const frames = { ...named('test.state', 'amount'), kind: 'state', codec: { layout: 'columns' } } as Topic;
    const pipelines = [through('one', { in: partitioned(a!) }, frames)];

    expect(() => fuse({ name: 'job', pipelines, partitions: 2 })).toThrow(
      'several tasks would write one partition',
    );
    expect(() => fuse({ name: 'job', pipelines })).not.toThrow();
  });

  test('a pipeline that writes what it reads is refused when it is declared', () => {
    expect(() => through('loop', { in: partitioned(a!) }, a!)).toThrow(PipelineCycleError);
  });
});

/** Values of Apache Kafka's own test, UtilsTest.testMurmur2. */
test.each([
  ['21', -973932308],
  ['foobar', -790332482],
  ['a-little-bit-long-string', -985981536],
  ['a-little-bit-longer-string', -1486304829],
  ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
  ['abc', 479470107],
])('murmur2 of %s is that of the Java client', (text, hash) => {
  expect(murmur2(Buffer.from(text))).toBe(hash);
  expect(partitionOf(text, 12)).toBe((hash & 0x7fffffff) % 12);
});
