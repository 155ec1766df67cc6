/**
 * Takes the messages of the ledger one by one: books executions, restates for busts and corrections, and refuses, by a
 * rule with a name, what it cannot take. Nothing is dropped without a refusal.
 */
import { type Fill, FillKind, FillRefusal, type RefusedFill } from '../../schemas/ledger';
import type { Instrument } from '../../schemas/reference';
import { ExecutionState } from '../../schemas/tables';
import { type Executions, type Message, NONE } from './executions';
import type { ForeignFees } from './foreign-fees';
import type { LivePosition } from './live-position';
import type { LivePositions } from './live-positions';
import { outOfRange, refusal } from './refusal';
import type { Restatements } from './restatements';

export interface LedgerLimits {
  /** Executions may be ahead of the task's clock by so much. */
  readonly aheadMicros: number;
  readonly positions: number;
}

export interface LedgerParts {
  readonly executions: Executions;
  readonly positions: LivePositions;
  readonly foreignFees: ForeignFees;
  readonly restatements: Restatements;
}

const NOTHING_REFUSED: readonly RefusedFill[] = [];

export class Ledger {
  private readonly instruments: (Instrument | undefined)[] = [];

  constructor(
    private readonly parts: LedgerParts,
    private readonly limits: LedgerLimits,
  ) {}

  know(instrument: Instrument): void {
    this.instruments[instrument.instrument] = instrument;
  }

  /** Reference data has withdrawn an instrument: what comes for it is refused, what is held stays. */
  forget(instrument: number): void {
    this.instruments[instrument] = undefined;
  }

  /** Takes one message; answers with what was refused, of it or of those that had waited for it. */
  take(fill: Fill, now: number): readonly RefusedFill[] {
    const { executions, positions, restatements } = this.parts;
    const known = executions.find(fill.account, fill.executionId);
    if (known !== NONE) return [duplicateOf(fill, executions.row(known))];
    const wrong = this.wrongAtOnce(fill, now);
    if (wrong) return [wrong];
    if (!positions.makeRoom()) {
      const detail = 'all room for executions is taken by messages that wait for what they refer to';
      return [refusal(fill, FillRefusal.LedgerFull, detail)];
    }
    const message = messageOf(fill, now);
    const refused =
      fill.kind === FillKind.New ? this.book(message, now) : restatements.take(message, NONE, now);
    if (refused) return [refused];
    return restatements.waiting.count === 0 ? NOTHING_REFUSED : restatements.settle(message, now);
  }

  /** What is wrong with the message whatever the ledger holds. */
  private wrongAtOnce(fill: Fill, now: number): RefusedFill | undefined {
    const { kind, instrument, quantity, price, time, refersTo } = fill;
    const because = (reason: FillRefusal, detail: string): RefusedFill => refusal(fill, reason, detail);
    const known = this.instruments[instrument];
    if (!known)
      return because(
        FillRefusal.UnknownInstrument,
        `instrument ${instrument} is not in reference.instruments: send it there, then the fill again`,
      );
    if (kind === FillKind.New && refersTo !== undefined)
      return because(FillRefusal.UnknownExecution, `a new execution refers to "${refersTo}"`);
    if (kind !== FillKind.New && (refersTo === undefined || refersTo === fill.executionId))
      return because(FillRefusal.UnknownExecution, 'it does not say which execution it busts or corrects');
    if (kind === FillKind.Bust) return undefined;
    if (quantity === 0n) return because(FillRefusal.ZeroQuantity, 'an execution of nothing');
    if (known.inverse && price === 0n)
      return because(FillRefusal.OutOfRange, 'an inverse contract has no value at price 0');
    if (time > now + this.limits.aheadMicros)
      return because(FillRefusal.OutOfRange, `it lies ${time - now} microseconds in the future`);
    return undefined;
  }

  private book(message: Message, now: number): RefusedFill | undefined {
    const { executions, positions, foreignFees } = this.parts;
    const { account, instrument } = message;
    const known = positions.get(account, instrument);
    const wrong = this.wrongInPlace(message, known);
    if (wrong) return wrong;
    const position = known ?? positions.candidate(account, instrument, this.instruments[instrument]!);
    const slot = executions.add(message);
    if (!position.book(slot, message)) {
      executions.remove(slot);
      return outOfRange(message);
    }
    if (!known) positions.add(position);
    foreignFees.add(position, message);
    positions.markChanged(position, now);
    return undefined;
  }

  /** What is wrong with an execution as the ledger stands. */
  private wrongInPlace(message: Message, known: LivePosition | undefined): RefusedFill | undefined {
    if (!known) {
      if (this.parts.positions.size < this.limits.positions) return undefined;
      const detail = `there are ${this.limits.positions} positions, the limit`;
      return refusal(message, FillRefusal.LedgerFull, detail);
    }
    if (message.time <= known.foldedUntil) {
      const detail = `executions up to ${known.foldedUntil} are folded and cannot be restated`;
      return refusal(message, FillRefusal.TooOld, detail);
    }
    if (known.isOnTerms(this.instruments[message.instrument]!)) return undefined;
    const detail = 'the position was opened with another currency, multiplier or kind of contract';
    return refusal(message, FillRefusal.InstrumentChanged, detail);
  }
}

function duplicateOf(fill: Fill, known: Message): RefusedFill {
  const isSame =
    known.instrument === fill.instrument && known.kind === fill.kind && known.refersTo === fill.refersTo;
  const detail = isSame
    ? 'this execution id came before'
    : 'this execution id came before, for something else: ids are unique within an account';
  return refusal(fill, FillRefusal.Duplicate, detail);
}

const messageOf = (fill: Fill, now: number): Message => ({
  executionId: fill.executionId,
  account: fill.account,
  instrument: fill.instrument,
  kind: fill.kind,
  state: ExecutionState.Booked,
  refersTo: fill.refersTo,
  quantity: fill.quantity,
  price: fill.price,
  fee: fill.fee,
  feeCurrency: fill.feeCurrency,
  time: fill.time,
  arrived: now,
});
