/**
 * What is known of each derivative, gathered from messages that each tell a part: last price, open interest, funding,
 * index, mark. A record is written when a message changed something, with all that is known then.
 *
 * State: nine numbers a symbol.
 */
import type { MarketRecords } from './market-records';

export interface DerivativeFields {
  last: number;
  openInterest: number;
  funding: number;
  fundingTime: number;
  nextFunding: number;
  index: number;
  mark: number;
}

const names = ['last', 'openInterest', 'funding', 'fundingTime', 'nextFunding', 'index', 'mark'] as const;

interface Known extends DerivativeFields {
  time: number;
}

export class DerivativeTickers {
  private readonly known = new Map<number, Known>();

  /** Takes over what a message says (NaN: nothing). The time is that of the latest; NaN tells none. */
  update(symbol: number, said: Partial<DerivativeFields>, time: number, to: MarketRecords): void {
    let known = this.known.get(symbol);
    if (!known) {
      known = {
        last: Number.NaN,
        openInterest: Number.NaN,
        funding: Number.NaN,
        fundingTime: Number.NaN,
        nextFunding: Number.NaN,
        index: Number.NaN,
        mark: Number.NaN,
        time: Number.NaN,
      };
      this.known.set(symbol, known);
    }
    let changed = false;
    for (const name of names) {
      const value = said[name];
      if (value === undefined || Number.isNaN(value) || value === known[name]) continue;
      known[name] = value;
      changed = true;
    }
    if (!(time <= known.time)) known.time = Number.isNaN(time) ? known.time : time;
    if (!changed) return;
    const { derivatives } = to;
    const at = derivatives.add();
    derivatives.symbol[at] = symbol;
    for (const name of names) derivatives[name][at] = known[name];
    derivatives.time[at] = known.time;
  }
}
