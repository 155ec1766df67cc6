/** Positions as they are exposed, found by who holds what, and by the currency that they are in. */
import type { Marker } from '../../runtime/stream/marker';
import type { Numbered } from '../../runtime/tables/numbered';
import { Pairs } from '../../runtime/tables/pairs';
import type { Rows } from '../../runtime/tables/rows';
import { SlotChains } from '../../runtime/tables/slot-chains';
import type { ExposedPositionColumns, ExposureCurrency } from '../../schemas/exposures';
import type { Position } from '../../schemas/ledger';
import { Reason } from '../../schemas/market';
import { PnlStatus, type PositionPnlColumns } from '../../schemas/risk';
import type { AccountExposures } from './account-exposures';
import { type Exposed, exposureOf } from './exposure-moves';
import { holderOf } from './holder';
import type { LiveRates } from './live-rates';

// Held here: asked of their module in hot loops they would be calls.
const STATUS = PnlStatus;
const WHY = Reason;
const UNKNOWN = -1;

export class PositionExposures {
  private readonly pairs: Pairs<ExposedPositionColumns>;
  private readonly positionsIn = new SlotChains();
  /** In order of their numbers. */
  private readonly currencies: ExposureCurrency[] = [];

  constructor(
    private readonly table: Numbered<ExposedPositionColumns>,
    private readonly currencyTable: Rows<ExposureCurrency>,
    private readonly parts: { readonly accounts: AccountExposures; readonly rates: LiveRates },
  ) {
    this.pairs = new Pairs(table, { first: 'holder', second: 'instrument' });
    for (const row of currencyTable.values()) this.currencies[row.number] = row;
    const { currency } = table.columns;
    for (let slot = table.next(0); slot >= 0; slot = table.next(slot + 1))
      if (currency[slot] !== UNKNOWN) this.positionsIn.add(currency[slot]!, slot);
  }

  /** Takes the terms that a position is held under; what it is worth comes with its P&L. */
  takePosition(position: Position): number {
    const slot = this.open(position, position.instrument);
    const { currency, inverse } = this.table.columns;
    const number = this.numberOf(position.currency);
    if (currency[slot] !== number) {
      if (currency[slot] !== UNKNOWN) this.positionsIn.remove(currency[slot]!, slot);
      this.positionsIn.add(number, slot);
      currency[slot] = number;
    }
    const isTurned = inverse[slot] !== (position.inverse ? 1 : 0);
    inverse[slot] = position.inverse ? 1 : 0;
    const before = this.exposed(slot);
    this.change(slot, { ...before, unitWorth: isTurned ? -before.unitWorth : before.unitWorth });
    return slot;
  }

  takePnl(pnl: PositionPnlColumns, index: number): number {
    const key = { account: pnl.account[index]!, contract: pnl.contract[index]! };
    const slot = this.open(key, pnl.instrument[index]!);
    const { columns } = this.table;
    const quantity = pnl.quantity[index]!;
    const worth = pnl.marketValue[index]! / quantity;
    columns.time[slot] = pnl.time[index]!;
    const pricing = { status: pnl.status[index]!, reason: pnl.reason[index]! };
    const unitWorth = quantity === 0 ? Number.NaN : columns.inverse[slot] === 1 ? -worth : worth;
    this.change(slot, { quantity, unitWorth, rate: columns.rate[slot]! }, pricing);
    return slot;
  }

  /** Values the positions in currencies whose rates have moved, and marks them. */
  followRates(changed: Marker): void {
    for (const { currency, number, rate, stale } of [...this.currencies]) {
      const now = this.parts.rates.of(currency);
      if (Object.is(now.value, rate) && now.isStale === stale) continue;
      this.keep({ currency, number, rate: now.value, stale: now.isStale });
      for (let at = this.positionsIn.firstOf(number); at >= 0; at = this.positionsIn.nextOf(at)) {
        if (this.table.columns.quantity[at] === 0) continue;
        this.change(at, this.exposed(at));
        changed.add(at);
      }
    }
  }

  private change(slot: number, to: Exposed, pricing?: { readonly status: number; readonly reason: number }) {
    const { columns } = this.table;
    const before = this.exposed(slot);
    this.parts.accounts.count(columns, slot, -1);
    if (pricing) {
      columns.pricing[slot] = pricing.status;
      columns.pricingReason[slot] = pricing.reason;
    }
    const money = this.currencies[columns.currency[slot]!];
    const after = { ...to, rate: money?.rate ?? Number.NaN };
    columns.quantity[slot] = after.quantity;
    columns.unitWorth[slot] = after.unitWorth;
    columns.rate[slot] = after.rate;
    columns.value[slot] = exposureOf(after);
    this.judge(slot, money?.stale ?? false);
    this.parts.accounts.count(columns, slot, 1);
    this.parts.accounts.move(columns.account[slot]!, columns.time[slot]!, before, after);
    this.table.touch(slot);
  }

  private judge(slot: number, isRateStale: boolean): void {
    const { columns } = this.table;
    const [isFlat, isUnknown] = [columns.quantity[slot] === 0, Number.isNaN(columns.value[slot]!)];
    const isUnpriced = columns.pricing[slot] === STATUS.Unpriced;
    const isStale = isRateStale || columns.pricing[slot] === STATUS.Stale;
    const isRate = isUnknown ? !isUnpriced : isRateStale && columns.pricing[slot] !== STATUS.Stale;
    columns.status[slot] =
      isFlat || !(isUnknown || isStale) ? STATUS.Priced : isUnknown ? STATUS.Unpriced : STATUS.Stale;
    if (isFlat) columns.reason[slot] = WHY.None;
    else if (isRate) columns.reason[slot] = isUnknown ? WHY.NoRate : WHY.StaleRate;
    else columns.reason[slot] = columns.pricingReason[slot]!;
  }

  private exposed(slot: number): Exposed {
    const { quantity, unitWorth, rate } = this.table.columns;
    return { quantity: quantity[slot]!, unitWorth: unitWorth[slot]!, rate: rate[slot]! };
  }

  private open(key: { readonly account: number; readonly contract: number }, instrument: number): number {
    const known = this.pairs.find(holderOf(key), instrument);
    if (known >= 0) return known;
    const slot = this.pairs.open(holderOf(key), instrument);
    const { columns } = this.table;
    columns.account[slot] = key.account;
    columns.contract[slot] = key.contract;
    columns.quantity[slot] = 0;
    return slot;
  }

  private numberOf(currency: string): number {
    const known = this.currencyTable.get(currency);
    if (known) return known.number;
    const { value, isStale } = this.parts.rates.of(currency);
    const number = this.currencies.length;
    this.keep({ currency, number, rate: value, stale: isStale });
    return number;
  }

  private keep(row: ExposureCurrency): void {
    this.currencies[row.number] = row;
    this.currencyTable.set(row);
  }
}
