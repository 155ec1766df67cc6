/**
 * Exercise and assignment: one event that closes so many contracts of an option and settles them. In cash, they close at
 * what they are worth where the price is that of the underlying. Physically, they close at nothing, and the underlying is
 * bought or sold at the strike: the premium is what the option made, the underlying costs the strike.
 *
 * What is delivered is an execution in the underlying that follows from the exercise: what restates that restates it.
 */
import { type Fill, FillKind } from '../../schemas/ledger';
import { type Instrument, InstrumentKind, OptionRight, SettlementKind } from '../../schemas/reference';
import { type Execution, ExecutionState } from '../../schemas/tables';
import type { Contracts } from './contracts';
import type { Message } from './executions';
import type { Identified } from './identity';

export const isExercise = ({ kind }: Pick<Fill, 'kind'>): boolean =>
  kind === FillKind.Exercise || kind === FillKind.Assignment;

/** Quantity: by how much the position changes. Price: for what each contract closes. */
type OptionLeg = Pick<Fill, 'quantity' | 'price'>;
/** An option's leg, on one of its contracts. */
type Leg = Fill & Pick<Message, 'contract'>;
type Told = Pick<Fill, 'kind' | 'instrument' | 'time' | 'quantity' | 'price'>;
type Option = Instrument & { readonly strike: bigint };

export class Exercises {
  constructor(private readonly contracts: Contracts) {}

  /** What becomes of the option, or what is wrong. */
  optionLeg({ kind, instrument, time, quantity, price }: Told): OptionLeg | string {
    const option = this.optionAt(instrument, time);
    if (typeof option === 'string') return option;
    if (quantity < 0n) return 'the quantity says how many contracts, and is never below zero';
    const { right, strike, settlement } = option;
    const gain = right === OptionRight.Call ? price - strike : strike - price;
    return {
      quantity: kind === FillKind.Exercise ? -quantity : quantity,
      price: settlement === SettlementKind.Cash && gain > 0n ? gain : 0n,
    };
  }

  /** What is delivered for an option's leg, undefined where it settles in cash, or what is wrong. */
  delivery(leg: Leg): Fill | string | undefined {
    const option = this.optionAt(leg.instrument, leg.time);
    if (typeof option === 'string') return option;
    if (option.settlement !== SettlementKind.Physical) return undefined;
    const { underlying, right, strike } = option;
    const terms = underlying === undefined ? undefined : this.contracts.at(underlying, leg.time);
    if (underlying === undefined || !terms || this.contracts.faultOf(underlying) !== undefined)
      return `its underlying is not in reference.instruments, or not as it should be: nothing can be delivered`;
    if (this.contracts.endedBefore(underlying, leg.time) !== undefined)
      return `its underlying, instrument ${underlying}, had ended before: nothing can be delivered`;
    const units = leg.quantity * this.contracts.get(leg.instrument, leg.contract).multiplier;
    if (units % terms.multiplier !== 0n)
      return `by its multiplier and that of its underlying, instrument ${underlying}, it delivers a part finer than 10⁻⁹`;
    const quantity = (units / terms.multiplier) * (right === OptionRight.Call ? -1n : 1n);
    return {
      ...deliveryOf(leg, underlying),
      kind: FillKind.Delivery,
      refersTo: undefined,
      refersToDay: undefined,
      version: 0,
      quantity,
      price: strike,
      fee: 0n,
      feeCurrency: terms.currency,
      time: leg.time,
    };
  }

  /** By what the delivery of an exercise that was booked is known; undefined where nothing is delivered. */
  deliveryOf(leg: Leg): Identified | undefined {
    if (!isExercise(leg)) return undefined;
    const option = this.optionAt(leg.instrument, leg.time);
    if (typeof option === 'string' || option.settlement !== SettlementKind.Physical) return undefined;
    return option.underlying === undefined ? undefined : deliveryOf(leg, option.underlying);
  }

  /** What an exercise may deliver. */
  underlyingOf(fill: Fill): number | undefined {
    return isExercise(fill) ? this.contracts.listedAt(fill.instrument, fill.time)?.underlying : undefined;
  }

  private optionAt(instrument: number, time: number): Option | string {
    const row = this.contracts.listedAt(instrument, time);
    if (row?.kind !== InstrumentKind.Option || row.right === OptionRight.None || row.strike === undefined)
      return `instrument ${instrument} is no option with a right and a strike`;
    if (row.inverse) return 'an inverse option is not exercised here: send what it paid as an Expiry';
    if (row.settlement === SettlementKind.None) return 'its settlement is not told, in cash or physical';
    return row as Option;
  }
}

const deliveryOf = (leg: Fill, underlying: number): Identified => ({
  account: leg.account,
  venue: leg.venue,
  broker: leg.broker,
  tradingDay: leg.tradingDay,
  instrument: underlying,
  executionId: `${leg.executionId}/delivery`,
});

/** The delivery as it follows from its exercise, in the place that it has. */
export const deliveredAs = (
  before: Execution,
  { quantity, price }: OptionLeg,
  { state }: Execution,
): Execution => (state === ExecutionState.Busted ? { ...before, state } : { ...before, quantity, price });
