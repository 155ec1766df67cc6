/** What a log over a network needs of the ports, and a file keeps as well. */
import type { TaskOwner } from '../../runtime/ports/backend';
import type { TaskId } from '../../runtime/ports/epoch';
import { MessageCursor, MessageWriter } from '../../runtime/wire/messages';
import type { Suite } from './suite';
import { chunkOf, epoch, keysOf, messagesIn, QUOTES, TASK, to } from './support';

export function describePorts({ open }: Suite): void {
  const quotes = { topic: QUOTES.name, partition: 0 };

  it('tells no key from an empty one, no value from an empty one, and keeps headers of bytes', async () => {
    const { backend } = await open();
    await backend.log.createTopics([QUOTES]);
    const writer = new MessageWriter();
    writer.begin(undefined, [['none', undefined]], 1);
    writer.end();
    writer.begin('', [['bytes', Uint8Array.of(0, 255)]], 1);
    writer.endTombstone();
    await backend.log.append({ producer: 'p', sequence: 1, outputs: [to(QUOTES.name, 0, writer.take())] });
    const reader = backend.log.reader({ ...quotes, next: 0 }, 'a test');
    const read: unknown[] = [];
    while (read.length < 2) {
      const chunk = reader.poll(1_000);
      if (!chunk) await reader.whenArrived();
      const cursor = new MessageCursor();
      if (chunk) cursor.over(chunk);
      while (cursor.next())
        read.push([
          cursor.hasKey,
          cursor.hasValue,
          ...cursor.rawHeaders().map(([name, value]) => [name, value && [...value]]),
        ]);
    }
    reader.close();
    expect(read).toEqual([
      [false, true, ['none', undefined]],
      [true, false, ['bytes', [0, 255]]],
    ]);
  });

  it('a reader says whether it has come to the end, apart from having nothing just now', async () => {
    const { backend } = await open();
    await backend.log.createTopics([QUOTES]);
    const reader = backend.log.reader({ ...quotes, next: 0 }, { name: 'risk/0', kind: 'group' });
    expect(reader.atEnd()).toBe(true);
    const outputs = [to(QUOTES.name, 0, chunkOf('a', 'b', 'c'))];
    await backend.log.append({ producer: 'p', sequence: 1, outputs });
    const keys: string[] = [];
    while (!reader.atEnd()) {
      const chunk = reader.poll(1);
      if (chunk) keys.push(...keysOf(messagesIn(chunk)));
      else await reader.whenArrived();
    }
    expect(keys).toEqual(['a', 'b', 'c']);
    reader.close();
  });

  it('what is read says when it was appended, and later appends no earlier', async () => {
    const { backend } = await open();
    await backend.log.createTopics([QUOTES]);
    const stamps: number[] = [];
    const reader = backend.log.reader({ ...quotes, next: 0 }, 'a test');
    for (const sequence of [1, 2]) {
      const outputs = [to(QUOTES.name, 0, chunkOf(`${sequence}`))];
      await backend.log.append({ producer: 'p', sequence, outputs });
      for (let chunk = reader.poll(1_000); ; chunk = reader.poll(1_000)) {
        if (chunk) {
          stamps.push(chunk.appendedAt!);
          break;
        }
        await reader.whenArrived();
      }
    }
    reader.close();
    expect(stamps[1]).toBeGreaterThanOrEqual(stamps[0]!);
  });

  it('a task knows the last of its epochs that took effect, those under way included', async () => {
    const { backend, reopen } = await open();
    const task = await backend.openTask(TASK);
    expect(await task.committed()).toBe(0);
    const under = [task.commit(epoch(1)), task.commit(epoch(2))];
    await Promise.all(under);
    expect(await task.committed()).toBe(2);
    expect(await (await (await reopen()).openTask(TASK)).committed()).toBe(2);
  });

  it('who joins is told which tasks it runs, and gives them back when it leaves', async () => {
    const { backend } = await open();
    const told: (readonly [string, readonly TaskId[]])[] = [];
    let heard: () => void = () => undefined;
    const first = new Promise<void>((resolve) => {
      heard = resolve;
    });
    const owner: TaskOwner = {
      assigned: (tasks) => {
        told.push(['assigned', tasks]);
        heard();
      },
      revoked: async (tasks, budgetMicros) => {
        expect(budgetMicros).toBeGreaterThan(0);
        told.push(['revoked', tasks]);
      },
      lost: (tasks) => told.push(['lost', tasks]),
    };
    const membership = backend.own({ name: 'risk', partitions: 2 }, owner);
    await first;
    const tasks = [TASK, { ...TASK, partition: 1 }];
    expect(told).toEqual([['assigned', tasks]]);
    await membership.leave();
    expect(told).toEqual([
      ['assigned', tasks],
      ['revoked', tasks],
    ]);
  });
}
