/**
 * The ledger from scratch: all messages so far are gone through again, with nothing kept in between. Imports nothing of
 * operators/ or runtime/, and goes the other way round: each fill is cut into what closes and what opens, and what is
 * rounded is the cost that is kept back, in floor division.
 */
import type { Fill, Position } from '../../schemas/ledger';
import type { Instrument } from '../../schemas/reference';

const ONE = 10n ** 9n;

type Verdict =
  | 'applied'
  | 'waits'
  | 'Duplicate'
  | 'UnknownInstrument'
  | 'UnknownExecution'
  | 'AlreadyBusted'
  | 'ZeroQuantity'
  | 'WrongInstrument';

export interface Told {
  readonly fill: Fill;
  readonly verdict: Verdict;
}

interface Believed {
  readonly fill: Fill;
  readonly place: number;
  quantity: bigint;
  price: bigint;
  fee: bigint;
  feeCurrency: string;
  busted: boolean;
}

export class LedgerOracle {
  readonly told: Told[] = [];
  private readonly executions: Believed[] = [];
  private readonly restatements: Fill[] = [];
  private waiting: Fill[] = [];

  constructor(private readonly instruments: readonly Instrument[]) {}

  /** `isKnown` says whether reference data has told of an instrument by now. */
  take(fill: Fill, isKnown: (instrument: number) => boolean): void {
    const verdict = this.judge(fill, isKnown);
    if (verdict === 'waits') this.waiting.push(fill);
    else this.told.push({ fill, verdict });
    // The earliest message that can go on goes first, and then all are asked again.
    for (let next = this.nextReady(); next; next = this.nextReady()) {
      this.waiting = this.waiting.filter((other) => other !== next);
      this.told.push({ fill: next, verdict: this.restate(next) });
    }
  }

  stillWaiting(): readonly Fill[] {
    return this.waiting;
  }

  positions(): readonly Position[] {
    const keys = [...new Set(this.executions.map(({ fill }) => `${fill.account}/${fill.instrument}`))];
    return keys.map((key) => this.position(key));
  }

  private judge(fill: Fill, isKnown: (instrument: number) => boolean): Verdict {
    const isSame = (other: Fill): boolean =>
      other.account === fill.account && other.executionId === fill.executionId;
    const earlier = [...this.executions.map((one) => one.fill), ...this.restatements, ...this.waiting];
    if (earlier.some(isSame)) return 'Duplicate';
    if (!isKnown(fill.instrument)) return 'UnknownInstrument';
    const isNew = fill.kind === 0;
    if (isNew !== (fill.refersTo === undefined) || fill.refersTo === fill.executionId)
      return 'UnknownExecution';
    if (fill.kind !== 1 && fill.quantity === 0n) return 'ZeroQuantity';
    if (!isNew) return this.restate(fill);
    const { quantity, price, fee, feeCurrency } = fill;
    const place = this.executions.length;
    this.executions.push({ fill, place, quantity, price, fee, feeCurrency, busted: false });
    return 'applied';
  }

  private nextReady(): Fill | undefined {
    return this.waiting.find((fill) => this.subjectOf(fill) !== undefined);
  }

  private restate(fill: Fill): Verdict {
    const subject = this.subjectOf(fill);
    if (subject === undefined) return 'waits';
    if (subject === 'a bust') {
      const id = this.rootOf(fill);
      const bust = this.all(fill.account).find((one) => one.executionId === id)!;
      return bust.instrument === fill.instrument ? 'UnknownExecution' : 'WrongInstrument';
    }
    if (subject.fill.instrument !== fill.instrument) return 'WrongInstrument';
    if (subject.busted) return 'AlreadyBusted';
    this.restatements.push(fill);
    if (fill.kind === 1) subject.busted = true;
    else {
      const { quantity, price, fee, feeCurrency } = fill;
      Object.assign(subject, { quantity, price, fee, feeCurrency });
    }
    return 'applied';
  }

  /** What a message is about in the end; undefined while that has not come. */
  private subjectOf(fill: Fill): Believed | 'a bust' | undefined {
    const id = this.rootOf(fill);
    const found = this.executions.find(
      (one) => one.fill.account === fill.account && one.fill.executionId === id,
    );
    if (found) return found;
    return this.all(fill.account).some((one) => one.executionId === id && one.kind === 1)
      ? 'a bust'
      : undefined;
  }

  private rootOf({ account, refersTo }: Fill): string | undefined {
    let id = refersTo;
    const passed = new Set<string | undefined>();
    for (;;) {
      // One that waits itself stands for nothing yet.
      const correction = this.restatements.find(
        (one) => one.account === account && one.executionId === id && one.kind === 2,
      );
      if (!correction) return id;
      if (passed.has(id)) return undefined;
      passed.add(id);
      id = correction.refersTo;
    }
  }

  private all(account: number): readonly Fill[] {
    return [...this.restatements, ...this.waiting].filter((one) => one.account === account);
  }

  private position(key: string): Position {
    const mine = this.executions.filter(({ fill }) => `${fill.account}/${fill.instrument}` === key);
    const { account, instrument } = mine[0]!.fill;
    const { currency, multiplier, inverse } = this.instruments.find((one) => one.instrument === instrument)!;
    const sorted = [...mine].sort((a, b) => a.fill.time - b.fill.time || a.place - b.place);
    const start: Position = {
      account,
      instrument,
      currency,
      multiplier,
      inverse,
      quantity: 0n,
      cost: 0n,
      realisedPnl: 0n,
      fees: 0n,
      bought: 0n,
      sold: 0n,
      fills: 0,
      time: 0,
    };
    return sorted.filter(({ busted }) => !busted).reduce(after, start);
  }
}

function after(before: Position, { fill, quantity, price, fee, feeCurrency }: Believed): Position {
  const { multiplier, inverse } = before;
  const worth = (amount: bigint): bigint =>
    inverse
      ? half(-amount * multiplier * ONE * sign(price), size(price))
      : half(amount * price * multiplier, ONE);
  const closes = before.quantity * quantity < 0n;
  const closing = !closes ? 0n : size(quantity) < size(before.quantity) ? -quantity : before.quantity;
  const left = before.quantity - closing;
  const released =
    closing === 0n
      ? 0n
      : left === 0n
        ? before.cost
        : half(before.cost * size(closing), size(before.quantity));
  const opening = quantity + closing;
  const own = feeCurrency === before.currency ? fee : 0n;
  return {
    ...before,
    quantity: left + opening,
    cost: before.cost - released + worth(opening),
    realisedPnl: before.realisedPnl + worth(closing) - released - own,
    fees: before.fees + own,
    bought: before.bought + (quantity > 0n ? quantity * ONE : 0n),
    sold: before.sold + (quantity < 0n ? -quantity * ONE : 0n),
    fills: before.fills + 1,
    time: fill.time,
  };
}

const size = (value: bigint): bigint => (value < 0n ? -value : value);
const sign = (value: bigint): bigint => (value < 0n ? -1n : 1n);

/** `numerator / denominator` for a positive denominator, rounded half to even by way of the floor. */
function half(numerator: bigint, denominator: bigint): bigint {
  const floor = (numerator - (((numerator % denominator) + denominator) % denominator)) / denominator;
  const rest = 2n * (numerator - floor * denominator);
  return rest > denominator || (rest === denominator && floor % 2n !== 0n) ? floor + 1n : floor;
}
