/**
 * Rows of a book that are not plain vanillas: digitals and barriers in closed form, one at a time.
 *
 * They overwrite what the kernel wrote, which has found every input there. Digitals pay αS where in the money, or β:
 * with P = αS'φ(d₁) and Q = βDφ(d₂) every derivative is a formula, in which a vanilla's P + Q vanishes. Barriers are
 * differenced, extrapolated once, with steps that cross no barrier; their theta follows from the pricing equation.
 */
import { crossDerivative, firstDerivative, type Step, secondDerivative } from '../math/differences';
import { normalCdf, normalPdf } from '../math/normal';
import { type BarrierTerms, barrierPrice } from '../models/barrier';
import type { LognormalMarket } from '../models/black';
import { KIND } from './book-option';
import { MEASURES, type Measure, NODE_WIDTH, type VanillaColumns } from './columns';
import { codeOf, isWhole, refuseRow } from './reasons';

type Values = Readonly<Record<Measure, number>>;

const write = (c: VanillaColumns, row: number, values: Values): void => {
  for (const measure of MEASURES) c[measure][row] = values[measure];
  c.price[row] = values.price * c.nodeTable[c.nodeOf[row]! * NODE_WIDTH + 11]!;
};

/** What a row's node says, under the names of the formulas. */
const marketOf = (c: VanillaColumns, row: number) => {
  const at = c.nodeOf[row]! * NODE_WIDTH;
  const t = c.nodeTable;
  return {
    logForward: t[at]!,
    discount: t[at + 1]!,
    asset: t[at + 2]!,
    spot: 1 / t[at + 4]!,
    root: t[at + 5]!,
    time: t[at + 6]!,
    rate: t[at + 7]!,
    dividend: t[at + 8]!,
    isFuture: t[at + 10]! > 0,
    volatility: c.volatilities[row]!,
  };
};

/** A digital that pays `alpha` of the asset, or `beta` in cash, in the money. */
const digital = (c: VanillaColumns, row: number, alpha: number, beta: number): Values => {
  const m = marketOf(c, row);
  const s = c.signs[row]!;
  const { spot, volatility: v, root, time, rate, dividend } = m;
  const deviation = v * root;
  const distance = m.logForward - c.logStrikes[row]!;
  const d1 = distance / deviation + 0.5 * deviation;
  const d2 = d1 - deviation;
  const assetPart = alpha * m.asset * normalCdf(s * d1);
  const cashPart = beta * m.discount * normalCdf(s * d2);
  const P = alpha * m.asset * normalPdf(d1);
  const Q = beta * m.discount * normalPdf(d2);
  const g = 1 / (spot * deviation);
  // ∂d₁/∂T and ∂d₂/∂T; ln S/K is what the forward's distance has without carry.
  const carry = rate - dividend;
  const inTime = (half: number): number =>
    (-(distance - carry * time) / time + carry + half * v * v) / (2 * v * root);
  const held = (s * root * (P + Q)) / v;
  const price = assetPart + cashPart;
  return {
    price,
    delta: assetPart / spot + s * g * (P + Q),
    gamma: s * g * ((P - Q) / spot - g * (P * d1 + Q * d2)),
    vega: (-s * (P * d2 + Q * d1)) / v,
    theta: dividend * assetPart + rate * cashPart - s * (P * inTime(0.5) + Q * inTime(-0.5)),
    rho: m.isFuture ? -time * price : held - time * cashPart,
    vanna: (-s / v) * ((P * d2) / spot + g * (P + Q) * (1 - d1 * d2)),
    volga: (-s / (v * v)) * (d1 * d2 * (P * d2 + Q * d1) - (P + Q) * (d1 + d2)),
  };
};

const SPOT_SHARE = 0.02;
const VOLATILITY_SHARE = 0.01;
const RATE_STEP = 2e-4;

/** A step in spot that stays within the corridor, also where it is doubled. */
const spotStep = ({ lower, upper }: BarrierTerms, market: LognormalMarket, time: number): Step => {
  const { spot, volatility } = market;
  const share = Math.min(Math.max(SPOT_SHARE * volatility * Math.sqrt(time), 1e-5), 0.01);
  return { at: spot, step: Math.min(share * spot, (spot - lower) / 4, (upper - spot) / 4) };
};

const barrier = (terms: BarrierTerms, market: LognormalMarket, isFuture: boolean): Values => {
  const { spot, rate, dividend, volatility } = market;
  const value = (change: Partial<LognormalMarket>): number => barrierPrice(terms, { ...market, ...change });
  const inSpot = spotStep(terms, market, terms.time);
  const wide = { ...inSpot, step: 2 * inSpot.step };
  const inVolatility = { at: volatility, step: VOLATILITY_SHARE * volatility };
  const price = value({});
  const delta = firstDerivative((x) => value({ spot: x }), inSpot);
  const gamma = secondDerivative((x) => value({ spot: x }), wide);
  const rateMoved = (x: number) => value(isFuture ? { rate: x, dividend: x } : { rate: x });
  return {
    price,
    delta,
    gamma,
    vega: firstDerivative((x) => value({ volatility: x }), inVolatility),
    theta: rate * price - (rate - dividend) * spot * delta - 0.5 * (volatility * spot) ** 2 * gamma,
    rho: firstDerivative(rateMoved, { at: rate, step: RATE_STEP }),
    vanna: crossDerivative((x, y) => value({ spot: x, volatility: y }), wide, {
      ...inVolatility,
      step: 2 * inVolatility.step,
    }),
    volga: secondDerivative((x) => value({ volatility: x }), {
      ...inVolatility,
      step: 2 * inVolatility.step,
    }),
  };
};

const NOTHING = Object.fromEntries(MEASURES.map((measure) => [measure, 0])) as Values;

/** On or beyond a barrier: the rebate is due, or the vanilla that the kernel wrote is there. */
const touched = (c: VanillaColumns, row: number): void => {
  if (c.kinds[row] === KIND.knockOut) write(c, row, { ...NOTHING, price: c.cash[row]! });
  c.reasons[row] = codeOf('barrier-touched');
};

const barrierRow = (c: VanillaColumns, row: number): void => {
  const { spot, rate, dividend, volatility, time, isFuture } = marketOf(c, row);
  const [lower, upper] = [c.lowers[row]!, c.uppers[row]!];
  if (spot <= lower || spot >= upper) {
    touched(c, row);
    return;
  }
  const terms: BarrierTerms = {
    right: c.signs[row]! > 0 ? 'call' : 'put',
    strike: c.strikes[row]!,
    time,
    lower,
    upper,
    knock: c.kinds[row] === KIND.knockOut ? 'out' : 'in',
    rebate: c.cash[row]!,
  };
  write(c, row, barrier(terms, { spot, rate, dividend, volatility }, isFuture));
};

/** Values of a digital or barrier row whose inputs are all there. `now` in years after the book's origin. */
export const closedFormRow = (c: VanillaColumns, row: number, now: number): void => {
  const kind = c.kinds[row]!;
  if (kind === KIND.cash) write(c, row, digital(c, row, 0, c.cash[row]!));
  else if (kind === KIND.asset) write(c, row, digital(c, row, 1, 0));
  else barrierRow(c, row);
  if (!isWhole(c, row)) refuseRow(c, row, now);
};
