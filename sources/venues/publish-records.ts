/**
 * A venue's records into topics, columns all the way: quotes and trades are copied column by column into frames of
 * `market.quotes` and `market.trades`, and appended at once, with the venue's state where it is told.
 *
 * Symbols become instruments by a map that whoever starts the feed gives: an instrument is a venue's symbol and the time
 * in which it is valid, never a name that looks alike. What has no instrument is counted by symbol, and not published.
 *
 * State: the number of each symbol's instrument, once it is known.
 */
import { type Backend, type ProducerAppend, QuotaError } from '../../runtime/ports/backend';
import type { Output } from '../../runtime/ports/epoch';
import { changesOf } from '../../runtime/stream/changes';
import type { Columns } from '../../runtime/stream/step';
import type { Topic } from '../../runtime/stream/topic';
import { Outlet } from '../../runtime/task/outlet';
import {
  type QuoteColumns,
  QuoteCondition,
  quoteCodec,
  quotes,
  type TradeColumns,
  tradeCodec,
  trades,
  type VenueState,
  venueStates,
} from '../../schemas/market';
import type { MarketRecords } from './market-records';

export interface RecordsPublisherOptions {
  readonly backend: Pick<Backend, 'log' | 'registry' | 'names'>;
  /** Name of the venue among reference data's. */
  readonly venue: string;
  /** The instrument's name that a symbol stands for, undefined where reference data know none. */
  readonly instrumentOf: (symbol: string) => string | undefined;
  /** Its batches are counted under this name: see `ProducerAppend`. */
  readonly producer: string;
  /** Waits before what the log was too full for is offered again; false gives up, and the QuotaError is thrown. */
  readonly again?: () => Promise<boolean>;
}

type Writable<C> = { -readonly [N in keyof C]: C[N] };

const UNKNOWN = -1;
/** Numbers of records in columns are whole below this. */
const ID_LIMIT = 2 ** 52;

/** All that is set below: a field that a schema gains is missed here by the compiler, not by a reader of zeros. */
type Told<C> = Readonly<Record<Exclude<keyof C, 'length'>, true>>;
const quotesTold: Told<QuoteColumns> = {
  instrument: true,
  venue: true,
  bid: true,
  bidSize: true,
  ask: true,
  askSize: true,
  condition: true,
  time: true,
  sequence: true,
};
const tradesTold: Told<TradeColumns> = {
  instrument: true,
  venue: true,
  price: true,
  size: true,
  condition: true,
  time: true,
  tradeId: true,
};
void [quotesTold, tradesTold];

export class RecordsPublisher {
  private readonly instruments: number[] = [];
  /** Records that were not published, by the symbol that no instrument is known for. */
  readonly unknown = new Map<string, number>();

  private constructor(
    private readonly options: RecordsPublisherOptions,
    private readonly venue: number,
    private readonly outlets: Readonly<Record<'quotes' | 'trades' | 'states', Outlet>>,
    private sequence: number,
  ) {}

  static async open(options: RecordsPublisherOptions): Promise<RecordsPublisher> {
    const { log, registry, names } = options.backend;
    const outlet = async (topic: Topic): Promise<Outlet> => {
      const partitions = log.topics().find(({ name }) => name === topic.name)?.partitions ?? 1;
      const schemaId = await registry.register(`${topic.name}-value`, topic.codec.schema);
      return new Outlet({ topic, partitions, schemaId, envelope: undefined });
    };
    const outlets = {
      quotes: await outlet(quotes as Topic),
      trades: await outlet(trades as Topic),
      states: await outlet(venueStates as Topic),
    };
    const [venue] = await names.numbersOf('venue', [options.venue]);
    const producer = await log.producer(options.producer);
    return new RecordsPublisher(options, venue!, outlets, producer?.sequence ?? 0);
  }

  /** Durable on return. Records may be cleared as soon as this has been called. */
  async publish(records: MarketRecords, now: number, state?: Omit<VenueState, 'venue'>): Promise<void> {
    this.learn(records);
    const outputs = [
      ...this.quotesOf(records, now),
      ...this.tradesOf(records, now),
      ...(state ? this.stateOf(state, now) : []),
    ];
    if (outputs.length === 0) return;
    const previous = this.sequence;
    this.sequence += 1;
    const { producer } = this.options;
    await this.append({ producer, sequence: this.sequence, previous, outputs });
  }

  /** What the log cannot take now is offered again, the same bytes: nothing encoded is dropped. */
  private async append(batch: ProducerAppend): Promise<void> {
    const { backend, again } = this.options;
    for (;;) {
      try {
        await backend.log.append(batch);
        return;
      } catch (error) {
        if (!(error instanceof QuotaError) || !again || !(await again())) throw error;
      }
    }
  }

  private stateOf(state: Omit<VenueState, 'venue'>, now: number): readonly Output[] {
    const { states } = this.outlets;
    states.write(changesOf([{ ...state, venue: this.venue }]), { number: 0, now }, '');
    return states.take();
  }

  /** Symbols that were met for the first time. */
  private learn({ symbols }: MarketRecords): void {
    const { instrumentOf, backend } = this.options;
    for (let symbol = 0; symbol < symbols.length; symbol += 1) {
      if (this.instruments[symbol] !== undefined && this.instruments[symbol] !== UNKNOWN) continue;
      const name = instrumentOf(symbols[symbol]!);
      const number = name === undefined ? undefined : backend.names.numberOf('instrument', name);
      this.instruments[symbol] = number ?? UNKNOWN;
    }
  }

  private quotesOf({ quotes: said, symbols }: MarketRecords, now: number): readonly Output[] {
    if (said.length === 0) return [];
    const to = quoteCodec.allocate(said.length) as Writable<QuoteColumns>;
    let at = 0;
    for (let from = 0; from < said.length; from += 1) {
      const instrument = this.instrumentAt(said.symbol[from]!, symbols);
      if (instrument === UNKNOWN) continue;
      to.instrument[at] = instrument;
      to.venue[at] = this.venue;
      to.bid[at] = said.bid[from]!;
      to.ask[at] = said.ask[from]!;
      // A side that is empty is withdrawn; a price without a size keeps its unknown size.
      to.bidSize[at] = Number.isNaN(said.bid[from]!) ? 0 : said.bidSize[from]!;
      to.askSize[at] = Number.isNaN(said.ask[from]!) ? 0 : said.askSize[from]!;
      to.condition[at] = said.isGap[from] === 1 ? QuoteCondition.Gap : QuoteCondition.Regular;
      to.time[at] = timeOr(said.time[from]!, now);
      to.sequence[at] = numberOr0(said.sequence[from]!);
      at += 1;
    }
    return taken(this.outlets.quotes, to, at, now);
  }

  private tradesOf({ trades: said, symbols }: MarketRecords, now: number): readonly Output[] {
    if (said.length === 0) return [];
    const to = tradeCodec.allocate(said.length) as Writable<TradeColumns>;
    let at = 0;
    for (let from = 0; from < said.length; from += 1) {
      const instrument = this.instrumentAt(said.symbol[from]!, symbols);
      if (instrument === UNKNOWN) continue;
      to.instrument[at] = instrument;
      to.venue[at] = this.venue;
      to.price[at] = said.price[from]!;
      to.size[at] = said.size[from]!;
      to.condition[at] = 0;
      to.time[at] = timeOr(said.time[from]!, now);
      to.tradeId[at] = idOf(said.id[from]!);
      at += 1;
    }
    return taken(this.outlets.trades, to, at, now);
  }

  private instrumentAt(symbol: number, symbols: readonly string[]): number {
    const instrument = this.instruments[symbol]!;
    if (instrument === UNKNOWN) {
      const name = symbols[symbol]!;
      this.unknown.set(name, (this.unknown.get(name) ?? 0) + 1);
    }
    return instrument;
  }
}

/** A venue that tells no time is taken at the time at which its message came. */
const timeOr = (time: number, now: number): number => (Number.isNaN(time) ? now : time);

const numberOr0 = (value: number): number => (Number.isNaN(value) ? 0 : value);

/** Ids that are whole numbers are exact; of texts there is no number that could not be another's, and they are left out. */
function idOf(text: string): number {
  const id = /^[1-9]\d{0,15}$/.test(text) ? Number(text) : 0;
  return id < ID_LIMIT ? id : 0;
}

function taken(outlet: Outlet, columns: Writable<Columns>, length: number, now: number): readonly Output[] {
  columns.length = length;
  if (length === 0) return [];
  outlet.write(columns, { number: 0, now }, '');
  return outlet.take();
}
