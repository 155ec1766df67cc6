/** `node dist/bench/kernels/pnl.js`: marks → P&L of ten holders each, at every mark and conflated to 100 ms. */
import { pnlWith } from '../../pipelines/pnl';
import { changesOf } from '../../runtime/stream/changes';
import type { Position } from '../../schemas/ledger';
import { type MarkColumns, MarkState, markCodec } from '../../schemas/market';
import { positionUntold } from '../../schemas/untold';
import { runKernel } from './kernel';

const ONE = 10n ** 9n;
const OPEN = 1_700_000_000_000_000;
const INSTRUMENTS = 1_000;
const STEPS = 200;

const positions: readonly Position[] = Array.from({ length: 10 * INSTRUMENTS }, (_, index) => ({
  account: index % 10,
  instrument: Math.floor(index / 10),
  ...positionUntold,
  currency: 'USD',
  multiplier: ONE,
  inverse: false,
  quantity: BigInt(index - 4_999) * ONE,
  cost: BigInt(index) * ONE * ONE,
  realisedPnl: BigInt(index),
  fees: 0n,
  bought: 0n,
  sold: 0n,
  fills: 1,
  time: OPEN,
}));

function marksOf(step: number): MarkColumns {
  const columns = markCodec.allocate(INSTRUMENTS);
  for (let instrument = 0; instrument < INSTRUMENTS; instrument += 1) {
    const price = 100 + ((step + instrument) % 100) / 100;
    columns.instrument[instrument] = instrument;
    columns.bid[instrument] = price - 0.01;
    columns.ask[instrument] = price + 0.01;
    columns.price[instrument] = price;
    columns.state[instrument] = MarkState.Priced;
    columns.time[instrument] = OPEN + step;
  }
  (columns as { length: number }).length = INSTRUMENTS;
  return columns;
}

function main(): void {
  for (const everyMicros of [0, 100_000]) {
    runKernel({
      name: everyMicros === 0 ? 'P&L of every mark' : 'P&L conflated to 100 ms, a step a millisecond',
      unit: 'marks',
      pipelines: [pnlWith({ everyMicros, convention: 'mid', baseCurrency: 'USD' })],
      first: { 'ledger.positions': changesOf(positions) },
      records: STEPS * INSTRUMENTS,
      steps: STEPS,
      bring: (step, round) => ({ 'market.marks': marksOf(step + round) }),
      now: (step) => OPEN + step * 1_000,
    });
  }
}

main();
