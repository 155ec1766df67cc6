/** The market of an old day rolled to a new one, and its curves moved at their own nodes to where the new curves are. */
import { survivalName } from '../batch/rates/compile-row';
import type { RatesBookMarket } from '../batch/rates/rates-book';
import { type Result, success } from '../contract';
import { type DiscountCurve, discountCurve } from '../curves/discount-curve';
import { valuationDay } from '../measures/rates-market';
import { rollCurve } from '../time/roll-curve';
import { rollMarket } from '../time/roll-market';
import type { RatesMove } from './rates-move';

/** The rolled curve with the new curve's zero rates at its own nodes. */
const onNodesOf = (rolled: DiscountCurve, to: DiscountCurve | undefined): DiscountCurve => {
  if (!to) return rolled;
  const { name, reference, times, interpolation, labels, gaps, origin } = rolled;
  const zeros = times.map((time) => to.zeroRate(time));
  return discountCurve(
    { name, reference, times, zeros, interpolation, labels, ...(gaps && { gaps }) },
    origin,
  );
};

type Curves = ReadonlyMap<string, DiscountCurve>;

const movedCurves = (rolled: Curves, to: Curves | undefined): Curves =>
  new Map([...rolled].map(([name, curve]) => [name, onNodesOf(curve, to?.get(name))]));

export const nodesMoved = (rolled: RatesBookMarket, to: RatesBookMarket): RatesBookMarket => ({
  ...rolled,
  curves: movedCurves(rolled.curves, to.curves),
  survival: movedCurves(rolled.survival ?? new Map(), to.survival),
});

export type NodeMoves = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Moves of the zero rates, by curve as the book calls it and by node. */
export function nodeMoves(rolled: RatesBookMarket, moved: RatesBookMarket): NodeMoves {
  const of = (curves: Curves, after: Curves, called: (name: string) => string) =>
    [...curves].map(([name, { labels, zeros }]): [string, ReadonlyMap<string, number>] => {
      const { zeros: then } = after.get(name)!;
      return [called(name), new Map(labels.map((label, node) => [label, then[node]! - zeros[node]!]))];
    });
  const none: Curves = new Map();
  return new Map([
    ...of(rolled.curves, moved.curves, (name) => name),
    ...of(rolled.survival ?? none, moved.survival ?? none, survivalName),
  ]);
}

/** Survival curves roll as the others do. */
export function rolledMarket({ from, to, roll = 'forwards-realise' }: RatesMove): Result<RatesBookMarket> {
  const day = valuationDay(to.context);
  const market = rollMarket(from.market, { to: day, curves: roll, fixings: 'as-forecast' });
  if (!market.ok) return market;
  const survival = new Map<string, DiscountCurve>();
  for (const [name, curve] of from.market.survival ?? []) {
    const rolled = rollCurve(curve, day, roll);
    if (!rolled.ok) return rolled;
    survival.set(name, rolled.value);
  }
  return success({ ...market.value, survival });
}
