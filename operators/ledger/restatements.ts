/**
 * Busts and corrections: each restates the execution it refers to, in its place in time. One may come before what it
 * refers to; then it waits. Of several corrections of an execution the latest version counts, not the last to come;
 * a bust is final.
 */
import { FillKind, FillRefusal, LateFillStatus, type RefusedFill } from '../../schemas/ledger';
import { type Execution, ExecutionState } from '../../schemas/tables';
import { isLater, rankInForce, rankOf } from './correction-order';
import { economicsText } from './economics';
import { type Executions, type Message, NONE } from './executions';
import { deliveredAs, type Exercises, isExercise } from './exercises';
import type { ForeignFees } from './foreign-fees';
import { type Identified, referred } from './identity';
import type { LateFills } from './late-fills';
import type { LivePositions } from './live-positions';
import { outOfRange, refusal } from './refusal';
import type { RememberedIds } from './remembered-ids';
import { inOrderOfArrival, Waiting } from './waiting';
import { wrongAmount } from './wrong-by-itself';

export interface WaitingLimits {
  /** A bust or correction waits so long for what it refers to before somebody is told. It goes on waiting. */
  readonly patienceMicros: number;
  /** So many may wait at once. */
  readonly waiting: number;
}

/** Corrections of corrections are followed so far; also the end of those that refer to one another in a ring. */
const CORRECTIONS_MAX = 64;

interface Parts {
  readonly executions: Executions;
  readonly positions: LivePositions;
  readonly foreignFees: ForeignFees;
  readonly remembered: RememberedIds;
  readonly late: LateFills;
  readonly exercises: Exercises;
}

export class Restatements {
  readonly waiting: Waiting;

  constructor(
    private readonly parts: Parts,
    private readonly limits: WaitingLimits,
  ) {
    this.waiting = new Waiting(parts.executions, (message) => parts.late.isTold(message));
  }

  /** Restates what the message refers to, or lets it wait for that. `slot` is where it is kept already, or -1. */
  take(message: Message, slot: number, now: number): RefusedFill | undefined {
    const target = this.targetOf(message);
    if (target === NONE) return this.wait(message, slot);
    const before = this.parts.executions.row(target);
    const wrong = wrongWith(message, before);
    if (wrong) return wrong;
    const rank = rankOf(message, this.parentOf(message));
    const { version, asOf, depth } = rank;
    const { contract, time } = before;
    const note = { ...message, state: ExecutionState.Applied, contract, time, version, asOf, depth };
    const inForce = rankInForce(before);
    const position = this.parts.positions.of(before);
    if (message.kind === FillKind.Correct && inForce && isLater(inForce, rank)) {
      // Kept, since others may correct it in turn.
      position.note(this.keep(note, slot));
      const detail = `"${before.restatedBy}" is a later correction of the same execution, and stands`;
      return refusal(message, FillRefusal.Superseded, detail);
    }
    const told = this.toldBy(message, before);
    if (typeof told === 'string') return refusal(message, FillRefusal.NotExercisable, told);
    const refused = this.restateWhole(target, restatedBy(told, before, rank), message, now);
    if (refused) return refused;
    position.note(this.keep(note, slot));
    return undefined;
  }

  /** Tries again what had waited for this message, and what had waited for those, always the first to have come. */
  settle(message: Identified, now: number): readonly RefusedFill[] {
    const { executions, late } = this.parts;
    const refusals: RefusedFill[] = [];
    let ready = inOrderOfArrival(this.waiting.takeFor(message));
    for (let next = ready.shift(); next; next = ready.shift()) {
      const slot = executions.find(next);
      const refused = this.take(next, slot, now);
      if (refused) refusals.push(refused);
      const isKept = !refused || refused.reason === FillRefusal.Superseded;
      if (!isKept) executions.remove(slot);
      const waitsAgain = isKept && executions.state[slot] === ExecutionState.Waiting;
      if (waitsAgain) continue;
      this.waiting.done(next);
      if (refused)
        late.settle(next, {
          status: isKept ? LateFillStatus.Discarded : LateFillStatus.Open,
          detail: `refused in the end: ${refused.detail}`,
        });
      else late.settle(next, { status: LateFillStatus.Booked, detail: 'what it refers to has come' });
      if (isKept) ready = inOrderOfArrival([...ready, ...this.waiting.takeFor(next)]);
    }
    return refusals;
  }

  /** Tells of messages that have waited longer than their patience; they go on waiting. */
  tell(now: number): void {
    for (const message of this.waiting.takeImpatient(now - this.limits.patienceMicros)) {
      const detail = `execution "${message.refersTo}" has not come: this is applied if it does`;
      this.parts.late.tell(message, { status: LateFillStatus.Waiting, detail });
    }
  }

  /** Gives up on messages that have waited since `time` or before. */
  giveUp(time: number): readonly RefusedFill[] {
    return this.waiting.takeUntil(time).map((message) => {
      const { executions, late } = this.parts;
      executions.remove(executions.find(message));
      const detail = `execution "${message.refersTo}" has not come, or it is older than what can be restated`;
      late.tell(message, { status: LateFillStatus.Open, detail });
      return refusal(message, FillRefusal.UnknownExecution, detail);
    });
  }

  /** An execution that a person decided shall not count: as if it had been busted. */
  drop(slot: number, now: number): RefusedFill | undefined {
    const before = this.parts.executions.row(slot);
    return this.restateWhole(slot, { ...before, state: ExecutionState.Busted }, before, now);
  }

  /** A message that a person decided shall wait no longer. */
  dropWaiting(message: Execution): undefined {
    this.waiting.take(message);
    this.parts.executions.remove(this.parts.executions.find(message));
  }

  /** A correction of an exercise says how many contracts, and the price of the underlying. */
  private toldBy(message: Message, target: Execution): Message | string {
    if (message.kind === FillKind.Bust || !isExercise(target)) return message;
    const { kind, instrument, time } = target;
    const leg = this.parts.exercises.optionLeg({ ...message, kind, instrument, time });
    return typeof leg === 'string' ? leg : { ...message, ...leg };
  }

  /** Restates an execution with what it delivered, if anything, or neither. */
  private restateWhole(
    target: number,
    restated: Execution,
    message: Message,
    now: number,
  ): RefusedFill | undefined {
    const { executions, positions, exercises, late } = this.parts;
    const identity = exercises.deliveryOf(restated);
    const slot = identity ? executions.find(identity) : NONE;
    const delivered = slot === NONE ? undefined : executions.row(slot);
    if (identity && !delivered) {
      const detail = 'what the exercise delivered is older than what can be restated: see ledger.late_fills';
      late.tell(message, { status: LateFillStatus.Open, detail });
      return refusal(message, FillRefusal.TooOld, detail);
    }
    if (delivered) {
      const delivery = exercises.delivery(restated);
      if (!delivery || typeof delivery === 'string')
        return refusal(message, FillRefusal.NotExercisable, delivery ?? 'it delivers nothing any more');
      const refused = this.restate(slot, deliveredAs(delivered, delivery, restated), message);
      if (refused) return refused;
    }
    const refused = this.restate(target, restated, message);
    if (refused && delivered) this.restate(slot, delivered, message);
    if (refused) return refused;
    positions.markChanged(positions.of(restated), now);
    if (delivered) positions.markChanged(positions.of(delivered), now);
    return undefined;
  }

  private restate(target: number, restated: Execution, message: Message): RefusedFill | undefined {
    const { executions, foreignFees } = this.parts;
    const before = executions.row(target);
    const position = this.parts.positions.of(before);
    if (position.isInverse && restated.price === 0n) return outOfRange(message);
    if (!foreignFees.hasRoomFor(position, restated, before)) return outOfRange(message);
    executions.replace(target, restated);
    if (!position.restate(target)) {
      executions.replace(target, before);
      position.restate(target);
      return outOfRange(message);
    }
    foreignFees.subtract(position, before);
    foreignFees.add(position, restated);
    return undefined;
  }

  private wait(message: Message, slot: number): RefusedFill | undefined {
    const target = referred(message);
    if (this.parts.remembered.has(target)) {
      const detail = `execution "${message.refersTo}" is older than what can be restated: see ledger.late_fills`;
      this.parts.late.tell(message, { status: LateFillStatus.Open, detail });
      return refusal(message, FillRefusal.TooOld, detail);
    }
    if (slot === NONE && this.waiting.count >= this.limits.waiting) {
      const detail = `execution "${message.refersTo}" has not come, and no more messages can wait`;
      this.parts.late.tell(message, { status: LateFillStatus.Open, detail });
      return refusal(message, FillRefusal.UnknownExecution, detail);
    }
    const kept = this.keep({ ...message, state: ExecutionState.Waiting }, slot);
    this.waiting.add(this.parts.executions.row(kept));
    return undefined;
  }

  private keep(message: Message, slot: number): number {
    const { executions } = this.parts;
    if (slot === NONE) return executions.add(message);
    executions.replace(slot, message);
    return slot;
  }

  /** The correction that a message refers to, where it is not the execution itself. */
  private parentOf(message: Message): Execution | undefined {
    const { executions } = this.parts;
    const row = executions.row(executions.find(referred(message)));
    return row.kind === FillKind.Correct ? row : undefined;
  }

  /** The slot of the execution that a message is about in the end, or -1 while that has not come. */
  private targetOf(message: Message): number {
    const { executions } = this.parts;
    let next = referred(message);
    for (let hops = 0; hops < CORRECTIONS_MAX; hops += 1) {
      const slot = executions.find(next);
      if (slot === NONE) return NONE;
      // One that waits itself stands for nothing yet.
      if (executions.state[slot] === ExecutionState.Waiting) return NONE;
      if (executions.kind[slot] !== FillKind.Correct) return slot;
      next = referred(executions.row(slot));
    }
    return NONE;
  }
}

function wrongWith(message: Message, { kind, state }: Execution): RefusedFill | undefined {
  const target = `"${message.refersTo}"`;
  if (kind === FillKind.Delivery)
    return refusal(message, FillRefusal.NotExercisable, `${target} follows from its exercise: restate that`);
  if (kind === FillKind.Bust)
    return refusal(message, FillRefusal.UnknownExecution, `${target} is itself a bust`);
  if (state === ExecutionState.Busted)
    return refusal(message, FillRefusal.AlreadyBusted, `${target} was busted before`);
  if (message.kind === FillKind.Bust) return undefined;
  // It says what its execution is to be, so it may say what such an execution may.
  const { quantity, price } = message;
  const wrong = wrongAmount({ kind, quantity, price });
  return wrong && refusal(message, ...wrong);
}

function restatedBy(message: Message, target: Execution, rank: ReturnType<typeof rankOf>): Execution {
  if (message.kind === FillKind.Bust) return { ...target, state: ExecutionState.Busted };
  const { quantity, price, fee, feeCurrency } = message;
  const { version, asOf, depth, id } = rank;
  const firstTold = target.firstTold ?? economicsText(target);
  return { ...target, quantity, price, fee, feeCurrency, version, asOf, depth, restatedBy: id, firstTold };
}
