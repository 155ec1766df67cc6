/** An append that is cut into several entries, of messages without a key and of tombstones, is read back whole. */
import { MessageCursor, MessageWriter } from '../../../runtime/wire/messages';
import { QUOTES, to } from '../../conformance/support';
import { openStore } from './support';

test('frames without keys and tombstones, longer together than an entry', async () => {
  const store = await openStore();
  await store.backend.log.createTopics([QUOTES]);
  const writer = new MessageWriter();
  for (let number = 0; number < 400; number += 1) {
    writer.begin(number % 10 === 9 ? `gone ${number}` : undefined, [], 7);
    if (number % 10 === 9) writer.endTombstone();
    else {
      writer.to.string('x'.repeat(10_000));
      writer.end();
    }
  }
  const outputs = [to(QUOTES.name, 0, writer.take())];
  await store.backend.log.append({ producer: 'p', sequence: 1, outputs });
  const reader = store.backend.log.reader({ topic: QUOTES.name, partition: 0, next: 0 }, 'test');
  const offsets: number[] = [];
  const gone: string[] = [];
  const cursor = new MessageCursor();
  for (let chunk = reader.poll(1 << 20); chunk; chunk = reader.poll(1 << 20)) {
    cursor.over(chunk);
    while (cursor.next()) {
      offsets.push(cursor.offset);
      if (cursor.isTombstone()) gone.push(cursor.key() ?? '');
    }
  }
  reader.close();
  expect(offsets).toEqual(Array.from({ length: 400 }, (_, number) => number));
  expect(gone).toHaveLength(40);
  expect(gone[0]).toBe('gone 9');
  await store.destroy();
});
