import { marks } from '../../pipelines/marks';
import { pnl } from '../../pipelines/pnl';
import { positions } from '../../pipelines/positions';
import { volumes } from '../../pipelines/volumes';
import { fuse } from '../../runtime/graph/job';
import type { AnyPipeline } from '../../runtime/graph/pipeline';
import type { Input, Topic } from '../../runtime/stream/topic';
import { fillUntold, instrumentUntold } from '../../schemas/untold';
import { Run } from '../support/run';

const SLICE = [marks, volumes, positions, pnl];
const SECOND = 1_000_000;
const START = 1_700_000_000 * SECOND;
const MONEY = 10n ** 18n;
const EQ = {
  instrument: 1,
  name: 'EQ',
  currency: 'USD',
  multiplier: 10n ** 9n,
  inverse: false,
  kind: 0,
  ...instrumentUntold,
};
const quoted = (bid: number, ask: number, time = START) => ({
  instrument: 1,
  venue: 1,
  bid,
  bidSize: 100,
  ask,
  askSize: 100,
  condition: 0,
  time,
});
const bought = (executionId: string, units: number, price: number, account = 7) => ({
  executionId,
  kind: 0,
  refersTo: undefined,
  account,
  instrument: 1,
  quantity: BigInt(units) * 10n ** 9n,
  price: BigInt(price) * 10n ** 9n,
  fee: 0n,
  feeCurrency: 'USD',
  ...fillUntold,
  venue: 1,
  time: START,
});

describe('the slice, fused', () => {
  test('a fill and a quote of one step make one P&L by position and one by account', () => {
    const written = new Run(SLICE).bring({
      now: START,
      data: {
        'reference.instruments': [EQ],
        'market.quotes': [quoted(99, 101)],
        'ledger.fills': [bought('a', 10, 90)],
      },
    });

    expect(written['risk.pnl']).toEqual([
      expect.objectContaining({
        account: 7,
        instrument: 1,
        price: 100,
        unrealisedPnl: 100,
        status: 'Priced',
      }),
    ]);
    expect(written['risk.account_pnl']).toEqual([
      expect.objectContaining({ account: 7, currency: 'USD', unrealisedPnl: 100, positions: 1, unpriced: 0 }),
    ]);
  });

  test('11 missing: without a mark a position is unpriced, not worth zero; it goes stale when its quotes stop', () => {
    const run = new Run(SLICE);
    run.bring({ now: START, data: { 'reference.instruments': [EQ], 'ledger.fills': [bought('a', 10, 90)] } });
    const unpriced = run.bring({ now: START + 1, data: { 'ledger.fills': [bought('b', 10, 90)] } });
    run.bring({ now: START + 2, data: { 'market.quotes': [quoted(99, 101)] } });
    const drained = run.drain(START + 60 * SECOND);

    expect(unpriced['risk.pnl']).toEqual([
      expect.objectContaining({ status: 'Unpriced', marketValue: Number.NaN, unrealisedPnl: Number.NaN }),
    ]);
    expect(unpriced['risk.account_pnl']).toEqual([
      expect.objectContaining({ realisedPnl: 0n, unrealisedPnl: Number.NaN, positions: 1, unpriced: 1 }),
    ]);
    expect(drained.flatMap((written) => written['risk.pnl']!).map(({ status }) => status)).toEqual([
      'Priced',
      'Stale',
    ]);
    expect(drained.flatMap((written) => written['risk.account_pnl']!).at(-1)).toMatchObject({
      unpriced: 0,
      stale: 1,
    });
  });

  test('P&L is worked out at most ten times a second, however often the market ticks', () => {
    const run = new Run(SLICE);
    run.bring({ now: START, data: { 'reference.instruments': [EQ], 'ledger.fills': [bought('a', 10, 90)] } });
    const ticks = Array.from({ length: 1000 }, (_, index) => START + 1 + index * 1000);
    const said = ticks.map((now) =>
      run.bring({ now, data: { 'market.quotes': [quoted(99, 101 + (now % 7), now)] } }),
    );

    expect(said.filter((written) => written['market.marks']!.length > 0).length).toBeGreaterThan(800);
    expect(said.filter((written) => written['risk.pnl']!.length > 0).length).toBe(9);
  });

  test('a position, restated by a bust, is valued anew in the same step', () => {
    const run = new Run(SLICE);
    run.bring({
      now: START,
      data: {
        'reference.instruments': [EQ],
        'market.quotes': [quoted(99, 101)],
        'ledger.fills': [bought('a', 10, 90), bought('b', 5, 80)],
      },
    });
    const bust = { ...bought('c', 5, 80), kind: 1, refersTo: 'b' };
    const written = run.bring({ now: START + 1, data: { 'ledger.fills': [bust] } });

    expect(written['ledger.positions']).toEqual([expect.objectContaining({ cost: 900n * MONEY, fills: 1 })]);
    expect(written['risk.pnl']).toEqual([expect.objectContaining({ quantity: 10, unrealisedPnl: 100 })]);
  });

  test('restored from what it saved it says the same as if nothing had happened', () => {
    const first = {
      now: START,
      data: {
        'reference.instruments': [EQ],
        'market.quotes': [quoted(99, 101)],
        'ledger.fills': [bought('a', 10, 90, 8), bought('a', 3, 91, 7), bought('b', -4, 95, 8)],
      },
    };
    const next = {
      now: START + SECOND,
      data: {
        'market.quotes': [quoted(100, 101)],
        'ledger.fills': [bought('c', -10, 95, 8), bought('d', 1, 1, 9)],
      },
    };
    const undisturbed = new Run(SLICE);
    undisturbed.bring(first);
    undisturbed.save();
    const restored = new Run(SLICE, undisturbed.saved, 1);

    expect(restored.bring(next)).toEqual(undisturbed.bring(next));
  });

  test('declares its lineage', () => {
    const lineage = SLICE.map((pipeline: AnyPipeline) => ({
      [pipeline.name]: [
        Object.values(pipeline.reads as Record<string, Input>).map(
          ({ topic, distribution }) => `${topic.name} ${distribution}`,
        ),
        Object.values(pipeline.writes as Record<string, Topic>).map(({ name }) => name),
        pipeline.sinks.map(({ name }) => name),
      ],
    }));

    expect(Object.assign({}, ...lineage)).toEqual({
      marks: [
        ['reference.instruments broadcast', 'market.venue_states broadcast', 'market.quotes partitioned'],
        ['market.marks'],
        ['clickhouse.marks'],
      ],
      volumes: [['market.trades partitioned'], ['market.volumes'], ['clickhouse.volumes']],
      positions: [
        [
          'reference.instruments broadcast',
          'ledger.fills partitioned',
          'ledger.late_resolutions partitioned',
        ],
        [
          'ledger.positions',
          'ledger.foreign_fees',
          'ledger.refused_fills',
          'ledger.late_fills',
          'ledger.horizons',
        ],
        [
          'clickhouse.positions',
          'clickhouse.foreign_fees',
          'clickhouse.refused_fills',
          'clickhouse.late_fills',
          'clickhouse.horizons',
        ],
      ],
      pnl: [
        [
          'reference.instruments broadcast',
          'reference.accounts broadcast',
          'reference.scopes broadcast',
          'reference.trading_days broadcast',
          'market.marks broadcast',
          'ledger.positions partitioned',
          'ledger.foreign_fees partitioned',
        ],
        ['risk.pnl', 'risk.account_pnl', 'risk.account_totals'],
        ['clickhouse.pnl', 'clickhouse.account_pnl', 'clickhouse.account_totals'],
      ],
    });
    expect(
      fuse({ name: 'one', pipelines: SLICE })
        .inputs.map(({ topic }) => topic.name)
        .sort(),
    ).toEqual([
      'ledger.fills',
      'ledger.late_resolutions',
      'market.quotes',
      'market.trades',
      'market.venue_states',
      'reference.accounts',
      'reference.instruments',
      'reference.scopes',
      'reference.trading_days',
    ]);
  });
});
