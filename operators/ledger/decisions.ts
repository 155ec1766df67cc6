/**
 * What people decided about late fills. A decision is carried out once: on the row of the queue where the fill lies, or,
 * where it comes first (both are topics of their own, read side by side when state is made anew), on the fill when that
 * comes. Either way the fill counts from the decision on, or never; where it could be booked in its own place after all,
 * it is.
 */
import type { Rows } from '../../runtime/tables/rows';
import {
  type Fill,
  FillKind,
  FillRefusal,
  LateAction,
  type LateFill,
  LateFillStatus,
  type LateResolution,
  type RefusedFill,
} from '../../schemas/ledger';
import { ExecutionState, lateDecisionKey } from '../../schemas/tables';
import { type Executions, NONE } from './executions';
import { referred } from './identity';
import type { LateFills } from './late-fills';
import type { Ledger } from './ledger';
import { refusal } from './refusal';
import type { RememberedIds } from './remembered-ids';
import type { Restatements } from './restatements';

interface Parts {
  readonly ledger: Ledger;
  readonly executions: Executions;
  readonly remembered: RememberedIds;
  readonly restatements: Restatements;
  readonly late: LateFills;
}

export class Decisions {
  constructor(
    /** Those whose fill has not come. */
    private readonly pending: Rows<LateResolution>,
    private readonly parts: Parts,
  ) {}

  /** Takes a fill; a decision may have come before it. Answers with what was refused. */
  takeFill(fill: Fill, now: number): readonly RefusedFill[] {
    const { ledger, late } = this.parts;
    const decision = this.pending.size === 0 ? undefined : this.pending.get(lateDecisionKey(fill));
    if (!decision) return ledger.take(fill, now);
    const status = LateFillStatus.Discarded;
    if (decision.action === LateAction.Discard && late.tell(fill, { status, detail: wordsOf(decision) })) {
      this.pending.delete(lateDecisionKey(fill));
      return [
        refusal(fill, FillRefusal.TooOld, `it came after a person had settled it: ${wordsOf(decision)}`),
      ];
    }
    const refused = ledger.take(fill, now);
    const row = late.get(fill);
    if (row?.status === LateFillStatus.Open) return [...refused, ...this.carryOut(row, decision, now)];
    if (this.parts.executions.find(fill) !== NONE) this.booked(fill, decision, 'booked in its own place');
    return refused;
  }

  /** Takes a decision; answers with a refusal where it cannot be carried out. */
  take(decision: LateResolution, now: number): readonly RefusedFill[] {
    const { executions, late } = this.parts;
    const row = late.get(decision);
    if (row?.status === LateFillStatus.Open) return this.carryOut(row, decision, now);
    if (row && row.status !== LateFillStatus.Waiting)
      return [refused(decision, `it was settled before: ${row.detail}`)];
    const slot = executions.find(decision);
    if (slot !== NONE) return this.onKept(slot, decision, now);
    if (this.parts.remembered.has(decision))
      return [refused(decision, 'it was booked, longer ago than what can be restated, and is not late')];
    const isKnown = this.pending.get(lateDecisionKey(decision)) !== undefined;
    if (isKnown) return [refused(decision, 'it was decided before, and waits for its fill')];
    if (this.pending.isFull)
      return [refused(decision, 'its fill has not come, and no more decisions can wait')];
    this.pending.set(decision);
    return [];
  }

  /** On a fill in the queue. What cannot be carried out leaves it there, and says why. */
  private carryOut(row: LateFill, decision: LateResolution, now: number): readonly RefusedFill[] {
    const { late, ledger } = this.parts;
    this.pending.delete(lateDecisionKey(row));
    if (decision.action === LateAction.Discard) {
      late.settle(row, { status: LateFillStatus.Discarded, detail: wordsOf(decision) });
      return [];
    }
    const fill = this.asTrade(row);
    const wrong = typeof fill === 'string' ? refused(decision, fill) : undefined;
    const answer = wrong ?? ledger.bookFrom(fill as Fill, Math.min(decision.time, now), now);
    if (answer) {
      late.settle(row, {
        status: LateFillStatus.Open,
        detail: `${row.detail.split('; not booked ')[0]}; not booked ${wordsOf(decision)}: ${answer.detail}`,
      });
      return [answer];
    }
    late.settle(row, { status: LateFillStatus.Booked, detail: wordsOf(decision) });
    return [];
  }

  /** What books a late fill as of now: itself, or for a bust what takes its execution back. */
  private asTrade(row: LateFill): Fill | string {
    if (row.kind === FillKind.Correct)
      return 'a correction says what is right, and what was booked is not known any more: send the difference as a fill of its own, and discard this';
    if (row.kind !== FillKind.Bust) return row;
    if (!this.parts.remembered.has(referred(row)))
      return `execution "${row.refersTo}" is not known to have been booked: if it was, send what takes it back as a fill of its own, and discard this`;
    if (row.quantity === 0n)
      return 'the bust does not say how much it takes back: send that as a fill of its own, and discard this';
    const { quantity, fee } = row;
    return { ...row, kind: FillKind.New, refersTo: undefined, quantity: -quantity, fee: -fee };
  }

  /** On a message that the ledger took after all: it waits for what it refers to, or is booked where it belongs. */
  private onKept(slot: number, decision: LateResolution, now: number): readonly RefusedFill[] {
    const { executions, restatements, late } = this.parts;
    const kept = executions.row(slot);
    const isWaiting = kept.state === ExecutionState.Waiting;
    if (decision.action === LateAction.Book) {
      if (isWaiting)
        return [refused(decision, `execution "${kept.refersTo}" has not come: it is applied if that does`)];
      this.booked(kept, decision, 'it had been booked in its own place');
      return [];
    }
    if (!isWaiting && kept.state !== ExecutionState.Booked)
      return [refused(decision, 'it was busted, or has restated another execution, and cannot be discarded')];
    const wrong = isWaiting ? restatements.dropWaiting(kept) : restatements.drop(slot, now);
    if (wrong) return [wrong];
    late.tell(kept, { status: LateFillStatus.Discarded, detail: wordsOf(decision) });
    return [];
  }

  private booked(fill: Fill, decision: LateResolution, how: string): void {
    this.pending.delete(lateDecisionKey(fill));
    const detail = `${wordsOf(decision)}; ${how}`;
    this.parts.late.tell(fill, { status: LateFillStatus.Booked, detail });
  }
}

const refused = (decision: LateResolution, detail: string): RefusedFill =>
  refusal(decision, FillRefusal.NotSettled, `${wordsOf(decision)}: ${detail}`);

const wordsOf = ({ by, why }: LateResolution): string => `by ${by}: ${why}`;
