/** Numbers for names: allotted once and for ever. */
import { ByteReader } from '../../runtime/wire/bytes';
import { MessageCursor } from '../../runtime/wire/messages';
import { names as namesTopic, numberedNameCodec } from '../../schemas/reference';
import type { Suite } from './suite';

export function describeNames({ open }: Suite): void {
  it('allots dense numbers in the order of asking, each domain its own', async () => {
    const { backend, reopen } = await open();
    expect(backend.names.size('instrument')).toBe(0);
    const numbers = await backend.names.numbersOf('instrument', ['ESZ6', 'AAPL', 'ESZ6']);
    expect(numbers[0]).toBe(numbers[2]);
    expect(numbers[0]).not.toBe(numbers[1]);
    await backend.names.numbersOf('account', ['ALPHA']);
    const { names } = await reopen();
    expect([...(await names.numbersOf('instrument', ['AAPL', 'ESZ6', 'MSFT']))].slice(0, 2)).toEqual([
      numbers[1],
      numbers[0],
    ]);
    expect(names.nameOf('instrument', numbers[1]!)).toBe('AAPL');
    expect(names.numberOf('instrument', 'AAPL')).toBe(numbers[1]);
    expect(names.numberOf('instrument', 'ALPHA')).toBeUndefined();
    expect(names.size('instrument')).toBeGreaterThan(Math.max(...numbers));
  });

  it('gives one name one number though many ask at the same time', async () => {
    const { backend } = await open();
    const asked = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        backend.names.numbersOf('instrument', ['A', `only-${index}`, 'B']),
      ),
    );
    expect(new Set(asked.map(([a]) => a)).size).toBe(1);
    expect(new Set(asked.map((numbers) => numbers[2])).size).toBe(1);
    expect(new Set(asked.map((numbers) => numbers[1])).size).toBe(10);
    expect(backend.names.size('instrument')).toBe(12);
  });

  it('nobody hears of a number before it is durable', async () => {
    const { backend } = await open();
    const asked = backend.names.numbersOf('instrument', ['AAPL']);
    expect(backend.names.numberOf('instrument', 'AAPL')).toBeUndefined();
    const [number] = await asked;
    expect(backend.names.nameOf('instrument', number!)).toBe('AAPL');
  });

  it.each([
    ['empty', ''],
    ['of two lines that a zero byte parts', 'A\0B'],
    ['longer than a key', 'A'.repeat(600)],
  ])('a name that is %s is refused, those asked for with it get no number, and others are served', async (_, bad) => {
    const { backend, reopen } = await open();
    await expect(backend.names.numbersOf('instrument', ['GOOD', bad])).rejects.toThrow(
      'is no name of domain',
    );
    expect(backend.names.numberOf('instrument', 'GOOD')).toBeUndefined();
    const [other] = await backend.names.numbersOf('instrument', ['OTHER']);
    const [good] = await backend.names.numbersOf('instrument', ['GOOD']);
    const { names } = await reopen();
    expect([names.nameOf('instrument', other!), names.nameOf('instrument', good!)]).toEqual([
      'OTHER',
      'GOOD',
    ]);
  });

  it('tells every number to the topic of names', async () => {
    const { backend } = await open();
    await backend.names.numbersOf('venue', ['XNYS', 'ARCX']);
    await backend.names.numbersOf('venue', ['ARCX', 'BATS']);
    const reader = backend.log.reader({ topic: namesTopic.name, partition: 0, next: 0 }, 'names');
    const told: unknown[] = [];
    while (told.length < 3) {
      const chunk = reader.poll(1 << 16);
      if (!chunk) await reader.whenArrived();
      const cursor = new MessageCursor();
      if (chunk) cursor.over(chunk);
      while (cursor.next()) {
        const value = new ByteReader().over(cursor.bytes, cursor.valueStart + 5, cursor.valueEnd);
        told.push(numberedNameCodec.decode(value));
      }
    }
    reader.close();
    expect(told).toEqual(
      ['XNYS', 'ARCX', 'BATS'].map((name) => ({
        domain: 'venue',
        name,
        number: backend.names.numberOf('venue', name),
      })),
    );
  });
}
