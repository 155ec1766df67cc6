/**
 * Busts and corrections: each restates the execution it refers to, in its place in time. One may come before what it
 * refers to; then it waits, for as long as the limits say. A correction stands for what it corrects, once it is applied.
 */
import { FillKind, FillRefusal, type RefusedFill } from '../../schemas/ledger';
import { type Execution, ExecutionState } from '../../schemas/tables';
import { type Executions, type Message, NONE } from './executions';
import type { ForeignFees } from './foreign-fees';
import type { LivePositions } from './live-positions';
import { outOfRange, refusal } from './refusal';
import { inOrderOfArrival, Waiting } from './waiting';

export interface WaitingLimits {
  /** A bust or correction waits so long for what it refers to. */
  readonly patienceMicros: number;
  /** So many may wait at once. */
  readonly waiting: number;
}

/** Corrections of corrections are followed so far; also the end of those that refer to one another in a ring. */
const CORRECTIONS_MAX = 64;

export class Restatements {
  readonly waiting: Waiting;

  constructor(
    private readonly executions: Executions,
    private readonly positions: LivePositions,
    private readonly foreignFees: ForeignFees,
    private readonly limits: WaitingLimits,
  ) {
    this.waiting = new Waiting(executions);
  }

  /** Restates what the message refers to, or lets it wait for that. `slot` is where it is kept already, or -1. */
  take(message: Message, slot: number, now: number): RefusedFill | undefined {
    const target = this.targetOf(message);
    if (target === NONE) return this.wait(message, slot);
    const before = this.executions.row(target);
    const wrong = this.wrongWith(message, before);
    if (wrong) return wrong;
    const position = this.positions.get(before.account, before.instrument)!;
    const restated = restatedBy(message, before);
    if (position.isInverse && restated.price === 0n) return outOfRange(message);
    this.executions.replace(target, restated);
    if (!position.restate(target)) {
      this.executions.replace(target, before);
      position.restate(target);
      return outOfRange(message);
    }
    this.foreignFees.subtract(position, before);
    this.foreignFees.add(position, restated);
    position.note(this.keep({ ...message, state: ExecutionState.Applied, time: before.time }, slot));
    this.positions.markChanged(position, now);
    return undefined;
  }

  /** Tries again what had waited for this message, and what had waited for those, always the first to have come. */
  settle(message: Message, now: number): readonly RefusedFill[] {
    const refusals: RefusedFill[] = [];
    let ready = inOrderOfArrival(this.waiting.takeFor(message));
    for (let next = ready.shift(); next; next = ready.shift()) {
      const slot = this.executions.find(next.account, next.executionId);
      const refused = this.take(next, slot, now);
      if (refused) {
        refusals.push(refused);
        this.executions.remove(slot);
      }
      const waitsAgain = !refused && this.executions.state[slot] === ExecutionState.Waiting;
      if (waitsAgain) continue;
      this.waiting.done(next);
      if (!refused) ready = inOrderOfArrival([...ready, ...this.waiting.takeFor(next)]);
    }
    return refusals;
  }

  /** Gives up on messages that have waited too long. */
  giveUp(now: number): readonly RefusedFill[] {
    return this.waiting.takeUntil(now - this.limits.patienceMicros).map((message) => {
      this.executions.remove(this.executions.find(message.account, message.executionId));
      const position = this.positions.get(message.account, message.instrument);
      const hasFolded = position !== undefined && Number.isFinite(position.foldedUntil);
      const reason = hasFolded ? FillRefusal.TooOld : FillRefusal.UnknownExecution;
      const older = hasFolded ? ', or it is older than what can be restated' : '';
      return refusal(message, reason, `execution "${message.refersTo}" has not come${older}`);
    });
  }

  private wrongWith(message: Message, { instrument, kind, state }: Execution): RefusedFill | undefined {
    const target = `"${message.refersTo}"`;
    if (instrument !== message.instrument)
      return refusal(message, FillRefusal.WrongInstrument, `${target} is of instrument ${instrument}`);
    if (kind === FillKind.Bust)
      return refusal(message, FillRefusal.UnknownExecution, `${target} is itself a bust`);
    if (state === ExecutionState.Busted)
      return refusal(message, FillRefusal.AlreadyBusted, `${target} was busted before`);
    return undefined;
  }

  private wait(message: Message, slot: number): RefusedFill | undefined {
    if (slot === NONE && this.waiting.count >= this.limits.waiting) {
      const detail = `execution "${message.refersTo}" has not come, and no more messages can wait`;
      return refusal(message, FillRefusal.UnknownExecution, detail);
    }
    const kept = this.keep({ ...message, state: ExecutionState.Waiting }, slot);
    this.waiting.add(this.executions.row(kept));
    return undefined;
  }

  private keep(message: Message, slot: number): number {
    if (slot === NONE) return this.executions.add(message);
    this.executions.replace(slot, message);
    return slot;
  }

  /** The slot of the execution that a message is about in the end, or -1 while that has not come. */
  private targetOf({ account, refersTo }: Message): number {
    let executionId = refersTo;
    for (let hops = 0; hops < CORRECTIONS_MAX && executionId !== undefined; hops += 1) {
      const slot = this.executions.find(account, executionId);
      if (slot === NONE) return NONE;
      const { kind, refersTo: further } = this.executions.row(slot);
      if (kind !== FillKind.Correct) return slot;
      executionId = further;
    }
    return NONE;
  }
}

function restatedBy(message: Message, target: Execution): Execution {
  if (message.kind === FillKind.Bust) return { ...target, state: ExecutionState.Busted };
  const { quantity, price, fee, feeCurrency } = message;
  return { ...target, quantity, price, fee, feeCurrency };
}
