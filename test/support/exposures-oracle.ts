/** Exposures from scratch: every position at the last mark and the last rates there are, whatever came when. */
import type { History, Row } from './run';
import { latestBy } from './run';

const ONE = 10n ** 9n;

export interface ScratchExposure {
  readonly account: number;
  readonly instrument: number;
  readonly quantity: number;
  /** NaN: unknown. */
  readonly value: number;
  readonly rate: number;
  readonly isStale: boolean;
  readonly time: number;
}

const all = (history: History, topic: string): readonly Row[] =>
  history.flatMap(({ data }) => data[topic] ?? []);

/** Rates of pairs quoted directly or the other way round; there are no crosses among the test's pairs. */
function rateOf(currency: string, pairs: readonly Row[], marks: ReadonlyMap<string, Row>) {
  if (currency === 'USD') return { value: 1, isStale: false };
  for (const pair of pairs) {
    const [base, quote] = String(pair['name']).split('/');
    const mark = marks.get(String(pair['instrument']));
    const price = mark && mark['state'] !== 0 ? (mark['price'] as number) : Number.NaN;
    if (!(price > 0)) continue;
    const isStale = mark!['state'] === 2;
    if (base === currency && quote === 'USD') return { value: price, isStale };
    if (base === 'USD' && quote === currency) return { value: 1 / price, isStale };
  }
  return { value: Number.NaN, isStale: false };
}

export function exposuresFromScratch(history: History): readonly ScratchExposure[] {
  const marks = latestBy(all(history, 'market.marks'), ['instrument']);
  const pairs = [...latestBy(all(history, 'reference.instruments'), ['instrument']).values()]
    .filter(({ kind }) => kind === 3)
    .sort((a, b) => (a['instrument'] as number) - (b['instrument'] as number));
  const positions = latestBy(all(history, 'ledger.positions'), ['account', 'instrument', 'contract']);
  return [...positions.values()].map((row) => {
    const quantity = Number(row['quantity'] as bigint) / Number(ONE);
    const multiplier = Number(row['multiplier'] as bigint) / Number(ONE);
    const mark = marks.get(String(row['instrument']));
    const price = mark && mark['state'] !== 0 ? (mark['price'] as number) : Number.NaN;
    const rate = rateOf(String(row['currency']), pairs, marks);
    const unit = row['inverse'] ? (price === 0 ? Number.NaN : multiplier / price) : multiplier * price;
    return {
      account: row['account'] as number,
      instrument: row['instrument'] as number,
      quantity,
      rate: rate.value,
      value: quantity === 0 ? 0 : quantity * unit * rate.value,
      isStale: quantity !== 0 && (mark?.['state'] === 2 || rate.isStale),
      time: Math.max(row['time'] as number, quantity === 0 ? 0 : ((mark?.['time'] as number) ?? 0)),
    };
  });
}

/** Long, short and what is beside them, of any positions. */
export function summed(positions: readonly ScratchExposure[]) {
  const open = positions.filter(({ quantity }) => quantity !== 0);
  const known = open.filter(({ value }) => !Number.isNaN(value));
  const sum = (values: readonly number[]): number =>
    open.length > 0 && known.length === 0 ? Number.NaN : values.reduce((total, value) => total + value, 0);
  return {
    currency: 'USD',
    long: sum(known.map(({ value }) => Math.max(value, 0))),
    short: sum(known.map(({ value }) => Math.min(value, 0))),
    positions: open.length,
    unpriced: open.length - known.length,
    stale: known.filter(({ isStale }) => isStale).length,
  };
}
