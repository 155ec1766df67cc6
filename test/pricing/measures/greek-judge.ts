/**
 * Judges every Greek that a valuation carries by central differences of values at two step sizes.
 *
 * A Greek that no rule here knows fails the test: whoever adds a Greek says how it is judged.
 */
import type { Kinded } from '../../../pricing/registry';

type Numbers = Readonly<Record<string, number>>;

/** The Greeks that are a derivative in one number of the model, its order, and that number by its names. */
const BY_INPUT: Readonly<Record<string, readonly [order: 1 | 2, ...names: readonly string[]]>> = {
  delta: [1, 'spot', 'forward'],
  delta1: [1, 'spot1'],
  delta2: [1, 'spot2'],
  gamma: [2, 'spot', 'forward'],
  gamma1: [2, 'spot1'],
  gamma2: [2, 'spot2'],
  vega: [1, 'volatility', 'normalVolatility', 'volatilityAtm'],
  vega1: [1, 'volatility1'],
  vega2: [1, 'volatility2'],
  vega25Put: [1, 'volatility25Put'],
  vega25Call: [1, 'volatility25Call'],
  volga: [2, 'volatility'],
  rho: [1, 'rate'],
  dividendRho: [1, 'dividend'],
  dividendRho1: [1, 'dividend1'],
  dividendRho2: [1, 'dividend2'],
  foreignRho: [1, 'foreignRate'],
  assetRho: [1, 'assetRate'],
  correlationVega: [1, 'correlation'],
  fxVega: [1, 'fxVolatility'],
  intensityRho: [1, 'intensity'],
};
/** Fields of products that count years. */
const TIMES = new Set(['time', 'cover', 'start', 'watchStart', 'watchEnd', 'fixingTimes']);

/** The product with every time, of nested options too, put through `change`. */
export const withTimes = (product: object, change: (time: number) => number): object =>
  Object.fromEntries(
    Object.entries(product).map(([name, field]: [string, unknown]) => {
      if (TIMES.has(name)) return [name, Array.isArray(field) ? field.map(change) : change(field as number)];
      const nested = typeof field === 'object' && field !== null && !Array.isArray(field);
      return [name, nested ? withTimes(field, change) : field];
    }),
  );

const timesOf = (product: object): readonly number[] =>
  Object.entries(product).flatMap(([name, field]: [string, unknown]): readonly number[] => {
    if (TIMES.has(name)) return Array.isArray(field) ? (field as number[]) : [field as number];
    return typeof field === 'object' && field !== null && !Array.isArray(field) ? timesOf(field) : [];
  });

interface Case {
  readonly product: Kinded;
  readonly model: Kinded;
  readonly value: (product: Kinded, model: Kinded) => number;
}

/** A difference over a step of the input's own size times `share`, and that size, by which Greeks become money. */
interface Rule {
  readonly difference: (share: number) => number;
  readonly size: number;
}

const central = (f: (x: number) => number, at: number, h: number): number =>
  (f(at + h) - f(at - h)) / (2 * h);
const bent = (f: (x: number) => number, at: number, h: number): number =>
  (f(at + h) - 2 * f(at) + f(at - h)) / (h * h);

const ofInput = (name: string, { product, model, value }: Case): Rule => {
  const rule = BY_INPUT[name];
  const input = rule?.slice(1).find((key) => String(key) in model) as string | undefined;
  if (!rule || !input) throw new Error(`no rule judges the Greek ${name} under ${model.kind}`);
  const market = model as unknown as Numbers;
  const at = market[input]!;
  const years = Math.max(...timesOf(product), 1e-3);
  const volatility = market['volatility'] ?? market['volatility1'] ?? market['volatilityAtm'] ?? 0.2;
  const price = /^(spot|forward)/.test(input);
  const rateLike = /ate$|dividend|correlation/.test(input);
  // Prices move by their deviation; volatilities by shares of themselves; rates and correlations by hundredths.
  const size = price
    ? Math.max(Math.abs(at), 1e-3) * Math.min(volatility * Math.sqrt(years), 0.5)
    : rateLike
      ? 0.05
      : at;
  const f = (x: number): number => value(product, { ...model, [input]: x } as Kinded);
  const slope = rule[0] === 1 ? central : bent;
  return { difference: (share) => slope(f, at, share * size), size: rule[0] === 1 ? size : size * size };
};

const ofTime = ({ product, model, value }: Case): Rule => {
  const size = Math.min(...timesOf(product).filter((time) => time > 0));
  const f = (elapsed: number): number => value(withTimes(product, (t) => t - elapsed) as Kinded, model);
  return { difference: (share) => central(f, 0, share * size), size };
};

/** Where the average goes on with the price, theta is what the pricing equation leaves: rV − (r − q)SΔ − ½σ²S²Γ. */
const ofAveraging = (valued: Case): Rule => {
  const { spot, rate, dividend, volatility } = valued.model as unknown as Record<
    'spot' | 'rate' | 'dividend' | 'volatility',
    number
  >;
  const [delta, gamma] = [ofInput('delta', valued), ofInput('gamma', valued)];
  const worth = valued.value(valued.product, valued.model);
  return {
    difference: (share) =>
      rate * worth -
      (rate - dividend) * spot * delta.difference(share) -
      0.5 * (volatility * spot) ** 2 * gamma.difference(share),
    size: Math.min(...timesOf(valued.product)),
  };
};

const ofVanna = ({ product, model, value }: Case): Rule => {
  const { spot, volatility } = model as unknown as { readonly spot: number; readonly volatility: number };
  const at = (up: number, more: number): number =>
    value(product, { ...model, spot: spot * (1 + up), volatility: volatility * (1 + more) } as Kinded);
  const size = spot * volatility;
  return {
    difference: (h) => (at(h, h) - at(-h, h) - at(h, -h) + at(-h, -h)) / (4 * h * h * size),
    size,
  };
};

const ofCross = ({ product, model, value }: Case): Rule => {
  const market = model as unknown as Readonly<
    Record<'spot1' | 'spot2' | 'volatility1' | 'volatility2', number>
  >;
  const root = Math.sqrt(Math.max(...timesOf(product)));
  const sizeOf = (spot: number, volatility: number): number => spot * Math.min(volatility * root, 0.5);
  const first = sizeOf(market.spot1, market.volatility1);
  const second = sizeOf(market.spot2, market.volatility2);
  const at = (up: number, more: number): number =>
    value(product, {
      ...model,
      spot1: market.spot1 + up * first,
      spot2: market.spot2 + more * second,
    } as Kinded);
  const size = first * second;
  return { difference: (h) => (at(h, h) - at(-h, h) - at(h, -h) + at(-h, -h)) / (4 * h * h * size), size };
};

/** Greeks that are no derivative in one number of the model. */
const OTHER: Readonly<Record<string, (valued: Case) => Rule>> = {
  theta: (valued) => (valued.product.kind.startsWith('continuous-') ? ofAveraging(valued) : ofTime(valued)),
  vanna: ofVanna,
  crossGamma: ofCross,
};

export interface Judgement {
  /** Reported less judged, in money of the input's own size. */
  readonly gap: number;
  /** What the difference's own two steps leave open. */
  readonly open: number;
  /** The Greek in the same money. */
  readonly money: number;
}

const SHARE = 0.02;

export const judgeGreek = (name: string, reported: number, valued: Case): Judgement => {
  const rule = OTHER[name]?.(valued) ?? ofInput(name, valued);
  const [whole, half] = [rule.difference(SHARE), rule.difference(SHARE / 2)];
  const judged = (4 * half - whole) / 3;
  return {
    gap: Math.abs(reported - judged) * rule.size,
    open: Math.abs(half - whole) * rule.size,
    money: Math.abs(reported) * rule.size,
  };
};
