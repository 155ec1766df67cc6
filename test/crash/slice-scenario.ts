/** The slice as it ships: quotes, trades and fills to marks, volumes, positions and P&L, with all that goes wrong in a day. */
import { marks } from '../../pipelines/marks';
import { pnl } from '../../pipelines/pnl';
import { positions } from '../../pipelines/positions';
import { volumes } from '../../pipelines/volumes';
import { fuse } from '../../runtime/graph/job';
import type { Topic } from '../../runtime/stream/topic';
import type { ByteWriter } from '../../runtime/wire/bytes';
import { type Chunk, MessageWriter } from '../../runtime/wire/messages';
import {
  type Fill,
  FillKind,
  fillCodec,
  fills,
  positions as positionsTopic,
  refusedFills,
} from '../../schemas/ledger';
import {
  marks as marksTopic,
  quoteCodec,
  quotes,
  tradeCodec,
  trades,
  volumes as volumesTopic,
} from '../../schemas/market';
import { deadLetters } from '../../schemas/ops';
import { InstrumentKind, instrumentCodec, instruments } from '../../schemas/reference';
import { accountPnl, positionPnl } from '../../schemas/risk';
import { fillUntold, instrumentUntold } from '../../schemas/untold';
import { type Scenario, timeOf } from './scenario';

const INSTRUMENTS = 12;
const ACCOUNTS = 5;
const VENUES = 3;
const ONE = 1_000_000_000n;

const job = fuse({ name: 'slice', pipelines: [marks, volumes, positions, pnl] });

/** A number below `bound` that looks like chance and depends on nothing but its place. */
const draw = (sequence: number, index: number, bound: number): number =>
  (Math.imul(Math.imul(sequence + 1, 0x9e3779b1) ^ (index + 1), 0x85ebca6b) >>> 8) % bound;

function frame(schemaId: number, write: (to: ByteWriter) => void): Chunk {
  const writer = new MessageWriter();
  writer.begin(undefined, [], schemaId);
  write(writer.to);
  writer.end();
  return writer.take();
}

function referenceData(schemaId: number): Chunk {
  const writer = new MessageWriter();
  for (let instrument = 0; instrument < INSTRUMENTS; instrument += 1) {
    writer.begin(`${instrument}/0`, [], schemaId);
    const multiplier = BigInt(1 + (instrument % 3) * 49) * ONE;
    const currency = instrument % 4 === 3 ? 'EUR' : 'USD';
    instrumentCodec.encode(
      {
        instrument,
        name: `I${instrument}`,
        currency,
        multiplier,
        inverse: false,
        kind: InstrumentKind.Equity,
        ...instrumentUntold,
      },
      writer.to,
    );
    writer.end();
  }
  return writer.take();
}

function quotesOf(sequence: number, schemaId: number): Chunk {
  const columns = quoteCodec.allocate(16);
  for (let index = 0; index < 16; index += 1) {
    const price = 100 + draw(sequence, index, 400) / 100;
    const side = draw(sequence, index + 100, 3);
    columns.instrument[index] = draw(sequence, index + 200, INSTRUMENTS);
    columns.venue[index] = draw(sequence, index + 300, VENUES);
    columns.bid[index] = side === 1 ? Number.NaN : price;
    columns.ask[index] = side === 2 ? Number.NaN : price + 0.02;
    columns.bidSize[index] = 100;
    columns.askSize[index] = 100;
    columns.condition[index] = draw(sequence, index + 400, 20) === 0 ? 1 : 0;
    columns.time[index] = timeOf(sequence) + index;
  }
  (columns as { length: number }).length = 16;
  return frame(schemaId, (to) => quoteCodec.encode(columns, 0, 16, to));
}

function tradesOf(sequence: number, schemaId: number): Chunk {
  const columns = tradeCodec.allocate(4);
  for (let index = 0; index < 4; index += 1) {
    columns.instrument[index] = draw(sequence, index, INSTRUMENTS);
    columns.venue[index] = draw(sequence, index + 10, VENUES);
    columns.price[index] = 100 + draw(sequence, index + 20, 400) / 100;
    columns.size[index] = draw(sequence, index + 30, 1_000) / 10;
    columns.condition[index] = 0;
    columns.time[index] = timeOf(sequence) + index;
  }
  (columns as { length: number }).length = 4;
  return frame(schemaId, (to) => tradeCodec.encode(columns, 0, 4, to));
}

/** Two executions a batch; now and then a bust, a correction or a repetition of an earlier one. */
function fillsOf(sequence: number, schemaId: number): Chunk {
  const all = [execution(sequence, 0), execution(sequence, 1)];
  const earlier = sequence > 8 ? execution(sequence - 1 - draw(sequence, 50, 6), 1) : undefined;
  const event = draw(sequence, 51, 10);
  if (earlier && event === 0)
    all.push({ ...earlier, executionId: `B${sequence}`, kind: FillKind.Bust, refersTo: earlier.executionId });
  if (earlier && event === 1) {
    all.push({
      ...earlier,
      executionId: `C${sequence}`,
      kind: FillKind.Correct,
      refersTo: earlier.executionId,
      price: earlier.price + ONE,
    });
  }
  if (earlier && event === 2) all.push(earlier);
  const writer = new MessageWriter();
  for (const fill of all) {
    writer.begin(`${fill.account}/${fill.instrument}`, [], schemaId);
    fillCodec.encode(fill, writer.to);
    writer.end();
  }
  return writer.take();
}

function execution(sequence: number, index: number): Fill {
  const quantity =
    BigInt(1 + draw(sequence, index + 60, 90)) * (draw(sequence, index + 61, 2) === 0 ? ONE : -ONE);
  return {
    executionId: `E${sequence}.${index}`,
    kind: FillKind.New,
    refersTo: undefined,
    account: draw(sequence, index + 62, ACCOUNTS),
    instrument: draw(sequence, index + 63, INSTRUMENTS),
    quantity,
    price: BigInt(10_000 + draw(sequence, index + 64, 400)) * 10_000_000n,
    fee: 10n ** 16n,
    feeCurrency: 'USD',
    venue: 0,
    ...fillUntold,
    // Some are told late, so that positions are restated.
    time: timeOf(sequence) - (draw(sequence, index + 65, 5) === 0 ? 30_000 : 0) + index,
  };
}

const compared = [
  quotes,
  trades,
  fills,
  marksTopic,
  volumesTopic,
  positionsTopic,
  refusedFills,
  positionPnl,
  accountPnl,
];

export const sliceScenario: Scenario = {
  job,
  deadLetters,
  names: {
    instrument: Array.from({ length: INSTRUMENTS }, (_, number) => `I${number}`),
    account: Array.from({ length: ACCOUNTS }, (_, number) => `A${number}`),
    venue: Array.from({ length: VENUES }, (_, number) => `V${number}`),
  },
  batch(sequence, schemaIds) {
    const output = (topic: { readonly name: string }, write: (schemaId: number) => Chunk) => ({
      topic: topic.name,
      partition: 0,
      messages: write(schemaIds.get(topic.name)!),
    });
    return [
      ...(sequence === 1 ? [output(instruments, referenceData)] : []),
      output(quotes, (id) => quotesOf(sequence, id)),
      output(trades, (id) => tradesOf(sequence, id)),
      output(fills, (id) => fillsOf(sequence, id)),
    ];
  },
  compared: {
    topics: compared as readonly Topic[],
    // When a timer was set depends on when a step was; whatever it did is in the other tables.
    tables: job.tables.filter(({ name }) => !name.endsWith('_timers')),
    // Groups are places in the table of totals, and those go by the step in which an account came.
    stamps: {
      executions: ['arrived'],
      quoted_instruments: ['looked', 'due'],
      account_parts: ['group'],
      account_periods: ['seen'],
    },
  },
};
