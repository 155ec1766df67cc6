/** What `start` and `replay` show of positions: the last word on each, however long ago it was said. */
import { Portfolio } from '../../app/portfolio';
import type { ColumnsCodec } from '../../runtime/stream/codec';
import type { Topic } from '../../runtime/stream/topic';
import { Outlet } from '../../runtime/task/outlet';
import { positions } from '../../schemas/ledger';
import { MarkQuality, Reason } from '../../schemas/market';
import { accountPnl, PnlStatus, type PositionPnlColumns, positionPnl } from '../../schemas/risk';
import { positionUntold } from '../../schemas/untold';
import { MemoryBackend } from '../support/memory-backend';

const START = 1_700_000_000_000_000;
const ONE = 10n ** 9n;
const topics = [accountPnl, positions, positionPnl] as readonly Topic[];

const held = (instrument: number) => ({
  account: 0,
  instrument,
  currency: 'USD',
  multiplier: ONE,
  inverse: false,
  quantity: ONE,
  cost: ONE * ONE,
  realisedPnl: 0n,
  fees: 0n,
  bought: 0n,
  sold: 0n,
  fills: 1,
  time: START,
  ...positionUntold,
});

async function told() {
  const backend = new MemoryBackend();
  await backend.names.numbersOf('account', ['alpha']);
  await backend.names.numbersOf('instrument', ['quiet', 'busy']);
  await backend.log.createTopics(
    topics.map(({ name, kind, codec }) => ({
      name,
      kind,
      layout: codec.layout,
      partitions: 1,
      retentionHours: 24,
    })),
  );
  let sequence = 0;
  const say = async (topic: Topic, data: unknown): Promise<void> => {
    sequence += 1;
    const schemaId = await backend.registry.register(`${topic.name}-value`, topic.codec.schema);
    const outlet = new Outlet({ topic, partitions: 1, schemaId, envelope: undefined });
    outlet.write(data, { number: sequence, now: START }, 'test');
    await backend.log.append({ producer: 'test', sequence, outputs: outlet.take() });
  };
  const value = async (instrument: number, price: number): Promise<void> => {
    const columns = (positionPnl.codec as ColumnsCodec<PositionPnlColumns>).allocate(1);
    Object.assign(columns, { length: 1 });
    const row = {
      instrument,
      price,
      unrealisedPnl: price - 1,
      status: PnlStatus.Priced,
      quality: MarkQuality.Good,
      reason: Reason.None,
    };
    for (const [name, of] of Object.entries(row))
      (columns as unknown as Record<string, Float64Array>)[name]![0] = of;
    await say(positionPnl as Topic, columns);
  };
  return { backend, say, value };
}

test('a position of which nothing was said for long has the value that was said last', async () => {
  const { backend, say, value } = await told();
  await say(positions as Topic, { set: [held(0), held(1)], removed: [] });
  await value(0, 5);
  await value(0, 7);
  for (let price = 10; price < 30; price += 1) await value(1, price);
  const portfolio = new Portfolio(backend, 2);
  portfolio.refresh();

  expect(portfolio.positionLines()).toMatchObject([
    { instrument: 'busy', price: 29, unrealised: 28, status: 'priced' },
    { instrument: 'quiet', price: 7, unrealised: 6, status: 'priced' },
  ]);
  portfolio.close();
});

test('what an account makes is not shown as a number while a part of it has no price', async () => {
  const { backend, say } = await told();
  const sum = {
    account: 0,
    realisedPnl: ONE * ONE,
    fees: 0,
    unrealisedPnl: 3,
    marketValue: 4,
    knownPnl: 4,
    tradingDay: '2023-11-14',
    dayPnl: Number.NaN,
    dayKnownPnl: 4,
    monthPnl: Number.NaN,
    monthKnownPnl: 4,
    yearPnl: Number.NaN,
    yearKnownPnl: 4,
    positions: 2,
    stale: 0,
    time: START,
    knownAt: START,
  };
  const unknown = { ...sum, currency: 'EUR', totalPnl: Number.NaN, unpriced: 1, reason: Reason.PartsUnknown };
  const known = { ...sum, currency: 'USD', totalPnl: 4, unpriced: 0, reason: Reason.None };
  await say(accountPnl as Topic, { set: [unknown, known], removed: [] });
  const portfolio = new Portfolio(backend);
  portfolio.refresh();

  expect(portfolio.accountLines()).toMatchObject([
    { currency: 'EUR', realised: 1, unrealised: Number.NaN, marketValue: Number.NaN, unpriced: 1 },
    { currency: 'USD', realised: 1, unrealised: 3, marketValue: 4 },
  ]);
  portfolio.close();
});
