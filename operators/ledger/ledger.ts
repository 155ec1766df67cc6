/**
 * Takes the messages of the ledger one by one: books executions, restates for busts and corrections, and refuses, by a
 * rule with a name, what it cannot take. Nothing is dropped without a refusal.
 *
 * A bust or correction may come before what it refers to: it waits, for as long as the limits say.
 */
import type { Rows } from '../../runtime/rows';
import { type Fill, FillKind, FillRefusal, type RefusedFill } from '../../schemas/ledger';
import type { Instrument } from '../../schemas/reference';
import { type Execution, ExecutionState, executionKey } from '../../schemas/tables';
import type { ForeignFees } from './foreign-fees';
import type { LivePositions } from './live-positions';
import { refusal } from './refusal';
import { Waiting } from './waiting';

export interface LedgerLimits {
  /** A bust or correction waits so long for what it refers to. */
  readonly patienceMicros: number;
  /** So many may wait at once. */
  readonly waiting: number;
  /** Executions may be ahead of the task's clock by so much. */
  readonly aheadMicros: number;
  readonly positions: number;
}

export class Ledger {
  readonly waiting: Waiting;
  private readonly instruments: (Instrument | undefined)[] = [];

  constructor(
    private readonly executions: Rows<Execution>,
    private readonly positions: LivePositions,
    private readonly foreignFees: ForeignFees,
    private readonly limits: LedgerLimits,
  ) {
    this.waiting = new Waiting(executions.values());
  }

  know(instrument: Instrument): void {
    this.instruments[instrument.instrument] = instrument;
  }

  /** Takes one message; answers with what was refused, of it or of those that had waited for it. */
  take(fill: Fill, now: number): readonly RefusedFill[] {
    if (this.executions.get(executionKey(fill))) return [this.duplicate(fill)];
    const wrong = this.wrongAtOnce(fill, now);
    if (wrong) return [wrong];
    if (!this.positions.makeRoom()) return [refusal(fill, FillRefusal.LedgerFull, TOO_MANY_WAIT)];
    const message = executionOf(fill, now);
    const refused = fill.kind === FillKind.New ? this.book(message, now) : this.restate(message, now);
    if (refused) return [refused];
    return this.waiting.count === 0 ? NONE : this.settle(message, now);
  }

  /** Gives up on messages that have waited too long. */
  giveUp(now: number): readonly RefusedFill[] {
    return this.waiting.takeUntil(now - this.limits.patienceMicros).map((message) => {
      this.executions.delete(executionKey(message));
      const position = this.positions.get(message.account, message.instrument);
      const hasFolded = position !== undefined && Number.isFinite(position.foldedUntil);
      const reason = hasFolded ? FillRefusal.TooOld : FillRefusal.UnknownExecution;
      const older = hasFolded ? ', or it is older than what can be restated' : '';
      return refusal(message, reason, `execution "${message.refersTo}" has not come${older}`);
    });
  }

  private duplicate(fill: Fill): RefusedFill {
    const known = this.executions.get(executionKey(fill))!;
    const isSame =
      known.instrument === fill.instrument && known.kind === fill.kind && known.refersTo === fill.refersTo;
    const detail = isSame
      ? 'this execution id came before'
      : 'this execution id came before, for something else';
    return refusal(fill, FillRefusal.Duplicate, detail);
  }

  /** What is wrong with the message whatever the ledger holds. */
  private wrongAtOnce(fill: Fill, now: number): RefusedFill | undefined {
    const { kind, instrument, quantity, price, time, refersTo } = fill;
    const known = this.instruments[instrument];
    if (!known)
      return refusal(
        fill,
        FillRefusal.UnknownInstrument,
        `instrument ${instrument} is not in reference.instruments`,
      );
    if (kind === FillKind.New && refersTo !== undefined)
      return refusal(fill, FillRefusal.UnknownExecution, `a new execution refers to "${refersTo}"`);
    if (kind !== FillKind.New && (refersTo === undefined || refersTo === fill.executionId))
      return refusal(
        fill,
        FillRefusal.UnknownExecution,
        'it does not say which execution it busts or corrects',
      );
    if (kind === FillKind.Bust) return undefined;
    if (quantity === 0n) return refusal(fill, FillRefusal.ZeroQuantity, 'an execution of nothing');
    if (known.inverse && price === 0n)
      return refusal(fill, FillRefusal.OutOfRange, 'an inverse contract has no value at price 0');
    if (time > now + this.limits.aheadMicros)
      return refusal(fill, FillRefusal.OutOfRange, `it lies ${time - now} microseconds in the future`);
    return undefined;
  }

  private book(execution: Execution, now: number): RefusedFill | undefined {
    const { account, instrument, time } = execution;
    const terms = this.instruments[instrument]!;
    const known = this.positions.get(account, instrument);
    if (known && time <= known.foldedUntil) {
      const detail = `executions up to ${known.foldedUntil} are folded and cannot be restated`;
      return refusal(execution, FillRefusal.TooOld, detail);
    }
    if (known && !known.isOnTerms(terms)) {
      const detail = 'the position was opened with another currency, multiplier or kind of contract';
      return refusal(execution, FillRefusal.InstrumentChanged, detail);
    }
    if (!known && this.positions.size >= this.limits.positions)
      return refusal(
        execution,
        FillRefusal.LedgerFull,
        `there are ${this.limits.positions} positions, the limit`,
      );
    const position = known ?? this.positions.candidate(account, instrument, terms);
    if (!position.book(execution)) return outOfRange(execution);
    if (!known) this.positions.add(position);
    this.executions.set(execution);
    this.foreignFees.add(position, execution);
    this.positions.markChanged(position, now);
    return undefined;
  }

  /** Busts or corrects what the message refers to, or lets it wait for that. */
  private restate(message: Execution, now: number): RefusedFill | undefined {
    const target = this.targetOf(message);
    if (!target) return this.wait(message);
    if (target.instrument !== message.instrument)
      return refusal(
        message,
        FillRefusal.WrongInstrument,
        `"${message.refersTo}" is of instrument ${target.instrument}`,
      );
    if (target.kind === FillKind.Bust)
      return refusal(message, FillRefusal.UnknownExecution, `"${message.refersTo}" is itself a bust`);
    if (target.state === ExecutionState.Busted)
      return refusal(message, FillRefusal.AlreadyBusted, `"${message.refersTo}" was busted before`);
    const position = this.positions.get(target.account, target.instrument)!;
    const restated = restatedBy(message, target);
    if (!position.restate(restated)) return outOfRange(message);
    this.executions.set(restated);
    this.foreignFees.subtract(position, target);
    this.foreignFees.add(position, restated);
    const note = { ...message, state: ExecutionState.Applied, time: target.time };
    this.executions.set(note);
    position.note(note);
    this.positions.markChanged(position, now);
    return undefined;
  }

  private wait(message: Execution): RefusedFill | undefined {
    if (this.waiting.count >= this.limits.waiting) {
      const detail = `execution "${message.refersTo}" has not come, and no more messages can wait`;
      return refusal(message, FillRefusal.UnknownExecution, detail);
    }
    const waiting = { ...message, state: ExecutionState.Waiting };
    this.executions.set(waiting);
    this.waiting.add(waiting);
    return undefined;
  }

  /** Tries again what had waited for this message, and what had waited for those, always the first to have come. */
  private settle(message: Execution, now: number): readonly RefusedFill[] {
    const refusals: RefusedFill[] = [];
    let ready = this.waiting.inOrderOfArrival(this.waiting.takeFor(message));
    for (let next = ready.shift(); next; next = ready.shift()) {
      const refused = this.restate(next, now);
      const key = executionKey(next);
      if (refused) {
        refusals.push(refused);
        this.executions.delete(key);
      }
      if (this.executions.get(key)?.state === ExecutionState.Waiting) continue;
      this.waiting.done(next);
      if (!refused) ready = this.waiting.inOrderOfArrival([...ready, ...this.waiting.takeFor(next)]);
    }
    return refusals;
  }

  /** The execution that a message is about in the end: a correction stands for what it corrects. */
  private targetOf({ account, refersTo }: Execution): Execution | undefined {
    let executionId = refersTo;
    for (let hops = 0; hops < CORRECTIONS_MAX && executionId !== undefined; hops += 1) {
      const found = this.executions.get(executionKey({ account, executionId }));
      if (found?.kind !== FillKind.Correct) return found;
      executionId = found.refersTo;
    }
    return undefined;
  }
}

const NONE: readonly RefusedFill[] = [];
/** Corrections of corrections are followed so far; also the end of those that refer to one another in a ring. */
const CORRECTIONS_MAX = 64;
const TOO_MANY_WAIT = 'all room for executions is taken by messages that wait for what they refer to';

const outOfRange = (message: Execution): RefusedFill =>
  refusal(message, FillRefusal.OutOfRange, 'the position would not fit its decimals: split it over accounts');

function restatedBy(message: Execution, target: Execution): Execution {
  if (message.kind === FillKind.Bust) return { ...target, state: ExecutionState.Busted };
  const { quantity, price, fee, feeCurrency } = message;
  return { ...target, quantity, price, fee, feeCurrency };
}

// All fields in one order, so that all executions are objects of one shape.
function executionOf(fill: Fill, now: number): Execution {
  return {
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
  };
}
