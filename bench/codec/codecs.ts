/**
 * Generated codecs and `avsc` on the same bytes in the same run, one thread, nothing else: kernels, not the pipeline.
 * By itself: `node dist/bench/codec/codecs.js`.
 */
import { type Schema, Type } from 'avsc';
import type { RowsCodec } from '../../runtime/stream/codec';
import { ByteReader, ByteWriter } from '../../runtime/wire/bytes';
import { type Fill, FillKind, fillCodec, type Position, positionCodec } from '../../schemas/ledger';
import { type QuoteColumns, quoteCodec } from '../../schemas/market';
import { fillUntold, positionUntold } from '../../schemas/untold';
import type { Bench, Figure } from '../bench';

const ROUNDS = 30;
const MICROS = 1_742_567_400_000_000;
const UNIT = 10n ** 9n;

/** Nanoseconds an item, the best of many short rounds: what the code takes when the machine lets it. */
function fastest(items: number, scale: number, work: () => void): number {
  const calls = Math.max(1, Math.ceil((20_000 * scale) / items));
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = process.hrtime.bigint();
    for (let call = 0; call < calls; call += 1) work();
    best = Math.min(best, Number(process.hrtime.bigint() - start) / calls / items);
  }
  return best;
}

function quotesOf(count: number): QuoteColumns {
  const columns = quoteCodec.allocate(count);
  for (let index = 0; index < count; index += 1) {
    columns.instrument[index] = (index * 7919) % 5000;
    columns.venue[index] = index % 12;
    columns.bid[index] = index % 50 === 0 ? Number.NaN : 100 + (index % 97) / 100;
    columns.bidSize[index] = index % 900;
    columns.ask[index] = 100.01 + (index % 97) / 100;
    columns.askSize[index] = index % 800;
    columns.condition[index] = index % 100 === 0 ? 1 : 0;
    columns.time[index] = MICROS + index * 113;
  }
  (columns as { length: number }).length = count;
  return columns;
}

function frameFigures(count: number, scale: number): readonly Figure[] {
  const columns = quotesOf(count);
  const to = new ByteWriter(1 << 20);
  quoteCodec.encode(columns, 0, count, to);
  const bytes = to.take();
  const into = quoteCodec.allocate(count);
  const from = new ByteReader();
  const avro = Type.forSchema(JSON.parse(quoteCodec.schema) as Schema);
  const frame = avro.fromBuffer(bytes);
  const measure = (work: () => void): number => fastest(count, scale, work);
  const read = measure(() => {
    quoteCodec.clear(into);
    quoteCodec.append(into, from.over(bytes));
  });
  const write = measure(() => {
    to.at = 0;
    quoteCodec.encode(columns, 0, count, to);
  });
  return pairs(`quote, frame of ${count}`, {
    read,
    write,
    avscRead: measure(() => avro.fromBuffer(bytes)),
    avscWrite: measure(() => avro.toBuffer(frame)),
    ...(count === 1024 && { readTarget: '≤ 12' }),
  });
}

const FILL: Fill = {
  executionId: 'XNAS-0001234567',
  kind: FillKind.New,
  refersTo: undefined,
  account: 17,
  instrument: 4711,
  quantity: 300n * UNIT,
  price: 101_250_000_000n,
  fee: 1_250_000_000_000_000_000n,
  feeCurrency: 'USD',
  venue: 3,
  ...fillUntold,
  time: MICROS,
};
const MONEY = 30_375n * UNIT * UNIT;
const POSITION: Position = {
  account: 17,
  instrument: 4711,
  ...positionUntold,
  currency: 'USD',
  multiplier: UNIT,
  inverse: false,
  quantity: 300n * UNIT,
  cost: MONEY,
  realisedPnl: -MONEY / 7n,
  fees: 12_500_000_000_000_000_000n,
  bought: MONEY,
  sold: MONEY / 3n,
  fills: 42,
  time: MICROS,
};

function rowFigures<Row>(name: string, codec: RowsCodec<Row>, row: Row, scale: number): readonly Figure[] {
  const to = new ByteWriter();
  codec.encode(row, to);
  const bytes = to.take();
  const from = new ByteReader();
  const avro = Type.forSchema(JSON.parse(codec.schema) as Schema);
  const record = avro.fromBuffer(bytes);
  let kept: unknown;
  const write = (): void => {
    to.at = 0;
    codec.encode(row, to);
  };
  const read = (): void => {
    kept = codec.decode(from.over(bytes));
  };
  const figures = pairs(name, {
    read: fastest(1, scale, read),
    write: fastest(1, scale, write),
    avscRead: fastest(1, scale, () => {
      kept = avro.fromBuffer(bytes);
    }),
    avscWrite: fastest(1, scale, () => {
      kept = avro.toBuffer(record);
    }),
    readTarget: name === 'fill' ? '< 1000' : '< 1500',
  });
  if (kept === undefined) throw new Error('nothing was measured');
  return figures;
}

function pairs(
  name: string,
  ns: {
    readonly read: number;
    readonly write: number;
    readonly avscRead: number;
    readonly avscWrite: number;
    readonly readTarget?: string;
  },
): readonly Figure[] {
  return [
    { name: `${name}: read`, value: ns.read, unit: 'ns', ...(ns.readTarget && { target: ns.readTarget }) },
    { name: `${name}: read by avsc`, value: ns.avscRead, unit: 'ns' },
    { name: `${name}: write`, value: ns.write, unit: 'ns' },
    { name: `${name}: write by avsc`, value: ns.avscWrite, unit: 'ns' },
  ];
}

export const codecs: Bench = {
  name: 'codecs',
  what: 'generated codecs against avsc on the same bytes, nanoseconds a record',
  run: async (scale) => ({
    setting: `best of ${ROUNDS} rounds; avsc reads longs as numbers and leaves decimals as bytes, the codecs make bigints of both`,
    figures: [
      ...[64, 1024, 16_384].flatMap((count) => frameFigures(count, scale)),
      ...rowFigures('fill', fillCodec, FILL, scale),
      ...rowFigures('position', positionCodec, POSITION, scale),
    ],
  }),
};

if (require.main === module) {
  codecs.run(1).then(({ setting, figures }) => {
    console.log(setting);
    for (const { name, value, unit, target } of figures)
      console.log(`${name.padEnd(40)} ${value.toFixed(1).padStart(8)} ${unit} ${target ?? ''}`);
  });
}
