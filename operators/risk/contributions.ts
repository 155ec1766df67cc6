/** What positions add to readings: the largest of a scope, and the smallest trade that would bring a reading back. */
import type { Numbered } from '../../runtime/tables/numbered';
import { Pairs } from '../../runtime/tables/pairs';
import { SlotChains } from '../../runtime/tables/slot-chains';
import type { PositionExposureColumns, Scope } from '../../schemas/exposures';
import { type ContributionColumns, type Limit, LimitMeasure, LimitSense } from '../../schemas/limits';
import { ACCOUNT } from './account-exposures';
import { holderOf } from './holder';
import { isLowerBound } from './limit-reading';

export interface Contributor {
  readonly account: number;
  readonly instrument: number;
  readonly contract: number;
  readonly quantity: number;
  readonly value: number;
  /** What it adds to the reading, in the direction of the reading. */
  readonly part: number;
}

type Reading = Pick<Limit, 'measure' | 'sense'> & { readonly value: number };

export class Contributions {
  private readonly pairs: Pairs<ContributionColumns>;
  private readonly heldBy = new SlotChains();

  constructor(private readonly table: Numbered<ContributionColumns>) {
    this.pairs = new Pairs(table, { first: 'holder', second: 'instrument' });
    for (let slot = table.next(0); slot >= 0; slot = table.next(slot + 1))
      this.heldBy.add(table.columns.account[slot]!, slot);
  }

  takeAll(from: PositionExposureColumns): void {
    const { pairs, table } = this;
    for (let index = 0; index < from.length; index += 1) {
      const key = { account: from.account[index]!, contract: from.contract[index]! };
      const known = pairs.find(holderOf(key), from.instrument[index]!);
      const slot = known < 0 ? pairs.open(holderOf(key), from.instrument[index]!) : known;
      const { columns } = table;
      if (known < 0) {
        columns.account[slot] = key.account;
        columns.contract[slot] = key.contract;
        this.heldBy.add(key.account, slot);
      }
      columns.quantity[slot] = from.quantity[index]!;
      columns.value[slot] = from.value[index]!;
      table.touch(slot);
    }
  }

  /** The largest so many, the largest first; of equal ones by account, instrument and contract. */
  largest(limit: Scope & Reading, most: number): readonly Contributor[] {
    const found: Contributor[] = [];
    for (const slot of this.slotsOf(limit)) {
      const { account, instrument, contract, quantity, value } = this.table.columns;
      const part = partOf(value[slot]!, limit);
      if (!(part > 0)) continue;
      if (found.length === most && part < found[most - 1]!.part) continue;
      found.push({
        account: account[slot]!,
        instrument: instrument[slot]!,
        contract: contract[slot]!,
        quantity: quantity[slot]!,
        value: value[slot]!,
        part,
      });
      found.sort(larger);
      if (found.length > most) found.pop();
    }
    return found;
  }

  private *slotsOf({ dimension, account }: Scope): Generator<number> {
    if (dimension === ACCOUNT.dimension) {
      const { heldBy } = this;
      for (let slot = heldBy.firstOf(account); slot >= 0; slot = heldBy.nextOf(slot)) yield slot;
    } else {
      const { table } = this;
      for (let slot = table.next(0); slot >= 0; slot = table.next(slot + 1)) yield slot;
    }
  }
}

/** NaN where the position has no value; nothing where holding less takes no reading back. */
function partOf(value: number, { measure, sense, value: reading }: Reading): number {
  if (measure === LimitMeasure.Net) {
    const isDown = sense === LimitSense.Absolute ? reading < 0 : sense === LimitSense.Below;
    return isDown ? -value : value;
  }
  if (!isLowerBound({ measure, sense })) return 0;
  return measure === LimitMeasure.Gross ? Math.abs(value) : measure === LimitMeasure.Long ? value : -value;
}

const larger = (a: Contributor, b: Contributor): number =>
  b.part - a.part || a.account - b.account || a.instrument - b.instrument || a.contract - b.contract;

export interface Cure {
  readonly cureAccount: number | undefined;
  readonly cureInstrument: number | undefined;
  readonly cureQuantity: number;
  readonly cureValue: number;
}

const NO_CURE: Cure = {
  cureAccount: undefined,
  cureInstrument: undefined,
  cureQuantity: Number.NaN,
  cureValue: Number.NaN,
};

const UNITS = 1e9;

/** The part of the largest position that is to be closed, to a billionth of a unit; none where all of it is too little. */
export function cureOf(largest: Contributor | undefined, excess: number): Cure {
  if (!largest || !(excess >= 0) || excess >= largest.part) return NO_CURE;
  const unit = Math.abs(largest.value / largest.quantity);
  const units = (Math.floor((excess / unit) * UNITS) + 1) / UNITS;
  const { account, instrument, quantity } = largest;
  return {
    cureAccount: account,
    cureInstrument: instrument,
    cureQuantity: quantity > 0 ? -units : units,
    cureValue: units * unit,
  };
}
