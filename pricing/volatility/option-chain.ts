/**
 * From a chain of option prices to the slices of a surface: forward by parity, out-of-the-money volatilities, quotes
 * that cannot be used named with their reason.
 *
 * European chains need nothing but their prices. American chains are made European first: each price is inverted under
 * the American model to a volatility, and parity is taken between the European prices at those volatilities, again
 * until the forward stands (three rounds suffice, because the premium near the money depends little on the forward).
 */
import { brentRoot } from '../math/roots';
import { juZhongPrice } from '../models/american-quadratic';
import { blackScholesPrice, type LognormalMarket, type Right, type VanillaTerms } from '../models/black';
import { impliedBlackVolatility } from '../models/implied-volatility';
import { type ImpliedForward, impliedForward } from './implied-forward';
import type { SliceInput, VolatilityQuote } from './svi-surface';

export interface ChainQuote {
  readonly label: string;
  /** Years. */
  readonly expiry: number;
  readonly strike: number;
  readonly right: Right;
  /** Mid price, undiscounted units of the chain's currency. */
  readonly price: number;
}

export interface ChainSettings {
  readonly style: 'european' | 'american';
  /** The underlying's price and the rate: needed for American chains, and fix the discount factor where given. */
  readonly spot?: number;
  readonly rate?: number;
  /** Cheaper options are left out: their volatility is mostly tick size. */
  readonly priceMin: number;
  /** Quotes beyond this many standard deviations from the forward are left out. */
  readonly reach?: number;
}

export interface SkippedQuote {
  readonly label: string;
  readonly strike?: number;
  readonly right?: Right;
  readonly reason:
    | 'price-below-minimum'
    | 'price-outside-bounds'
    | 'beyond-reach'
    | 'far-from-neighbours'
    | 'price-rises-outward'
    | 'forward-not-implied'
    | 'too-few-quotes';
}

export interface ChainSlices {
  readonly slices: readonly SliceInput[];
  readonly forwards: readonly (ImpliedForward & { readonly label: string })[];
  readonly skipped: readonly SkippedQuote[];
}

const VOLATILITY_MIN = 1e-3;
const VOLATILITY_MAX = 8;
/** Far below any quote's precision, and few steps of an American model. */
const VOLATILITY_TOLERANCE = 1e-8;
/** Largest distance from the median of seven neighbouring strikes, as a fraction of it. */
const ODD_MAX = 0.25;

/** The volatility at which `price` is met, NaN when no volatility meets it. */
function invert(priceAt: (volatility: number) => number, price: number): number {
  if (!(priceAt(VOLATILITY_MIN) < price && price < priceAt(VOLATILITY_MAX))) return Number.NaN;
  return brentRoot((v) => priceAt(v) - price, {
    low: VOLATILITY_MIN,
    high: VOLATILITY_MAX,
    tolerance: VOLATILITY_TOLERANCE,
  });
}

/** The European price that belongs to an American one; NaN where the American price is all intrinsic. */
function europeanPrice(quote: ChainQuote, market: Omit<LognormalMarket, 'volatility'>): number {
  const terms: VanillaTerms = { right: quote.right, strike: quote.strike, time: quote.expiry };
  const volatility = invert((v) => juZhongPrice(terms, { ...market, volatility: v }), quote.price);
  return blackScholesPrice(terms, { ...market, volatility });
}

const pairsOf = (quotes: readonly ChainQuote[]) => {
  const puts = new Map(quotes.filter((q) => q.right === 'put').map((q) => [q.strike, q.price]));
  return quotes
    .filter((q) => q.right === 'call' && puts.has(q.strike))
    .map((q) => ({ strike: q.strike, call: q.price, put: puts.get(q.strike)! }));
};

interface European {
  readonly quotes: readonly ChainQuote[];
  readonly forward: ImpliedForward | undefined;
}

function europeanised(quotes: readonly ChainQuote[], settings: ChainSettings): European {
  const { rate, spot, style } = settings;
  const expiry = quotes[0]!.expiry;
  const discount = rate === undefined ? undefined : Math.exp(-rate * expiry);
  let forward = impliedForward(pairsOf(quotes), discount);
  if (style === 'european') return { quotes, forward };
  if (rate === undefined || spot === undefined) {
    throw new RangeError('an American chain needs the rate and the spot of its underlying');
  }
  const european = (q: ChainQuote, f: ImpliedForward): ChainQuote => {
    const dividend = rate - Math.log(f.forward / spot) / expiry;
    return { ...q, price: europeanPrice(q, { spot, rate, dividend }) };
  };
  // Parity needs the pairs around the forward alone, and inverting an American model is what costs here.
  const near = quotes
    .filter((q) => Math.abs(Math.log(q.strike / spot)) < 0.5)
    .sort((a, b) => Math.abs(a.strike - spot) - Math.abs(b.strike - spot))
    .slice(0, 60);
  for (let round = 0; round < 3 && forward; round++) {
    const f: ImpliedForward = forward;
    const pairs = pairsOf(near.map((q) => european(q, f)));
    forward = impliedForward(
      pairs.filter(({ call, put }) => Number.isFinite(call - put)),
      discount,
    );
  }
  if (!forward) return { quotes, forward };
  const final = forward;
  const outside = quotes.filter((q) => (q.right === 'call') === q.strike >= final.forward);
  return { quotes: outside.map((q) => european(q, final)), forward };
}

/**
 * Options that cost well over a nearer one: the price of a contract that was never adjusted for a split, or a stale
 * trade. Half as much again is left to noise.
 */
function risingOutward(outside: readonly ChainQuote[], forward: number): ReadonlySet<ChainQuote> {
  const odd = new Set<ChainQuote>();
  for (const right of ['call', 'put'] as const) {
    let lowest = Number.POSITIVE_INFINITY;
    const side = outside.filter((q) => q.right === right && Number.isFinite(q.price));
    for (const q of side.sort((a, b) => Math.abs(a.strike - forward) - Math.abs(b.strike - forward))) {
      if (q.price > 1.5 * lowest) odd.add(q);
      lowest = Math.min(lowest, q.price);
    }
  }
  return odd;
}

/** Volatilities of the out-of-the-money side, calls from the forward up, puts below it. */
function smileOf(
  quotes: readonly ChainQuote[],
  forward: ImpliedForward,
  settings: ChainSettings,
  skipped: SkippedQuote[],
): readonly VolatilityQuote[] {
  const outside = quotes.filter((q) => (q.right === 'call') === q.strike >= forward.forward);
  const rising = risingOutward(outside, forward.forward);
  const found: VolatilityQuote[] = [];
  for (const q of outside.sort((a, b) => a.strike - b.strike)) {
    const skip = (reason: SkippedQuote['reason']): void => {
      skipped.push({ label: q.label, strike: q.strike, right: q.right, reason });
    };
    if (q.price < settings.priceMin) {
      skip('price-below-minimum');
      continue;
    }
    if (rising.has(q)) {
      skip('price-rises-outward');
      continue;
    }
    const volatility = impliedBlackVolatility({
      right: q.right,
      price: q.price,
      forward: forward.forward,
      strike: q.strike,
      discount: forward.discount,
      time: q.expiry,
    });
    if (volatility.ok) found.push({ strike: q.strike, volatility: volatility.value });
    else skip('price-outside-bounds');
  }
  const near = nearest(found, forward.forward)?.volatility ?? 0;
  const far = (settings.reach ?? 6) * near * Math.sqrt(quotes[0]?.expiry ?? 0);
  return found.filter(({ strike, volatility }, i) => {
    const around = found.slice(Math.max(0, i - 3), i + 4).map((q) => q.volatility);
    const usual = around.sort((a, b) => a - b)[around.length >> 1]!;
    const { label } = quotes[0]!;
    const within = Math.abs(Math.log(strike / forward.forward)) <= far;
    // A last trade of another day shows as a volatility that none of its neighbours has.
    const alike = Math.abs(volatility - usual) <= ODD_MAX * usual;
    if (!within) skipped.push({ label, strike, reason: 'beyond-reach' });
    else if (!alike) skipped.push({ label, strike, reason: 'far-from-neighbours' });
    return within && alike;
  });
}

const nearest = (list: readonly VolatilityQuote[], strike: number): VolatilityQuote | undefined =>
  list.reduce<VolatilityQuote | undefined>(
    (a, b) => (a && Math.abs(a.strike - strike) <= Math.abs(b.strike - strike) ? a : b),
    undefined,
  );

/** One slice for each expiry that has a forward and five usable quotes; everything left out is named. */
export function chainSlices(quotes: readonly ChainQuote[], settings: ChainSettings): ChainSlices {
  const skipped: SkippedQuote[] = [];
  const slices: SliceInput[] = [];
  const forwards: (ImpliedForward & { readonly label: string })[] = [];
  const byLabel = new Map<string, ChainQuote[]>();
  for (const quote of quotes) {
    const list = byLabel.get(quote.label);
    if (list) list.push(quote);
    else byLabel.set(quote.label, [quote]);
  }
  for (const [label, list] of byLabel) {
    const { quotes: european, forward } = europeanised(list, settings);
    if (!forward) {
      skipped.push({ label, reason: 'forward-not-implied' });
      continue;
    }
    const smile = smileOf(european, forward, settings, skipped);
    if (smile.length < 5) {
      skipped.push({ label, reason: 'too-few-quotes' });
      continue;
    }
    forwards.push({ label, ...forward });
    slices.push({ label, expiry: list[0]!.expiry, forward: forward.forward, quotes: smile });
  }
  return { slices, forwards, skipped };
}
