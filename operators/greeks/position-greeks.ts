/** Positions with their sensitivities, found by who holds what, and by the option that is valued anew. */
import { grown, type Marker } from '../../runtime/stream/marker';
import type { Numbered } from '../../runtime/tables/numbered';
import { Pairs } from '../../runtime/tables/pairs';
import type { Rows } from '../../runtime/tables/rows';
import { quantityToNumber } from '../../schemas/borders';
import type { PositionExposureColumns } from '../../schemas/exposures';
import {
  type GreekCurrency,
  type GreekPositionColumns,
  GreekStatus,
  type GreekValueColumns,
} from '../../schemas/greeks';
import type { Position } from '../../schemas/ledger';
import type { Reason } from '../../schemas/market';
import type { PnlStatus } from '../../schemas/risk';
import type { UnitValueColumns, ValueQuality, ValueReason } from '../../schemas/valuation';
import { holderOf } from '../risk/holder';
import type { AccountGreeks } from './account-greeks';
import type { GreekTerms } from './greek-terms';
import { sensitivitiesOf, type UnitGreeks } from './sensitivities';

const UNKNOWN = -1;
const NONE = -1;
/** A position adds to its account, and to what its currency, issuer and sector are within it. */
const GROUPS = 4;

export interface PositionGreeksTables {
  readonly positions: Numbered<GreekPositionColumns>;
  readonly values: Numbered<GreekValueColumns>;
  readonly currencies: Rows<GreekCurrency>;
}

export class PositionGreeks {
  private readonly pairs: Pairs<GreekPositionColumns>;
  private readonly currencies: string[] = [];
  /** By slot, derived: the groups that it adds to. */
  private groups = new Int32Array(64 * GROUPS).fill(NONE);
  private readonly moved = new Set<number>();

  constructor(
    private readonly tables: PositionGreeksTables,
    private readonly parts: {
      readonly accounts: AccountGreeks;
      readonly terms: GreekTerms;
      readonly baseCurrency: string;
    },
  ) {
    const { positions, currencies } = tables;
    this.pairs = new Pairs(positions, { first: 'holder', second: 'instrument' });
    for (const { currency, number } of currencies.values()) this.currencies[number] = currency;
    for (let slot = positions.next(0); slot >= 0; slot = positions.next(slot + 1)) {
      this.group(slot);
      this.count(slot, 1);
    }
  }

  /** Takes the terms that a position is held under; quantity and price come with its exposure. */
  takePosition(position: Position, changed: Marker): void {
    const slot = this.open(position, position.instrument);
    const { columns } = this.tables.positions;
    const currency = this.numberOf(position.currency);
    const multiplier = quantityToNumber(position.multiplier);
    const inverse = position.inverse ? 1 : 0;
    const isSame =
      columns.currency[slot] === currency &&
      columns.multiplier[slot] === multiplier &&
      columns.inverse[slot] === inverse;
    if (isSame) return;
    this.change(slot, changed, () => {
      columns.currency[slot] = currency;
      columns.multiplier[slot] = multiplier;
      columns.inverse[slot] = inverse;
      this.group(slot);
    });
  }

  takeExposure(from: PositionExposureColumns, index: number, changed: Marker): void {
    const key = { account: from.account[index]!, contract: from.contract[index]! };
    const slot = this.open(key, from.instrument[index]!);
    const { columns } = this.tables.positions;
    this.change(slot, changed, () => {
      columns.quantity[slot] = from.quantity[index]!;
      columns.priced[slot] = from.value[index]!;
      columns.rate[slot] = from.rate[index]!;
      columns.pricing[slot] = from.status[index]!;
      columns.pricingReason[slot] = from.reason[index]!;
      columns.pricedAt[slot] = from.time[index]!;
    });
  }

  /** Takes a value of an option; costs those who hold it. */
  takeValue(from: UnitValueColumns, index: number, changed: Marker): void {
    const { values } = this.tables;
    const instrument = from.instrument[index]!;
    values.ensure(instrument);
    const to = values.columns;
    to.value[instrument] = from.value[index]!;
    to.delta[instrument] = from.delta[index]!;
    to.gamma[instrument] = from.gamma[index]!;
    to.vega[instrument] = from.vega[index]!;
    to.theta[instrument] = from.theta[index]!;
    to.spot[instrument] = from.spot[index]!;
    to.years[instrument] = from.years[index]!;
    to.quality[instrument] = from.quality[index]!;
    to.reason[instrument] = from.reason[index]!;
    to.time[instrument] = from.time[index]!;
    values.touch(instrument);
    this.rework(instrument, changed);
  }

  /** Works out anew what is held of an instrument. */
  rework(instrument: number, changed: Marker): void {
    for (let slot = this.pairs.firstOf(instrument); slot >= 0; slot = this.pairs.nextOf(slot))
      this.change(slot, changed, () => this.group(slot));
  }

  groupsOf(slot: number): Int32Array {
    return this.groups.subarray(slot * GROUPS, (slot + 1) * GROUPS);
  }

  /** Groups of which a sum has moved since this was last asked, in order of first sight. */
  takeMoved(): readonly number[] {
    const moved = [...this.moved];
    this.moved.clear();
    return moved;
  }

  private change(slot: number, changed: Marker, set: () => void): void {
    const { positions } = this.tables;
    this.count(slot, -1);
    this.moveGroups(slot);
    set();
    this.value(slot);
    this.count(slot, 1);
    this.moveGroups(slot);
    positions.touch(slot);
    changed.add(slot);
  }

  private moveGroups(slot: number): void {
    const time = this.tables.positions.columns.time[slot]!;
    for (const group of this.groupsOf(slot)) {
      if (group === NONE) continue;
      this.parts.accounts.move(group, time);
      this.moved.add(group);
    }
  }

  private value(slot: number): void {
    const { positions, values } = this.tables;
    const { columns } = positions;
    const { terms, baseCurrency } = this.parts;
    const instrument = columns.instrument[slot]!;
    const isOption = terms.isOption(instrument);
    const isInverse = columns.inverse[slot] === 1;
    const rate = columns.rate[slot]!;
    const isInBase = terms.quoteCurrencyOf(instrument) === baseCurrency;
    const found = sensitivitiesOf({
      quantity: columns.quantity[slot]!,
      multiplier: columns.multiplier[slot]!,
      isInverse,
      priced: columns.priced[slot]!,
      pricing: columns.pricing[slot]! as PnlStatus,
      pricingReason: columns.pricingReason[slot]! as Reason,
      rate,
      greekRate: !isInverse ? rate : isInBase ? 1 : Number.NaN,
      isOption,
      unit: isOption ? unitOf(values, instrument) : undefined,
    });
    columns.value[slot] = found.value;
    columns.delta[slot] = found.delta;
    columns.gamma[slot] = found.gamma;
    columns.vega[slot] = found.vega;
    columns.theta[slot] = found.theta;
    columns.years[slot] = found.years;
    columns.status[slot] = found.status;
    columns.stale[slot] = found.isStale ? 1 : 0;
    columns.reason[slot] = found.reason;
    columns.valueReason[slot] = found.valueReason;
    const valuedAt = isOption && values.has(instrument) ? values.columns.time[instrument]! : 0;
    columns.time[slot] = Math.max(columns.pricedAt[slot]!, valuedAt);
  }

  private count(slot: number, sign: 1 | -1): void {
    const { columns } = this.tables.positions;
    for (const group of this.groupsOf(slot))
      if (group !== NONE) this.parts.accounts.count(group, columns, slot, sign);
  }

  /** Says which groups it adds to. */
  private group(slot: number): void {
    const { columns } = this.tables.positions;
    const { accounts, terms } = this.parts;
    const end = (slot + 1) * GROUPS;
    if (end > this.groups.length) this.groups = grown(this.groups, end, NONE);
    const account = columns.account[slot]!;
    const { issuer, sector } = terms.tagsOf(columns.instrument[slot]!);
    const members: readonly (readonly [string, string | undefined])[] = [
      ['account', ''],
      ['currency', this.currencies[columns.currency[slot]!]],
      ['issuer', issuer],
      ['sector', sector],
    ];
    members.forEach(([dimension, member], place) => {
      this.groups[slot * GROUPS + place] =
        member === undefined ? NONE : accounts.group({ account, dimension, member });
    });
  }

  private open(key: { readonly account: number; readonly contract: number }, instrument: number): number {
    const known = this.pairs.find(holderOf(key), instrument);
    if (known >= 0) return known;
    const slot = this.pairs.open(holderOf(key), instrument);
    const { columns } = this.tables.positions;
    columns.account[slot] = key.account;
    columns.contract[slot] = key.contract;
    columns.currency[slot] = UNKNOWN;
    columns.quantity[slot] = 0;
    columns.status[slot] = GreekStatus.Flat;
    this.group(slot);
    return slot;
  }

  private numberOf(currency: string): number {
    const known = this.tables.currencies.get(currency);
    if (known) return known.number;
    const number = this.currencies.push(currency) - 1;
    this.tables.currencies.set({ currency, number });
    return number;
  }
}

/** Undefined where no value has come. */
function unitOf(values: Numbered<GreekValueColumns>, instrument: number): UnitGreeks | undefined {
  if (!values.has(instrument)) return undefined;
  const { columns } = values;
  return {
    value: columns.value[instrument]!,
    delta: columns.delta[instrument]!,
    gamma: columns.gamma[instrument]!,
    vega: columns.vega[instrument]!,
    theta: columns.theta[instrument]!,
    spot: columns.spot[instrument]!,
    years: columns.years[instrument]!,
    quality: columns.quality[instrument]! as ValueQuality,
    reason: columns.reason[instrument]! as ValueReason,
  };
}
