/** The way in: names become numbers once, batches keep their order and do not mix, nothing is taken twice. */

import { prepareTopics } from '../../runtime/drive/open-job';
import { ByteReader } from '../../runtime/wire/bytes';
import { MessageCursor, WIRE_PREFIX_BYTES } from '../../runtime/wire/messages';
import { quoteCodec, quotes } from '../../schemas/market';
import {
  type Instrument,
  InstrumentKind,
  instrumentCodec,
  instruments,
  OptionRight,
} from '../../schemas/reference';
import { instrumentUntold } from '../../schemas/untold';
import type { FeedRecord } from '../../sources/feed';
import { Publisher, UnknownTopicError } from '../../sources/publish';
import { MemoryBackend, MemoryDisk } from '../support/memory-backend';

async function world() {
  const backend = new MemoryBackend(new MemoryDisk());
  const topics = [quotes, instruments];
  await prepareTopics(topics, 1, backend);
  return { backend, publisher: await Publisher.open({ backend, topics }) };
}

const quote = (sequence: number, instrument: string, venue = 'X'): FeedRecord => ({
  topic: 'market.quotes',
  time: sequence,
  sequence,
  row: {
    instrument,
    venue,
    bid: sequence,
    bidSize: 1,
    ask: Number.NaN,
    askSize: Number.NaN,
    condition: 0,
    time: sequence,
  },
});

/** The bids of each frame in the log, with the name of the instrument. */
function framesOf(backend: MemoryBackend): string[][] {
  const frames: string[][] = [];
  const reader = backend.log.reader({ topic: 'market.quotes', partition: 0, next: 0 }, 'test');
  const cursor = new MessageCursor();
  for (let chunk = reader.poll(1 << 20); chunk; chunk = reader.poll(1 << 20)) {
    cursor.over(chunk);
    while (cursor.next()) {
      const columns = quoteCodec.allocate(0);
      quoteCodec.append(
        columns,
        new ByteReader().over(cursor.bytes, cursor.valueStart + WIRE_PREFIX_BYTES, cursor.valueEnd),
      );
      const bids = Array.from(columns.bid.subarray(0, columns.length));
      frames.push(
        bids.map((bid, index) => `${backend.names.nameOf('instrument', columns.instrument[index]!)} ${bid}`),
      );
    }
  }
  return frames;
}

function instrumentsOf(backend: MemoryBackend): Instrument[] {
  const reader = backend.log.reader({ topic: 'reference.instruments', partition: 0, next: 0 }, 'test');
  const cursor = new MessageCursor();
  const listed: Instrument[] = [];
  for (let chunk = reader.poll(1 << 20); chunk; chunk = reader.poll(1 << 20)) {
    cursor.over(chunk);
    while (cursor.next()) {
      const { bytes, valueStart, valueEnd } = cursor;
      listed.push(
        instrumentCodec.decode(new ByteReader().over(bytes, valueStart + WIRE_PREFIX_BYTES, valueEnd)),
      );
    }
  }
  return listed;
}

test('batches published at once come in order and apart, though only some have to wait for new names', async () => {
  const { backend, publisher } = await world();
  const batches = [
    [quote(1, 'NEW'), quote(2, 'OTHER')],
    [quote(3, 'NEW')],
    [quote(4, 'THIRD'), quote(5, 'NEW')],
  ];
  await Promise.all(
    batches.map((records, index) =>
      publisher.publish({ producer: 'p', sequence: index + 1, now: 1, records }),
    ),
  );
  expect(framesOf(backend)).toEqual([['NEW 1', 'OTHER 2'], ['NEW 3'], ['THIRD 4', 'NEW 5']]);
});

test('a batch that was taken before is not taken again', async () => {
  const { backend, publisher } = await world();
  const batch = { producer: 'p', sequence: 7, now: 1, records: [quote(1, 'A')], state: Buffer.from('here') };
  expect((await publisher.publish(batch)).duplicate).toBe(false);
  expect((await publisher.publish(batch)).duplicate).toBe(true);
  expect(framesOf(backend)).toEqual([['A 1']]);
  expect(await backend.log.producer('p')).toEqual({ sequence: 7, state: Buffer.from('here') });
});

test('messages end at the cuts, and what lies between is told', async () => {
  const { backend, publisher } = await world();
  const row = {
    instrument: 'A',
    name: 'A',
    currency: 'USD',
    multiplier: 1n,
    inverse: false,
    kind: 0,
    ...instrumentUntold,
  };
  const instrument: FeedRecord = { topic: 'reference.instruments', time: 0, sequence: 1, row };
  const records = [instrument, quote(1, 'A'), quote(2, 'A'), quote(3, 'A')];
  const { parts } = await publisher.publish({ producer: 'p', sequence: 1, now: 1, records, cuts: [2] });
  expect(parts).toEqual([
    [
      { topic: 'reference.instruments', partition: 0, messages: 1 },
      { topic: 'market.quotes', partition: 0, messages: 1 },
    ],
    [{ topic: 'market.quotes', partition: 0, messages: 1 }],
  ]);
  expect(framesOf(backend)).toEqual([['A 1'], ['A 2', 'A 3']]);
});

test('a topic that is not published to is refused by name, and the next batch goes on', async () => {
  const { backend, publisher } = await world();
  const wrong = { ...quote(1, 'A'), topic: 'market.quote' };
  const refused = publisher.publish({ producer: 'p', sequence: 1, now: 1, records: [wrong] });
  await expect(refused).rejects.toThrow(UnknownTopicError);
  await publisher.publish({ producer: 'p', sequence: 2, now: 1, records: [quote(2, 'A')] });
  expect(framesOf(backend)).toEqual([['A 2']]);
});

test('an option names what it is on before that is listed, and a stock names nothing', async () => {
  const { backend, publisher } = await world();
  const stock = { currency: 'USD', multiplier: 1_000_000_000n, inverse: false, ...instrumentUntold, kind: 0 };
  const terms = { right: OptionRight.Call, strike: -5_000_000_000n, expiry: 1_700_000_000_000_000 };
  const option = { ...stock, kind: InstrumentKind.Option, underlying: 'STOCK', ...terms };
  const records = [
    { ...stock, ...option, instrument: 'CALL', name: 'CALL' },
    { ...stock, instrument: 'STOCK', name: 'STOCK' },
  ].map((row, index) => ({ topic: 'reference.instruments', time: 0, sequence: index + 1, row }));
  await publisher.publish({ producer: 'p', sequence: 1, now: 1, records });
  const listed = instrumentsOf(backend);
  const number = backend.names.numberOf('instrument', 'STOCK')!;
  expect(listed).toMatchObject([
    { name: 'CALL', underlying: number, ...terms },
    { name: 'STOCK', instrument: number, underlying: undefined, strike: undefined, expiry: undefined },
  ]);
});

test('a batch with a value that its field cannot hold is refused whole, and nothing of it comes with the next', async () => {
  const { backend, publisher } = await world();
  const instrument = (name: string, text: string, sequence: number): FeedRecord => ({
    topic: 'reference.instruments',
    time: sequence,
    sequence,
    row: {
      instrument: name,
      name: text,
      currency: 'USD',
      multiplier: 1_000_000_000n,
      inverse: false,
      ...instrumentUntold,
      kind: 0,
    },
  });
  const bad = [instrument('GOOD', 'Good', 1), instrument('BAD', 'half a pair: \ud800', 2)];
  await expect(publisher.publish({ producer: 'p', sequence: 2, now: 1, records: bad })).rejects.toThrow(
    'half a surrogate pair',
  );
  const next = [instrument('NEXT', 'Next', 3)];
  await publisher.publish({ producer: 'p', sequence: 3, now: 1, records: next });

  expect(instrumentsOf(backend).map(({ name }) => name)).toEqual(['Next']);
});
