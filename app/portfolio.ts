/** What `start` and `replay` say of accounts and positions: the last word of the topics on each. */
import { moneyToNumber, quantityToNumber } from '../schemas/borders';
import { formatDecimal, QUANTITY_SCALE } from '../schemas/decimals';
import { LateFillStatus, lateFills, type Position, positions } from '../schemas/ledger';
import { breaches, limitStatuses } from '../schemas/limits';
import { type AccountPnl, accountPnl, PnlStatus, positionPnl } from '../schemas/risk';
import { type FollowedBackend, FollowedTopics, type Row } from './view/followed-topics';

export interface AccountLine {
  readonly account: string;
  readonly currency: string;
  readonly realised: number;
  /** NaN where positions are unpriced. */
  readonly unrealised: number;
  readonly marketValue: number;
  /** Realised, and unrealised of all that has a price: what is known of the total. */
  readonly known: number;
  readonly fees: number;
  readonly positions: number;
  readonly unpriced: number;
  readonly stale: number;
}

export interface PositionLine {
  readonly account: string;
  readonly instrument: string;
  readonly currency: string;
  readonly quantity: number;
  /** The quantity exactly, as decimal text. */
  readonly exactQuantity: string;
  readonly price: number;
  readonly unrealised: number;
  readonly realised: number;
  readonly fees: number;
  readonly fills: number;
  readonly status: 'unpriced' | 'priced' | 'stale';
  /** Why there is no price, or no better one. */
  readonly reason: string;
}

export class Portfolio {
  readonly followed: FollowedTopics;

  constructor(backend: FollowedBackend, framesBack?: number) {
    this.followed = new FollowedTopics(backend, framesBack);
    for (const topic of [accountPnl, positions, positionPnl, lateFills, limitStatuses])
      this.followed.latest(topic);
    this.followed.lately(breaches);
  }

  /** Takes in what has been committed since, for so long at most. */
  refresh(until?: () => boolean): void {
    if (!this.followed.refresh(until)) return;
    if (until) this.followed.lookBackALittle();
    while (!until && this.lacksValues() && this.followed.lookBack(positionPnl));
  }

  /** Whether a position has no value yet, although all has been read that was said lately. */
  private lacksValues(): boolean {
    const values = this.followed.latest(positionPnl);
    for (const key of this.followed.latest(positions).keys()) if (!values.has(key)) return true;
    return false;
  }

  close(): void {
    this.followed.close();
  }

  accountLines(): AccountLine[] {
    const lines = [...this.followed.latest(accountPnl).values()].map((one) => {
      const row = one as unknown as AccountPnl;
      return {
        account: this.followed.nameOf('account', row.account),
        currency: row.currency,
        realised: moneyToNumber(row.realisedPnl),
        unrealised: row.unpriced > 0 ? Number.NaN : row.unrealisedPnl,
        marketValue: row.unpriced > 0 ? Number.NaN : row.marketValue,
        known: row.knownPnl,
        fees: row.fees,
        positions: row.positions,
        unpriced: row.unpriced,
        stale: row.stale,
      };
    });
    return lines.sort((a, b) => compare(a.account, b.account) || compare(a.currency, b.currency));
  }

  /** How many fills came too late to be booked, and wait for a person. */
  openFills(): number {
    return [...this.followed.latest(lateFills).values()].filter(
      ({ status }) => status === LateFillStatus.Open,
    ).length;
  }

  get positionCount(): number {
    return this.followed.latest(positions).size;
  }

  positionLines(): PositionLine[] {
    const values = this.followed.latest(positionPnl);
    const lines = [...this.followed.latest(positions)].map(([key, one]): PositionLine => {
      const row = one as unknown as Position;
      const value = values.get(key);
      return {
        account: this.followed.nameOf('account', row.account),
        instrument: this.followed.nameOf('instrument', row.instrument),
        currency: row.currency,
        quantity: quantityToNumber(row.quantity),
        exactQuantity: formatDecimal(row.quantity, QUANTITY_SCALE),
        price: numberOf(value, 'price'),
        unrealised: numberOf(value, 'unrealisedPnl'),
        realised: moneyToNumber(row.realisedPnl),
        fees: moneyToNumber(row.fees),
        fills: Number(row.fills),
        status: statusOf(value),
        reason: String(value?.['reason'] ?? 'NoMark'),
      };
    });
    return lines.sort((a, b) => compare(a.account, b.account) || compare(a.instrument, b.instrument));
  }
}

const numberOf = (row: Row | undefined, field: string): number => (row?.[field] as number) ?? Number.NaN;

/** Frames tell an enum by its symbol, see `rowOf`. */
export function statusOf(value: Row | undefined): PositionLine['status'] {
  const status = value?.['status'];
  if (status === undefined || status === 'Unpriced' || status === PnlStatus.Unpriced) return 'unpriced';
  return status === 'Stale' || status === PnlStatus.Stale ? 'stale' : 'priced';
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
