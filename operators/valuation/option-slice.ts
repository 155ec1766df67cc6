/**
 * Carry and volatilities of the options of one underlying and expiry, from their marks: a pure function, so that a slice
 * has no past.
 *
 * A spot's forward is what put and call prices say of each other, where three strikes have both and options are European;
 * else it is that of a flat rate. What has two good sides has its own volatility; the others that of a smile through
 * those, where there are five. Volatilities of American options are by Ju and Zhong's approximation.
 */
import { brentRoot } from '../../pricing/math/roots';
import { juZhongPrice } from '../../pricing/models/american-quadratic';
import { impliedBlackVolatility } from '../../pricing/models/implied-volatility';
import {
  type ImpliedForward,
  impliedForward,
  type ParityPair,
} from '../../pricing/volatility/implied-forward';
import type { SviParameters } from '../../pricing/volatility/svi';
import { sviVariance } from '../../pricing/volatility/svi';
import { fitSvi } from '../../pricing/volatility/svi-fit';
import type { OptionTerms } from './option-terms';

export interface SliceQuote {
  readonly terms: OptionTerms;
  /** Middle of two good sides; NaN where there are none. */
  readonly price: number;
}

export interface SliceInputs {
  readonly quotes: readonly SliceQuote[];
  /** Mark of the underlying; NaN where there is none. */
  readonly mark: number;
  readonly years: number;
  /** Continuous, decimal a year. */
  readonly flatRate: number;
}

export interface SlicePoint {
  /** NaN where there is none. */
  readonly volatility: number;
  readonly isQuoted: boolean;
}

export interface Slice {
  readonly forward: number;
  readonly rate: number;
  readonly yield: number;
  /** Whether the forward is that of a flat rate. */
  readonly isFlat: boolean;
  /** One for each quote, in their order. */
  readonly points: readonly SlicePoint[];
}

const SMILE_QUOTES_MIN = 5;
const PAIRS_MIN = 3;
const VOLATILITY_MIN = 1e-3;
const VOLATILITY_MAX = 8;
const NO_POINT: SlicePoint = { volatility: Number.NaN, isQuoted: false };

export function sliceOf(inputs: SliceInputs): Slice {
  const { quotes, mark, years } = inputs;
  if (!(mark > 0 && years > 0))
    return {
      forward: Number.NaN,
      rate: inputs.flatRate,
      yield: 0,
      isFlat: true,
      points: quotes.map(() => NO_POINT),
    };
  const carry = carryOf(inputs);
  const own = quotes.map((quote) => ownVolatility(quote, carry, inputs));
  const needsSmile = own.some((volatility) => Number.isNaN(volatility));
  const smile = needsSmile ? smileOf(quotes, own, carry.forward, years) : undefined;
  const points = quotes.map(({ terms: { strike } }, index): SlicePoint => {
    const volatility = own[index]!;
    if (!Number.isNaN(volatility)) return { volatility, isQuoted: true };
    const variance = smile ? sviVariance(smile, Math.log(strike / carry.forward)) : Number.NaN;
    return { volatility: Math.sqrt(variance / years), isQuoted: false };
  });
  return { ...carry, points };
}

type Carry = Omit<Slice, 'points'>;

/** A rate this far from the flat one is noise of few or short quotes: then the flat one discounts. */
const RATE_NOISE = 0.15;

function impliedCarry(
  pairs: readonly ParityPair[],
  years: number,
  flatRate: number,
): ImpliedForward | undefined {
  if (pairs.length < PAIRS_MIN) return undefined;
  const implied = impliedForward(pairs);
  const isSound = implied && Math.abs(-Math.log(implied.discount) / years - flatRate) <= RATE_NOISE;
  return isSound ? implied : impliedForward(pairs, Math.exp(-flatRate * years));
}

function carryOf({ quotes, mark, years, flatRate }: SliceInputs): Carry {
  const { on } = quotes[0]!.terms;
  if (on === 'coin') return { forward: mark, rate: 0, yield: 0, isFlat: false };
  if (on === 'future') return { forward: mark, rate: flatRate, yield: 0, isFlat: false };
  const implied = impliedCarry(pairsOf(quotes), years, flatRate);
  if (!implied) return { forward: mark * Math.exp(flatRate * years), rate: flatRate, yield: 0, isFlat: true };
  const rate = -Math.log(implied.discount) / years;
  return {
    forward: implied.forward,
    rate,
    yield: rate - Math.log(implied.forward / mark) / years,
    isFlat: false,
  };
}

/** Strikes with a price of each right; none where options are American: parity does not hold of them. */
function pairsOf(quotes: readonly SliceQuote[]): readonly ParityPair[] {
  const puts = new Map<number, number>();
  for (const { terms, price } of quotes)
    if (terms.right === 'put' && terms.exercise === 'european') puts.set(terms.strike, price);
  return quotes.flatMap(({ terms: { right, strike }, price }) => {
    const put = puts.get(strike);
    const isPair = right === 'call' && put !== undefined && !Number.isNaN(price + put);
    return isPair ? [{ strike, call: price, put }] : [];
  });
}

function ownVolatility({ terms, price }: SliceQuote, carry: Carry, { mark, years }: SliceInputs): number {
  if (!(price > 0)) return Number.NaN;
  const { right, strike, on, exercise } = terms;
  const isEarly = exercise === 'american' && on !== 'coin';
  if (isEarly) return americanVolatility(terms, price, { ...carry, mark, years });
  const implied = impliedBlackVolatility({
    right,
    price: on === 'coin' ? price * carry.forward : price,
    forward: carry.forward,
    strike,
    discount: Math.exp(-carry.rate * years),
    time: years,
  });
  return implied.ok ? implied.value : Number.NaN;
}

function americanVolatility(
  { right, strike, on }: OptionTerms,
  price: number,
  { rate, yield: carried, mark, years }: Carry & { readonly mark: number; readonly years: number },
): number {
  const dividend = on === 'future' ? rate : carried;
  const priceAt = (volatility: number): number =>
    juZhongPrice({ right, strike, time: years }, { spot: mark, rate, dividend, volatility });
  const isWithin = priceAt(VOLATILITY_MIN) < price && price < priceAt(VOLATILITY_MAX);
  if (!isWithin) return Number.NaN;
  return brentRoot((volatility) => priceAt(volatility) - price, {
    low: VOLATILITY_MIN,
    high: VOLATILITY_MAX,
    tolerance: 1e-8,
  });
}

/** Through the volatilities of what is out of the money, where there are enough. */
function smileOf(
  quotes: readonly SliceQuote[],
  own: readonly number[],
  forward: number,
  years: number,
): SviParameters | undefined {
  const smile = quotes.flatMap(({ terms: { right, strike } }, index) => {
    const isOutside = (right === 'call') === strike >= forward;
    return isOutside && !Number.isNaN(own[index]!)
      ? [{ k: Math.log(strike / forward), volatility: own[index]! }]
      : [];
  });
  smile.sort((a, b) => a.k - b.k);
  return smile.length < SMILE_QUOTES_MIN ? undefined : fitSvi({ quotes: smile, expiry: years }).parameters;
}
