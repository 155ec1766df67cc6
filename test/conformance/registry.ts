/** Schemas by id. */
import type { Suite } from './suite';

const record = (...fields: object[]): string => JSON.stringify({ type: 'record', name: 'Quote', fields });
const bid = { name: 'bid', type: 'double' };
const ask = { name: 'ask', type: 'double' };

export function describeRegistry({ open }: Suite): void {
  it('gives a schema one id for ever, and finds it again', async () => {
    const { backend, reopen } = await open();
    const quote = await backend.registry.register('market.quotes-value', record(bid));
    const fill = await backend.registry.register('ledger.fills-value', record(ask));
    expect(fill).not.toBe(quote);
    expect(await backend.registry.register('market.quotes-value', record(bid))).toBe(quote);
    const { registry } = await reopen();
    expect(await registry.load(quote)).toBe(record(bid));
    expect(registry.schema(quote)).toBe(record(bid));
    expect(await registry.register('market.quotes-value', record(bid))).toBe(quote);
    expect(await registry.load(99_999)).toBeUndefined();
  });

  it('registers one schema once though many ask at the same time', async () => {
    const { backend } = await open();
    const ids = await Promise.all(
      Array.from({ length: 5 }, () => backend.registry.register('market.quotes-value', record(bid))),
    );
    expect(new Set(ids).size).toBe(1);
  });

  it('takes a version that reads what was written before, and refuses one that cannot', async () => {
    const { backend } = await open();
    const first = await backend.registry.register('market.quotes-value', record(bid));
    const second = await backend.registry.register(
      'market.quotes-value',
      record(bid, { ...ask, default: 0 }),
    );
    expect(second).not.toBe(first);
    await expect(
      backend.registry.register('market.quotes-value', record({ ...bid, type: 'string' })),
    ).rejects.toThrow(/market\.quotes-value/);
    expect(await backend.registry.load(first)).toBe(record(bid));
  });
}
