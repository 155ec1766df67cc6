/**
 * Takes the messages of the ledger one by one: books executions, restates for busts and corrections, and refuses, by a
 * rule with a name, what it cannot take. Nothing is dropped without a refusal.
 */
import {
  type Fill,
  FillRefusal,
  type LateFill,
  LateFillStatus,
  type RefusedFill,
} from '../../schemas/ledger';
import { ExecutionState } from '../../schemas/tables';
import { type Contracts, hasSameMoney } from './contracts';
import { economicsForPeople, economicsText, hasSameEconomics } from './economics';
import { type Executions, type Message, NONE } from './executions';
import { type Exercises, isExercise } from './exercises';
import { type ChargedFee, type ForeignFees, paysElsewhere } from './foreign-fees';
import type { LateFills } from './late-fills';
import type { LivePosition, Terms } from './live-position';
import type { LivePositions } from './live-positions';
import { outOfRange, refusal } from './refusal';
import type { RememberedIds } from './remembered-ids';
import type { Restatements } from './restatements';
import { isRestatement, wrongByItself } from './wrong-by-itself';

export interface LedgerLimits {
  /** Executions may be ahead of the task's clock by so much. */
  readonly aheadMicros: number;
  readonly positions: number;
}

export interface LedgerParts {
  readonly contracts: Contracts;
  readonly executions: Executions;
  readonly positions: LivePositions;
  readonly foreignFees: ForeignFees;
  readonly remembered: RememberedIds;
  readonly restatements: Restatements;
  readonly late: LateFills;
  readonly exercises: Exercises;
}

const NOTHING_REFUSED: readonly RefusedFill[] = [];

export class Ledger {
  constructor(
    private readonly parts: LedgerParts,
    private readonly limits: LedgerLimits,
  ) {}

  /** Takes one message; answers with what was refused, of it or of those that had waited for it. */
  take(fill: Fill, now: number): readonly RefusedFill[] {
    const { restatements, positions } = this.parts;
    const again = this.cameBefore(fill);
    if (again) return [again];
    const wrong = wrongByItself(fill, this.parts.contracts, now + this.limits.aheadMicros);
    if (wrong) return [wrong];
    if (!positions.makeRoom()) return [this.late(fill, FillRefusal.LedgerFull, NO_ROOM)];
    const terms = isRestatement(fill) ? undefined : this.termsFor(fill);
    if (typeof terms === 'string') return [refusal(fill, FillRefusal.InstrumentChanged, terms)];
    const refused = terms
      ? this.bookWhole(fill, terms, now)
      : restatements.take(restatementOf(fill, now), NONE, now);
    const isKept = refused === undefined || refused.reason === FillRefusal.Superseded;
    const settled =
      !isKept || restatements.waiting.count === 0 ? NOTHING_REFUSED : restatements.settle(fill, now);
    return refused ? [refused, ...settled] : settled;
  }

  /** Books a fill that came too late as if it had been executed at `time`, on the contract of its own time. */
  bookFrom(fill: Fill, time: number, now: number): RefusedFill | undefined {
    const { positions } = this.parts;
    const wrong = wrongByItself(fill, this.parts.contracts, now + this.limits.aheadMicros);
    if (wrong) return wrong;
    if (!positions.makeRoom()) return refusal(fill, FillRefusal.LedgerFull, NO_ROOM);
    const terms = this.termsFor(fill);
    if (typeof terms === 'string') return refusal(fill, FillRefusal.InstrumentChanged, terms);
    const own = positions.get(fill.account, fill.instrument, terms.contract);
    const underlying = this.parts.exercises.underlyingOf(fill);
    const delivered = underlying === undefined ? undefined : positions.latest(fill.account, underlying);
    const isFolded = [own, delivered].some((position) => position && position.foldedUntil >= time);
    const booked = { ...fill, time: isFolded ? now : time };
    return this.bookWhole(booked, terms, now);
  }

  private bookWhole(fill: Fill, terms: Terms, now: number): RefusedFill | undefined {
    return isExercise(fill) ? this.exercise(fill, terms, now) : this.book(fill, terms, now);
  }

  /** Books an exercise with what it delivers, or neither. */
  private exercise(fill: Fill, terms: Terms, now: number): RefusedFill | undefined {
    const { exercises, positions, executions, restatements } = this.parts;
    const leg = exercises.optionLeg(fill);
    if (typeof leg === 'string') return refusal(fill, FillRefusal.NotExercisable, leg);
    const wrong = this.wrongInPlace(fill, positions.get(fill.account, fill.instrument, terms.contract));
    if (wrong) return wrong;
    const option = { ...fill, ...leg };
    const delivery = exercises.delivery({ ...option, contract: terms.contract });
    if (typeof delivery === 'string') return refusal(fill, FillRefusal.NotExercisable, delivery);
    if (delivery) {
      const undelivered = this.deliver(delivery, fill, now);
      if (undelivered) return undelivered;
    }
    const refused = this.book(option, terms, now);
    if (refused && delivery) restatements.drop(executions.find(delivery), now);
    if (refused) return refused;
    const slot = executions.find(fill);
    executions.replace(slot, { ...executions.row(slot), firstTold: economicsText(fill) });
    return undefined;
  }

  /** Books what an exercise delivers; what is refused is the exercise. */
  private deliver(delivery: Fill, exercise: Fill, now: number): RefusedFill | undefined {
    const terms = this.termsFor(delivery);
    if (typeof terms === 'string') return refusal(exercise, FillRefusal.InstrumentChanged, terms);
    const known = this.parts.positions.get(delivery.account, delivery.instrument, terms.contract);
    const wrong = this.wrongInPlace(exercise, known) ?? this.book(delivery, terms, now);
    return wrong && refusal(exercise, wrong.reason, `what it delivers: ${wrong.detail}`);
  }

  /** Whether the id is known already, within the horizon or long after. */
  private cameBefore(fill: Fill): RefusedFill | undefined {
    const { executions, remembered, late } = this.parts;
    const settled = late.settled(fill);
    if (settled) return cameSettled(fill, settled);
    const slot = executions.find(fill);
    if (slot !== NONE) {
      const known = executions.row(slot);
      const isSame =
        known.kind === fill.kind &&
        known.refersTo === fill.refersTo &&
        (known.firstTold === undefined
          ? hasSameEconomics(known, fill)
          : known.firstTold === economicsText(fill));
      if (isSame) return refusal(fill, FillRefusal.Duplicate, 'this execution id came before');
      const detail = `this execution id came before as ${economicsForPeople(known)}, now as ${economicsForPeople(fill)}`;
      return refusal(fill, FillRefusal.EconomicDifference, `${detail}: one of the two is wrong`);
    }
    const found = remembered.find(fill);
    if (found === undefined) return undefined;
    if (found === 'same')
      return refusal(
        fill,
        FillRefusal.Duplicate,
        'this execution id came before, longer ago than the horizon',
      );
    const detail = `this execution id came before, longer ago than the horizon, with another quantity, price or fee than ${economicsForPeople(fill)}`;
    return refusal(fill, FillRefusal.EconomicDifference, detail);
  }

  private book(fill: Fill, terms: Terms, now: number): RefusedFill | undefined {
    const { executions, positions, foreignFees } = this.parts;
    const { account, instrument } = fill;
    const known = positions.get(account, instrument, terms.contract);
    const wrong = this.wrongInPlace(fill, known);
    if (wrong) return wrong;
    const position = known ?? positions.candidate(account, instrument, terms);
    const isForeign = paysElsewhere(fill, position);
    if (isForeign && !foreignFees.hasRoomFor(position, bookedFeeOf(fill))) return outOfRange(fill);
    const slot = executions.book(fill, { contract: terms.contract, arrived: now });
    if (!position.book(slot, fill)) {
      executions.remove(slot);
      return outOfRange(fill);
    }
    if (!known) positions.add(position);
    if (isForeign) foreignFees.add(position, bookedFeeOf(fill));
    positions.markChanged(position, now);
    return undefined;
  }

  /** The contract that an execution is on: what an account still holds on another one comes first. */
  private termsFor({
    account,
    instrument,
    time,
  }: Pick<Fill, 'account' | 'instrument' | 'time'>): Terms | string {
    const terms = this.parts.contracts.at(instrument, time)!;
    const { positions } = this.parts;
    for (let held = positions.latest(account, instrument); held; held = positions.before(held)) {
      if (held.terms.contract === terms.contract) continue;
      // What is held on terms that hold only later has nothing to do with it: it is late.
      if (this.parts.contracts.get(instrument, held.terms.contract).validFrom > time) continue;
      if (time <= held.time && terms.validFrom === 0) return held.terms;
      if (held.isFlat) continue;
      if (hasSameMoney(held.terms, terms)) return held.terms;
      return `the position was opened with currency ${held.terms.currency} and other terms, and is not flat: close it under those terms first, or mend reference.instruments`;
    }
    return terms;
  }

  /** What is wrong with an execution as the ledger stands. */
  private wrongInPlace(fill: Fill, known: LivePosition | undefined): RefusedFill | undefined {
    if (!known) {
      if (this.parts.positions.size < this.limits.positions) return undefined;
      const detail = `there are ${this.limits.positions} positions, the limit`;
      return this.late(fill, FillRefusal.LedgerFull, detail);
    }
    if (fill.time > known.foldedUntil) return undefined;
    const detail = `executions up to ${known.foldedUntil} are folded and cannot be restated: see ledger.late_fills`;
    return this.late(fill, FillRefusal.TooOld, detail);
  }

  private late(fill: Fill, reason: FillRefusal, detail: string): RefusedFill {
    this.parts.late.tell(fill, { status: LateFillStatus.Open, detail });
    return refusal(fill, reason, detail);
  }
}

const NO_ROOM = 'all room for executions is taken by messages that wait for what they refer to';

function cameSettled(fill: Fill, settled: LateFill): RefusedFill {
  const isSame = settled.kind === fill.kind && hasSameEconomics(settled, fill);
  if (isSame)
    return refusal(fill, FillRefusal.Duplicate, `it came before, and was settled: ${settled.detail}`);
  const detail = `this execution id came before as ${economicsForPeople(settled)}, now as ${economicsForPeople(fill)}`;
  return refusal(fill, FillRefusal.EconomicDifference, `${detail}: one of the two is wrong`);
}

const bookedFeeOf = ({ kind, fee, feeCurrency, time }: Fill): ChargedFee => ({
  kind,
  fee,
  feeCurrency,
  time,
  state: ExecutionState.Booked,
});

/** A bust or correction as it is kept: its contract is that of what it refers to. */
const restatementOf = (fill: Fill, now: number): Message => ({
  ...fill,
  state: ExecutionState.Booked,
  contract: 0,
  arrived: now,
  asOf: 0,
  depth: 0,
  restatedBy: undefined,
  firstTold: undefined,
});
