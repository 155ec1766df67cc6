/**
 * The ledger from scratch, after the rules that a desk would tell: all messages so far are gone through again, with
 * nothing kept in between. Imports nothing of operators/ or runtime/, and goes the other way round: each fill is cut
 * into what closes and what opens, and what is rounded is what is left over in floor division.
 */
import type { Fill, Position } from '../../schemas/ledger';
import type { Instrument } from '../../schemas/reference';
import { fifoOf } from './fifo-oracle';

const ONE = 10n ** 9n;
const KIND = { New: 0, Bust: 1, Correct: 2, Transfer: 3, Split: 4, Dividend: 5, Funding: 6, Expiry: 7 };

type Verdict =
  | 'applied'
  | 'waits'
  | 'Duplicate'
  | 'EconomicDifference'
  | 'Superseded'
  | 'UnknownInstrument'
  | 'UnknownExecution'
  | 'AlreadyBusted'
  | 'OutOfRange'
  | 'ZeroQuantity';

export interface Told {
  readonly fill: Fill;
  readonly verdict: Verdict;
}

/** What a correction says, and where it stands among others of the same execution. */
interface Ruling {
  readonly fill: Fill;
  readonly version: number;
  readonly time: number;
  readonly depth: number;
}

interface Believed {
  readonly fill: Fill;
  readonly place: number;
  readonly rulings: Ruling[];
  busted: boolean;
}

const isRestatement = ({ kind }: Fill): boolean => kind === KIND.Bust || kind === KIND.Correct;
const source = (fill: Fill): string =>
  `${fill.broker === undefined ? `venue ${fill.venue}` : `broker ${fill.broker}`}/${fill.account}/${fill.instrument}`;
const own = (fill: Fill): string => `${source(fill)}/${fill.tradingDay ?? ''}/${fill.executionId}`;
const referred = (fill: Fill): string =>
  `${source(fill)}/${fill.refersToDay ?? fill.tradingDay ?? ''}/${fill.refersTo}`;
const economics = ({ kind, refersTo, quantity, price, fee, feeCurrency }: Fill): string =>
  [kind, refersTo, quantity, price, fee, feeCurrency].join(' ');

export class LedgerOracle {
  readonly told: Told[] = [];
  private readonly executions: Believed[] = [];
  /** Busts and corrections that came and were neither refused nor wait, superseded ones too. */
  private readonly restatements = new Map<string, Ruling>();
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

  positions(): readonly Omit<Position, 'knownAt'>[] {
    const keys = [...new Set(this.executions.map(({ fill }) => `${fill.account}/${fill.instrument}`))];
    return keys.map((key) => this.position(key));
  }

  /** What counts of each position, as corrected, in order of time, then arrival. */
  counting(): readonly (readonly Fill[])[] {
    return this.positions().map(({ account, instrument }) =>
      this.executions
        .filter(({ fill, busted }) => fill.account === account && fill.instrument === instrument && !busted)
        .sort((a, b) => a.fill.time - b.fill.time || a.place - b.place)
        .map(asCounted),
    );
  }

  private judge(fill: Fill, isKnown: (instrument: number) => boolean): Verdict {
    const earlier = [
      ...this.executions.map((one) => one.fill),
      ...[...this.restatements.values()].map((one) => one.fill),
      ...this.waiting,
    ].find((other) => own(other) === own(fill));
    if (earlier) return economics(earlier) === economics(fill) ? 'Duplicate' : 'EconomicDifference';
    if (!isKnown(fill.instrument)) return 'UnknownInstrument';
    if (isRestatement(fill) !== (fill.refersTo !== undefined) || fill.refersTo === fill.executionId)
      return 'UnknownExecution';
    if (isRestatement(fill)) return this.restate(fill);
    const wrong = amountOf(fill.kind, fill);
    if (wrong) return wrong;
    this.executions.push({ fill, place: this.executions.length, rulings: [], busted: false });
    return 'applied';
  }

  private nextReady(): Fill | undefined {
    return this.waiting.find((fill) => this.subjectOf(fill) !== undefined);
  }

  private restate(fill: Fill): Verdict {
    const found = this.subjectOf(fill);
    if (found === undefined) return 'waits';
    if (found === 'a bust') return 'UnknownExecution';
    const { subject, parent } = found;
    if (subject.busted) return 'AlreadyBusted';
    const wrong = fill.kind === KIND.Correct ? amountOf(subject.fill.kind, fill) : undefined;
    if (wrong) return wrong;
    const ruling: Ruling = {
      fill,
      version: Math.max(fill.version, parent?.version ?? 0),
      time: Math.max(fill.time, parent?.time ?? 0),
      depth: (parent?.depth ?? 0) + 1,
    };
    this.restatements.set(own(fill), ruling);
    if (fill.kind === KIND.Bust) {
      subject.busted = true;
      return 'applied';
    }
    const counts = inForce(subject);
    subject.rulings.push(ruling);
    return counts && isLater(counts, ruling) ? 'Superseded' : 'applied';
  }

  /** What a message is about in the end, and the correction it refers to; undefined while that has not come. */
  private subjectOf(
    fill: Fill,
  ): { readonly subject: Believed; readonly parent: Ruling | undefined } | 'a bust' | undefined {
    const parent = this.restatements.get(referred(fill));
    const passed = new Set<string>();
    let key = referred(fill);
    for (let one = parent; one !== undefined; one = this.restatements.get(key)) {
      if (one.fill.kind === KIND.Bust) return 'a bust';
      if (passed.has(key)) return undefined;
      passed.add(key);
      key = referred(one.fill);
    }
    const subject = this.executions.find((one) => own(one.fill) === key);
    return subject && { subject, parent };
  }

  private position(key: string): Omit<Position, 'knownAt'> {
    const mine = this.executions.filter(({ fill }) => `${fill.account}/${fill.instrument}` === key);
    const { account, instrument } = mine[0]!.fill;
    const terms = this.instruments.find((one) => one.instrument === instrument)!;
    const { currency, multiplier, inverse } = terms;
    const sorted = [...mine].sort((a, b) => a.fill.time - b.fill.time || a.place - b.place);
    const start: Omit<Position, 'knownAt'> = {
      account,
      instrument,
      contract: 0,
      markedFrom: 0,
      markedUntil: 0,
      currency,
      multiplier,
      inverse,
      quantity: 0n,
      cost: 0n,
      realisedPnl: 0n,
      fees: 0n,
      coinFees: 0n,
      income: 0n,
      transferred: 0n,
      fifoCost: 0n,
      fifoRealisedPnl: 0n,
      referenceVersion: 0,
      lots: 0,
      bought: 0n,
      sold: 0n,
      fills: 0,
      since: 0,
      time: 0,
    };
    const counting = sorted.filter(({ busted }) => !busted);
    // Of what is all busted, the last that ever was says when.
    if (counting.length === 0) return { ...start, time: sorted.at(-1)!.fill.time };
    const fills = counting.map(asCounted);
    return {
      ...counting.reduce((before, one) => after(before, one, terms.base), start),
      ...fifoOf(fills, terms, terms.base),
      since: fills[0]!.time,
    };
  }
}

/** What is wrong with the amounts that an execution of some kind is told, or corrected, to have. */
function amountOf(kind: number, { quantity, price }: Fill): Verdict | undefined {
  if ((kind === KIND.New || kind === KIND.Transfer) && quantity === 0n) return 'ZeroQuantity';
  return kind === KIND.Split && price <= 0n ? 'OutOfRange' : undefined;
}

function inForce({ rulings }: Believed): Ruling | undefined {
  return rulings.reduce<Ruling | undefined>(
    (latest, one) => (latest && isLater(latest, one) ? latest : one),
    undefined,
  );
}

/** Whether `a` counts rather than `b`: by version, then time, then which refers to which, then id. */
function isLater(a: Ruling, b: Ruling): boolean {
  if (a.version !== b.version) return a.version > b.version;
  if (a.time !== b.time) return a.time > b.time;
  if (a.depth !== b.depth) return a.depth > b.depth;
  return a.fill.executionId > b.fill.executionId;
}

/** As corrected. */
const asCounted = (one: Believed): Fill => ({
  ...(inForce(one)?.fill ?? one.fill),
  kind: one.fill.kind,
  time: one.fill.time,
});

type State = Omit<Position, 'knownAt'>;

function after(before: State, believed: Believed, base: string | undefined): State {
  const { fill } = believed;
  const { quantity, price, fee, feeCurrency } = inForce(believed)?.fill ?? fill;
  const { multiplier, inverse } = before;
  const worth = (amount: bigint): bigint =>
    inverse
      ? half(-amount * multiplier * ONE * sign(price), size(price))
      : half(amount * price * multiplier, ONE);
  const counted = { ...before, fills: before.fills + 1, time: fill.time };
  const paid = feeCurrency === before.currency ? fee : 0n;
  const charged = { ...counted, fees: before.fees + paid, realisedPnl: before.realisedPnl - paid };
  const coins = base !== undefined && feeCurrency === base ? fee / ONE : 0n;
  switch (fill.kind) {
    case KIND.Split:
      return { ...charged, quantity: half(before.quantity * price, ONE) };
    case KIND.Dividend: {
      const received = half(before.quantity * price * multiplier, ONE);
      return {
        ...charged,
        realisedPnl: charged.realisedPnl + received,
        income: before.income + received,
      };
    }
    case KIND.Funding:
      return {
        ...counted,
        realisedPnl: before.realisedPnl - paid,
        income: before.income - paid,
      };
    case KIND.Expiry:
      return moved(charged, -before.quantity, worth(-before.quantity));
    case KIND.Transfer: {
      const carried = moved(charged, quantity, worth(quantity));
      // Whatever it made in realised P&L is taken back: it left at cost. Coins kept on the way are lost for nothing.
      const left = {
        ...carried,
        coinFees: before.coinFees + coins,
        realisedPnl: charged.realisedPnl,
        transferred: before.transferred + carried.cost - before.cost,
      };
      return moved(left, -coins, 0n);
    }
    default: {
      const traded = {
        ...charged,
        coinFees: before.coinFees + coins,
        bought: before.bought + (quantity > 0n ? quantity * ONE : 0n),
        sold: before.sold + (quantity < 0n ? -quantity * ONE : 0n),
      };
      return coins === 0n ? trade(traded, quantity, worth) : moved(traded, quantity - coins, worth(quantity));
    }
  }
}

/** What closes and what opens are each worth their own, rounded by themselves. */
function trade(state: State, quantity: bigint, worth: (amount: bigint) => bigint): State {
  const held = state.quantity;
  if (held * quantity >= 0n || size(quantity) <= size(held)) return moved(state, quantity, worth(quantity));
  const opening = held + quantity;
  return moved(moved(state, -held, worth(-held)), opening, worth(opening));
}

/** A change of quantity for an amount of money, of the same sign: what it closes takes its share of the money. */
function moved(state: State, change: bigint, money: bigint): State {
  if (change === 0n) return { ...state, realisedPnl: state.realisedPnl - money };
  const held = state.quantity;
  const closes = held * change < 0n;
  const closing = closes ? (size(change) < size(held) ? size(change) : size(held)) : 0n;
  const left = held + sign(change) * closing;
  const opening = change - sign(change) * closing;
  const moneyClosing = opening === 0n ? money : half(money * closing, size(change));
  const released = closing === 0n ? 0n : left === 0n ? state.cost : half(state.cost * closing, size(held));
  return {
    ...state,
    quantity: left + opening,
    cost: state.cost - released + (money - moneyClosing),
    realisedPnl: state.realisedPnl - moneyClosing - released,
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
