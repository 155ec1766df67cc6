/**
 * What `start` shows: the last word of the topics on every position and account. Read from the committed topics like
 * any consumer would, nothing is taken from the job's own memory.
 */
import type { Backend, LogReader } from '../runtime/ports/backend';
import type { Progress } from '../runtime/ports/epoch';
import type { Topic } from '../runtime/stream/topic';
import { moneyToNumber, quantityToNumber } from '../schemas/borders';
import { schemaVersions } from '../schemas/evolution/schema-versions';
import { type Position, positions } from '../schemas/ledger';
import { type AccountPnl, accountPnl, PnlStatus, positionPnl } from '../schemas/risk';
import { TopicDecoder } from './topic-decoder';

const POLL_BYTES = 4 << 20;
/** Frames are read from so many messages before the end at first, and from further back where a position has no value yet. */
const FRAMES_BACK = 2000;

export interface AccountLine {
  readonly account: string;
  readonly currency: string;
  readonly realised: number;
  /** NaN where positions are unpriced. */
  readonly unrealised: number;
  readonly marketValue: number;
  readonly positions: number;
  readonly unpriced: number;
  readonly stale: number;
}

export interface PositionLine {
  readonly account: string;
  readonly instrument: string;
  readonly currency: string;
  readonly quantity: number;
  readonly price: number;
  readonly unrealised: number;
  readonly realised: number;
  readonly fees: number;
  readonly fills: number;
  readonly status: 'unpriced' | 'priced' | 'stale';
}

interface Valued {
  readonly account: number;
  readonly instrument: number;
  readonly contract: number;
  readonly price: number;
  readonly unrealisedPnl: number;
  readonly status: unknown;
}

export class Portfolio {
  private readonly accounts = new Map<string, AccountPnl>();
  private readonly held = new Map<string, Position>();
  private readonly values = new Map<string, Valued>();
  private readonly followed: {
    readonly reader: LogReader;
    readonly decoder: TopicDecoder;
    readonly take: Take;
  }[];
  /** Partitions of values that lie in part before where they have been read from. */
  private unread: readonly Progress[] = [];

  constructor(
    private readonly backend: Pick<Backend, 'log' | 'registry' | 'names'>,
    private readonly framesBack = FRAMES_BACK,
  ) {
    const takers: [Topic, Take][] = [
      [accountPnl, (key, row) => put(this.accounts, key, row as unknown as AccountPnl | undefined)],
      [positions, (key, row) => put(this.held, key, row as unknown as Position | undefined)],
      [
        positionPnl,
        (_, row) => row && put(this.values, valueKey(row as unknown as Valued), row as unknown as Valued),
      ],
    ];
    this.followed = takers.flatMap(([topic, take]) => this.follow(topic, take));
  }

  /** Takes in what has been committed since. True if anything was. */
  refresh(): boolean {
    let changed = false;
    for (const { reader, decoder, take } of this.followed) {
      for (let chunk = reader.poll(POLL_BYTES); chunk; chunk = reader.poll(POLL_BYTES)) {
        for (const { key, row, problem } of decoder.decode(chunk)) if (problem === undefined) take(key, row);
        changed = true;
      }
    }
    while (this.unread.length > 0 && this.lacksValues()) this.unread = this.unread.flatMap(this.lookBack);
    this.unread = [];
    return changed;
  }

  private lacksValues(): boolean {
    for (const row of this.held.values()) if (!this.values.has(valueKey(row))) return true;
    return false;
  }

  /** Reads as much again before what has been read: what is known already is later. Answers what is left. */
  private readonly lookBack = (place: Progress): Progress[] => {
    const { log, registry } = this.backend;
    const { first, next: end } = log.ends(place);
    const start = Math.max(first, place.next - Math.max(this.framesBack, end - place.next));
    const reader = log.reader({ ...place, next: start }, 'portfolio');
    const decoder = new TopicDecoder({ topic: positionPnl, registry, versions: schemaVersions });
    const found = new Map<string, Valued>();
    try {
      for (let next = start; next < place.next; ) {
        const chunk = reader.poll(POLL_BYTES);
        if (!chunk) break;
        next = chunk.nextOffset;
        for (const { row, offset } of decoder.decode(chunk))
          if (row && offset < place.next)
            put(found, valueKey(row as unknown as Valued), row as unknown as Valued);
      }
    } finally {
      reader.close();
    }
    for (const [key, value] of found) if (!this.values.has(key)) this.values.set(key, value);
    return start > first ? [{ ...place, next: start }] : [];
  };

  close(): void {
    for (const { reader } of this.followed) reader.close();
  }

  accountLines(): AccountLine[] {
    const lines = [...this.accounts.values()].map((row) => ({
      account: this.nameOf('account', row.account),
      currency: row.currency,
      realised: moneyToNumber(row.realisedPnl),
      unrealised: row.unpriced > 0 ? Number.NaN : row.unrealisedPnl,
      marketValue: row.unpriced > 0 ? Number.NaN : row.marketValue,
      positions: row.positions,
      unpriced: row.unpriced,
      stale: row.stale,
    }));
    return lines.sort((a, b) => compare(a.account, b.account) || compare(a.currency, b.currency));
  }

  positionLines(): PositionLine[] {
    const lines = [...this.held.values()].map((row): PositionLine => {
      const value = this.values.get(valueKey(row));
      return {
        account: this.nameOf('account', row.account),
        instrument: this.nameOf('instrument', row.instrument),
        currency: row.currency,
        quantity: quantityToNumber(row.quantity),
        price: value?.price ?? Number.NaN,
        unrealised: value?.unrealisedPnl ?? Number.NaN,
        realised: moneyToNumber(row.realisedPnl),
        fees: moneyToNumber(row.fees),
        fills: Number(row.fills),
        status: statusOf(value),
      };
    });
    return lines.sort((a, b) => compare(a.account, b.account) || compare(a.instrument, b.instrument));
  }

  private follow(topic: Topic, take: Take) {
    const { log, registry } = this.backend;
    const partitions = log.topics().find(({ name }) => name === topic.name)?.partitions ?? 0;
    return Array.from({ length: partitions }, (_, partition) => {
      const place = { topic: topic.name, partition };
      const { first, next } = log.ends(place);
      const from = topic.codec.layout === 'columns' ? Math.max(first, next - this.framesBack) : first;
      if (from > first) this.unread = [...this.unread, { ...place, next: from }];
      const reader = log.reader({ ...place, next: from }, 'portfolio');
      return { reader, decoder: new TopicDecoder({ topic, registry, versions: schemaVersions }), take };
    });
  }

  private nameOf(domain: string, number: number): string {
    return this.backend.names.nameOf(domain, number) ?? `#${number}`;
  }
}

const valueKey = ({
  account,
  instrument,
  contract,
}: Pick<Valued, 'account' | 'instrument' | 'contract'>): string => `${account}/${instrument}/${contract}`;

type Take = (key: string, row: Readonly<Record<string, unknown>> | undefined) => void;

function put<Row>(map: Map<string, Row>, key: string, row: Row | undefined): void {
  if (row) map.set(key, row);
  else map.delete(key);
}

/** Frames tell an enum by its symbol, see `rowOf`. */
function statusOf(value: Valued | undefined): PositionLine['status'] {
  if (!value || value.status === 'Unpriced' || value.status === PnlStatus.Unpriced) return 'unpriced';
  return value.status === 'Stale' || value.status === PnlStatus.Stale ? 'stale' : 'priced';
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
