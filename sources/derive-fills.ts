/**
 * Fills of ours out of other people's trades, for replays of real days: by a rule so plain that anyone can recompute
 * the positions from the file.
 *
 *   A trade that is regular and of at least `minSize` is ours, whole, at its own price and venue.
 *   It goes to account number (n mod accounts), n counting the trades that are ours in the file from 0.
 *   Side by the tick rule: bought if the last regular trade at another price was lower, or there is none; else sold.
 *   The fee is `feePerUnit` × size. The execution id is "PREFIX-ROW", the row being the trade's in its file.
 *
 * The tick rule: Lee and Ready, "Inferring Trade Direction from Intraday Data", Journal of Finance 46 (1991).
 * State: the last two different prices, one counter.
 */

import { parseDecimal } from '../schemas/decimals';
import { type Fill, FillKind } from '../schemas/ledger';
import { fillUntold } from '../schemas/untold';
import type { Named } from './feed';

export type NamedFill = Named<Fill, 'account' | 'instrument' | 'venue'>;

export interface FillRule {
  /** Names of accounts, one at least. */
  readonly accounts: readonly string[];
  /** Trades smaller than this are nobody's. */
  readonly minSize: number;
  /** Decimal text. */
  readonly feePerUnit: string;
  readonly feeCurrency: string;
}

/** A trade as its file tells it; price and size as scaled integers of scale 9. */
export interface SeenTrade {
  readonly instrument: string;
  readonly venue: string;
  readonly price: bigint;
  readonly size: bigint;
  readonly time: number;
  readonly row: number;
  /** Where the file itself tells the side of who traded actively; else the tick rule does. */
  readonly bought?: boolean;
}

export class FillDeriver {
  private taken = 0;
  private last: bigint | undefined;
  private rising = true;
  private readonly feePerUnit: bigint;
  private readonly minSize: bigint;

  constructor(
    private readonly rule: FillRule,
    private readonly prefix: string,
  ) {
    this.feePerUnit = parseDecimal(rule.feePerUnit, 9);
    this.minSize = BigInt(rule.minSize) * 10n ** 9n;
  }

  /** The fill that a regular trade makes, if any. Every regular trade must be shown, in order. */
  fillOf(trade: SeenTrade): NamedFill | undefined {
    if (this.last !== undefined && trade.price !== this.last) this.rising = trade.price > this.last;
    this.last = trade.price;
    if (trade.size < this.minSize) return undefined;
    const isBought = trade.bought ?? this.rising;
    const account = this.rule.accounts[this.taken % this.rule.accounts.length]!;
    this.taken += 1;
    return {
      executionId: `${this.prefix}-${trade.row}`,
      kind: FillKind.New,
      refersTo: undefined,
      account,
      instrument: trade.instrument,
      quantity: isBought ? trade.size : -trade.size,
      price: trade.price,
      // Both factors have scale 9, so their product has the fee's scale 18 exactly.
      fee: this.feePerUnit * trade.size,
      feeCurrency: this.rule.feeCurrency,
      venue: trade.venue,
      ...fillUntold,
      time: trade.time,
    };
  }
}
