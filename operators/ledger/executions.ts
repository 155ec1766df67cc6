/**
 * The table of executions within the horizon, in columns: a fill that is kept costs one text, not a dozen objects for
 * the collector to carry about. The order of arrival is a number in the record, and a list through the slots.
 */

import type { RowsCodec, SchemaVersions } from '../../runtime/stream/codec';
import { grown } from '../../runtime/stream/marker';
import { forEachSaved } from '../../runtime/tables/saved-rows';
import { Slots } from '../../runtime/tables/slots';
import type { SavedTable, Table, TableChanges, TableDefinition } from '../../runtime/tables/table';
import { TextIndex } from '../../runtime/tables/text-index';
import type { ByteWriter } from '../../runtime/wire/bytes';
import type { Fill, FillKind } from '../../schemas/ledger';
import { type Execution, ExecutionState, executionCodec } from '../../schemas/tables';
import { type Identified, idText, sourceHash } from './identity';

/** No slot. */
export const NONE = -1;

export type Message = Omit<Execution, 'sequence'>;

type Rare = Pick<
  Execution,
  'broker' | 'tradingDay' | 'refersToDay' | 'version' | 'asOf' | 'depth' | 'restatedBy' | 'firstTold'
>;
const COMMON: Rare = Object.freeze({
  broker: undefined,
  tradingDay: undefined,
  refersToDay: undefined,
  version: 0,
  asOf: 0,
  depth: 0,
  restatedBy: undefined,
  firstTold: undefined,
});

const isRareFill = (fill: Fill): boolean =>
  fill.broker !== undefined ||
  fill.tradingDay !== undefined ||
  fill.refersToDay !== undefined ||
  fill.version !== 0;

const isRare = (message: Message): boolean =>
  isRareFill(message) || message.depth !== 0 || message.asOf !== 0 || message.firstTold !== undefined;

/** What few have of a message; what a fill has nothing of is as in `COMMON`. */
const rareOf = ({
  broker,
  tradingDay,
  refersToDay,
  version,
  asOf,
  depth,
  restatedBy,
  firstTold,
}: Rare): Rare => ({ broker, tradingDay, refersToDay, version, asOf, depth, restatedBy, firstTold });

/** Columns, their places in the index, the object of a text, and the slot in its position's list. */
const SLOT_BYTES = 150;

export class Executions implements Table {
  readonly work = { reads: 0, writes: 0 };
  state = new Int32Array(1024);
  time = new Float64Array(1024);
  account = new Int32Array(1024);
  instrument = new Int32Array(1024);
  contract = new Int32Array(1024);
  quantity = new BigInt64Array(1024);
  price = new BigInt64Array(1024);
  readonly feeCurrency: string[] = [];
  /** Memory that all of them take, as it is estimated, and by account. */
  bytes = 0;
  bytesOf = new Float64Array(1024);
  countOf = new Float64Array(1024);
  /** Fees beyond 64 bits are in `largeFees`. */
  private smallFee = new BigInt64Array(1024);
  private readonly largeFees = new Map<number, bigint>();
  private readonly currencies = new Map<string, string>();
  kind = new Int32Array(1024);
  private venue = new Int32Array(1024);
  private arrived = new Float64Array(1024);
  /** -1 where the slot is free. */
  private sequence = new Float64Array(1024).fill(-1);
  private readonly executionId: string[] = [];
  private readonly refersTo: (string | undefined)[] = [];
  /** What few have: a broker or trading day, or that they correct or were corrected. */
  private readonly rare = new Map<number, Rare>();
  /** Hashes of who gave the id. */
  private source = new Int32Array(1024);
  private readonly index = new TextIndex(
    (slot) => this.source[slot]!,
    (slot) => this.textOf(slot),
  );
  private readonly slots: Slots;
  /** Later and earlier arrivals, by slot. */
  private later = new Int32Array(1024);
  private earlier = new Int32Array(1024);
  private first = NONE;
  private last = NONE;
  private sought: Identified | undefined;
  /** Whether an execution with the text that is sought is of its source: a text that has a broker says so itself. */
  private readonly isOfSought = (slot: number): boolean => {
    const { account, instrument, venue, broker } = this.sought!;
    return (
      this.account[slot] === account &&
      this.instrument[slot] === instrument &&
      (broker !== undefined || this.venue[slot] === venue)
    );
  };
  /** The row that was shown last: one for all that are encoded. */
  private readonly shown = {} as { -readonly [Field in keyof Execution]: Execution[Field] };

  constructor(
    private readonly definition: ExecutionsTable,
    saved?: SavedTable,
  ) {
    this.slots = new Slots(definition);
    if (saved) this.restore(saved);
  }

  get size(): number {
    return this.slots.size;
  }

  /** The slot of a message, or -1. */
  find(identity: Identified): number {
    this.work.reads += 1;
    this.sought = identity;
    return this.index.find(sourceHash(identity), idText(identity), this.isOfSought);
  }

  /** Keeps a message that has not been kept; answers its slot. */
  add(message: Message): number {
    const slot = this.take();
    this.put(slot, message, this.nextSequence());
    return slot;
  }

  /** Keeps a fill that has not been kept and counts as it was told; answers its slot. */
  book(fill: Fill, { contract, arrived }: Pick<Message, 'contract' | 'arrived'>): number {
    const slot = this.take();
    this.state[slot] = ExecutionState.Booked;
    this.contract[slot] = contract;
    this.arrived[slot] = arrived;
    this.tell(slot, fill);
    if (isRareFill(fill)) this.rare.set(slot, rareOf({ ...COMMON, ...fill }));
    else if (this.rare.size > 0) this.rare.delete(slot);
    this.identify(slot, fill, this.nextSequence());
    return slot;
  }

  /** Changes what is known of a message; its id and its place stay. */
  replace(slot: number, message: Message): void {
    this.write(slot, message);
    this.slots.touch(slot);
    this.work.writes += 1;
  }

  remove(slot: number): void {
    this.index.remove(slot);
    this.count(slot, -1);
    this.rare.delete(slot);
    this.unlink(slot);
    if (this.largeFees.size > 0) this.largeFees.delete(slot);
    this.executionId[slot] = '';
    this.refersTo[slot] = undefined;
    this.slots.release(slot);
    this.work.writes += 1;
  }

  fee(slot: number): bigint {
    const fee = this.smallFee[slot]!;
    return this.largeFees.size === 0 ? fee : (this.largeFees.get(slot) ?? fee);
  }

  row(slot: number): Execution {
    return { ...this.show(slot) };
  }

  /** The account whose executions take most memory. */
  largestAccount(): number {
    let largest = 0;
    for (let account = 1; account < this.bytesOf.length; account += 1)
      if (this.bytesOf[account]! > this.bytesOf[largest]!) largest = account;
    return largest;
  }

  /** Slots in order of arrival. What it has come to may be removed meanwhile. */
  *inOrderOfArrival(): Generator<number> {
    for (let slot = this.first; slot !== NONE; ) {
      const next = this.later[slot]!;
      yield slot;
      slot = next;
    }
  }

  takeChanges(scratch: ByteWriter): TableChanges | undefined {
    return this.slots.takeChanges((slot, to) => executionCodec.encode(this.show(slot), to), scratch);
  }

  /** The row of a slot, until the next is shown. */
  private show(slot: number): Execution {
    const rare = (this.rare.size === 0 ? undefined : this.rare.get(slot)) ?? COMMON;
    const row = this.shown;
    row.executionId = this.executionId[slot]!;
    row.account = this.account[slot]!;
    row.instrument = this.instrument[slot]!;
    row.venue = this.venue[slot]!;
    row.broker = rare.broker;
    row.tradingDay = rare.tradingDay;
    row.kind = this.kind[slot] as FillKind;
    row.state = this.state[slot] as ExecutionState;
    row.refersTo = this.refersTo[slot];
    row.refersToDay = rare.refersToDay;
    row.contract = this.contract[slot]!;
    row.quantity = this.quantity[slot]!;
    row.price = this.price[slot]!;
    row.fee = this.fee(slot);
    row.feeCurrency = this.feeCurrency[slot]!;
    row.time = this.time[slot]!;
    row.arrived = this.arrived[slot]!;
    row.sequence = this.sequence[slot]!;
    row.version = rare.version;
    row.asOf = rare.asOf;
    row.depth = rare.depth;
    row.restatedBy = rare.restatedBy;
    row.firstTold = rare.firstTold;
    return row;
  }

  private take(): number {
    const slot = this.slots.take();
    if (slot >= this.state.length) this.widen(slot);
    this.work.writes += 1;
    return slot;
  }

  // After the last that is kept, so that a restore gives the next the same.
  private nextSequence(): number {
    return this.last === NONE ? 0 : this.sequence[this.last]! + 1;
  }

  private put(slot: number, message: Message, sequence: number): void {
    if (slot >= this.state.length) this.widen(slot);
    this.arrived[slot] = message.arrived;
    this.write(slot, message);
    this.identify(slot, message, sequence);
  }

  private identify(slot: number, message: Identified, sequence: number): void {
    this.sequence[slot] = sequence;
    this.executionId[slot] = message.executionId;
    this.account[slot] = message.account;
    this.instrument[slot] = message.instrument;
    this.venue[slot] = message.venue;
    this.source[slot] = sourceHash(message);
    this.index.add(slot);
    this.count(slot, 1);
    this.link(slot);
  }

  private write(slot: number, message: Message): void {
    this.contract[slot] = message.contract;
    this.state[slot] = message.state;
    this.tell(slot, message);
    if (isRare(message)) this.rare.set(slot, rareOf(message));
    else if (this.rare.size > 0) this.rare.delete(slot);
  }

  private tell(slot: number, fill: Fill): void {
    this.kind[slot] = fill.kind;
    this.refersTo[slot] = fill.refersTo;
    this.quantity[slot] = fill.quantity;
    this.price[slot] = fill.price;
    this.smallFee[slot] = fill.fee;
    // The column keeps the lowest 64 bits.
    if (this.smallFee[slot] !== fill.fee) this.largeFees.set(slot, fill.fee);
    else if (this.largeFees.size > 0) this.largeFees.delete(slot);
    this.feeCurrency[slot] = this.interned(fill.feeCurrency);
    this.time[slot] = fill.time;
  }

  private textOf(slot: number): string {
    const executionId = this.executionId[slot]!;
    const { broker, tradingDay } = (this.rare.size === 0 ? undefined : this.rare.get(slot)) ?? COMMON;
    return idText({ executionId, broker, tradingDay });
  }

  private count(slot: number, sign: 1 | -1): void {
    const account = this.account[slot]!;
    if (account >= this.bytesOf.length) {
      this.bytesOf = grown(this.bytesOf, account, 0);
      this.countOf = grown(this.countOf, account, 0);
    }
    const bytes = SLOT_BYTES + 2 * this.executionId[slot]!.length;
    this.bytes += sign * bytes;
    this.bytesOf[account]! += sign * bytes;
    this.countOf[account]! += sign;
  }

  // One text for each currency, not one for each fill.
  private interned(currency: string): string {
    const known = this.currencies.get(currency);
    if (known === undefined) this.currencies.set(currency, currency);
    return known ?? currency;
  }

  private link(slot: number): void {
    this.earlier[slot] = this.last;
    this.later[slot] = NONE;
    if (this.last === NONE) this.first = slot;
    else this.later[this.last] = slot;
    this.last = slot;
  }

  private unlink(slot: number): void {
    const [earlier, later] = [this.earlier[slot]!, this.later[slot]!];
    if (earlier === NONE) this.first = later;
    else this.later[earlier] = later;
    if (later === NONE) this.last = earlier;
    else this.earlier[later] = earlier;
    this.sequence[slot] = -1;
  }

  private widen(slot: number): void {
    this.state = grown(this.state, slot, 0);
    this.time = grown(this.time, slot, 0);
    this.account = grown(this.account, slot, 0);
    this.instrument = grown(this.instrument, slot, 0);
    this.contract = grown(this.contract, slot, 0);
    this.source = grown(this.source, slot, 0);
    this.venue = grown(this.venue, slot, 0);
    this.kind = grown(this.kind, slot, 0);
    this.arrived = grown(this.arrived, slot, 0);
    this.sequence = grown(this.sequence, slot, -1);
    this.quantity = widened(this.quantity, slot);
    this.price = widened(this.price, slot);
    this.smallFee = widened(this.smallFee, slot);
    this.later = grown(this.later, slot, NONE);
    this.earlier = grown(this.earlier, slot, NONE);
  }

  private restore(saved: SavedTable): void {
    const rows: { readonly slot: number; readonly row: Execution }[] = [];
    forEachSaved(this.definition, saved, (slot, row) => {
      this.slots.restore(slot);
      rows.push({ slot, row });
    });
    for (const { slot, row } of rows.sort((a, b) => a.row.sequence - b.row.sequence))
      this.put(slot, row, row.sequence);
  }
}

function widened(column: BigInt64Array<ArrayBuffer>, slot: number): BigInt64Array<ArrayBuffer> {
  const wider = new BigInt64Array(Math.max(column.length * 2, slot + 1));
  wider.set(column);
  return wider;
}

export interface ExecutionsTable extends TableDefinition<Executions> {
  readonly codec: RowsCodec<Execution>;
  readonly versions: SchemaVersions | undefined;
}

export function executionsTable(options: {
  readonly name: string;
  readonly limit: number;
  readonly versions?: SchemaVersions;
}): ExecutionsTable {
  const definition: ExecutionsTable = Object.freeze({
    versions: undefined,
    ...options,
    codec: executionCodec,
    record: executionCodec.record,
    schema: executionCodec.schema,
    open: (saved?: SavedTable) => new Executions(definition, saved),
  });
  return definition;
}
