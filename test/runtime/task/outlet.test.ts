/** What a step wrote, as messages of topics. */

import type { Topic } from '../../../runtime/stream/topic';
import { Outlet } from '../../../runtime/task/outlet';
import { ByteReader } from '../../../runtime/wire/bytes';
import { MessageCursor, WIRE_PREFIX_BYTES } from '../../../runtime/wire/messages';
import { fills, positions } from '../../../schemas/ledger';
import { MarkState, markCodec, marks } from '../../../schemas/market';

const newOutlet = (): Outlet =>
  new Outlet({ topic: marks as Topic, partitions: 1, schemaId: 1, envelope: undefined });

function markOf(price: number) {
  const columns = markCodec.allocate(1);
  columns.instrument[0] = 7;
  columns.bid[0] = price;
  columns.ask[0] = price;
  columns.price[0] = price;
  columns.state[0] = MarkState.Priced;
  columns.time[0] = 0;
  (columns as { length: number }).length = 1;
  return columns;
}

/** The prices of instrument 7 as a reader of the topic meets them. */
function pricesOf(outlet: Outlet): number[] {
  return outlet.take().flatMap(({ messages }) => {
    const columns = markCodec.allocate(4);
    const cursor = new MessageCursor().over(messages);
    while (cursor.next())
      markCodec.append(
        columns,
        new ByteReader().over(cursor.bytes, cursor.valueStart + WIRE_PREFIX_BYTES, cursor.valueEnd),
      );
    return [...columns.price.subarray(0, columns.length)];
  });
}

test('a snapshot stands where it was taken: what later steps of its epoch say comes behind it', () => {
  const outlet = newOutlet();
  outlet.write(markOf(100), { number: 1, now: 1 }, 'test');
  outlet.writeSlice(markOf(100));
  outlet.write(markOf(101), { number: 2, now: 2 }, 'test');

  expect(pricesOf(outlet)).toEqual([100, 100, 101]);
  expect(outlet.take()).toEqual([]);
});

test('the open epoch weighs what it will write, snapshots too', () => {
  const outlet = newOutlet();
  outlet.writeSlice(markOf(100));
  const snapshot = outlet.bytes;
  outlet.write(markOf(101), { number: 2, now: 2 }, 'test');

  expect(snapshot).toBeGreaterThan(0);
  expect(outlet.bytes).toBe(2 * snapshot);
  outlet.take();
  expect(outlet.bytes).toBe(0);
});

test.each([
  ['rows where changes are wanted', positions, [], 'takes changes, and was given rows'],
  ['changes where rows are wanted', fills, { set: [], removed: [] }, 'takes rows, and was given changes'],
  ['rows where columns are wanted', marks, [], 'takes columns, and was given rows'],
])('a batch of another shape than its topic is refused: %s', (_, topic, data, message) => {
  const outlet = new Outlet({ topic: topic as Topic, partitions: 1, schemaId: 1, envelope: undefined });
  expect(() => outlet.write(data, { number: 1, now: 1 }, 'test')).toThrow(message);
});
