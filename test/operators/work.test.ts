import { exposuresWith } from '../../pipelines/exposures';
import { greeksWith } from '../../pipelines/greeks';
import { limitsWith } from '../../pipelines/limits';
import { marks } from '../../pipelines/marks';
import { pnlWith } from '../../pipelines/pnl';
import { positions } from '../../pipelines/positions';
import { scopeGreeksWith } from '../../pipelines/scope-greeks';
import type { AnyPipeline } from '../../runtime/graph/pipeline';
import type { Table, TableDefinition } from '../../runtime/tables/table';
import { type Row, Run } from '../support/run';

const START = 1_700_000_000_000_000;
const ONE = 10n ** 9n;
const listed = (instrument: number): Row => ({
  instrument,
  name: `I${instrument}`,
  currency: 'USD',
  multiplier: ONE,
  inverse: false,
  kind: 0,
});
const bought = (account: number, instrument: number, executionId: string): Row => ({
  executionId,
  kind: 0,
  refersTo: undefined,
  account,
  instrument,
  quantity: ONE,
  price: 100n * ONE,
  fee: 0n,
  feeCurrency: 'USD',
  venue: 1,
  time: START,
});
const quoted = (instrument: number, bid: number): Row => ({
  instrument,
  venue: 1,
  bid,
  bidSize: 1,
  ask: bid + 1,
  askSize: 1,
  condition: 0,
  time: START,
});

/** Tables as opened by a run, so that the runtime's counts of reads and writes can be seen. */
function watched(pipeline: AnyPipeline, tables: Table[]): AnyPipeline {
  const state = Object.entries(pipeline.state as Record<string, TableDefinition>).map(
    ([name, definition]) => {
      const open: TableDefinition['open'] = (saved) => {
        const table = definition.open(saved);
        tables.push(table);
        return table;
      };
      return [name, { ...definition, open }] as const;
    },
  );
  return { ...pipeline, state: Object.fromEntries(state) };
}

/** Work of one step of a task that holds instrument 1 in ten accounts, and `elsewhere` positions in others. */
function workOf(elsewhere: number, data: Readonly<Record<string, readonly Row[]>>) {
  const tables: Table[] = [];
  const atOnce = { everyMicros: 0, convention: 'mid', baseCurrency: 'USD' } as const;
  const slice = [
    marks,
    positions,
    pnlWith(atOnce),
    exposuresWith(atOnce),
    limitsWith(atOnce),
    greeksWith(atOnce),
    scopeGreeksWith(atOnce),
  ];
  const run = new Run(slice.map((pipeline) => watched(pipeline as AnyPipeline, tables)));
  const others = Array.from({ length: elsewhere / 10 }, (_, index) => index + 2);
  run.bring({
    now: START,
    data: {
      'reference.instruments': [1, ...others].map(listed),
      'market.quotes': [1, ...others].map((instrument) => quoted(instrument, 99)),
      'ledger.fills': [1, ...others].flatMap((instrument) =>
        Array.from({ length: 10 }, (_, account) => bought(account, instrument, `${account}-${instrument}`)),
      ),
    },
  });
  const count = () => ({
    tableReads: tables.reduce((sum, { work }) => sum + work.reads, 0),
    tableWrites: tables.reduce((sum, { work }) => sum + work.writes, 0),
    marked: run.task.work().reduce((sum, work) => sum + work.marked(), 0),
    written: run.task.work().reduce((sum, work) => sum + work.recordsOut, 0),
  });
  const before = count();
  run.bring({ now: START + 1, data });
  const after = count();
  return Object.fromEntries(
    Object.entries(after).map(([name, value]) => [name, value - before[name as keyof typeof before]]),
  );
}

describe('12 work', () => {
  test.each([
    ['a quote that moves the mark', { 'market.quotes': [quoted(1, 98)] }],
    ['a quote that says the same', { 'market.quotes': [quoted(1, 99)] }],
    ['a fill', { 'ledger.fills': [bought(3, 1, 'new')] }],
    ['a bust', { 'ledger.fills': [{ ...bought(3, 1, 'bust'), kind: 1, refersTo: '3-1' }] }],
  ])('%s costs the same while positions elsewhere grow a hundredfold', (_, data) => {
    expect(workOf(5_000, data)).toEqual(workOf(50, data));
  });

  test('a quote that moves the mark concerns the holders of its instrument, their accounts and the firm', () => {
    const { written } = workOf(50, { 'market.quotes': [quoted(1, 98)] });

    // One mark, the P&L of ten holders, of their ten accounts by currency, and in all.
    const pnl = 1 + 10 + 10 + 10;
    // What ten positions expose to, what ten accounts add, and the exposures of those and the firm.
    const exposures = 10 + 10 + 11;
    // The same of Greeks, and of each account and the firm what they have in dollars.
    const greeks = 10 + 20 + 22;
    expect(written).toBe(pnl + exposures + greeks);
  });

  test('a quote that says the same concerns nobody', () => {
    expect(workOf(50, { 'market.quotes': [quoted(1, 99)] })).toMatchObject({ written: 0 });
  });
});
