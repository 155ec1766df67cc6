/**
 * Where the change of a rates book's values came from, row by row: time first, at the old curves rolled to the new day
 * (theta), with what was paid on the way (cash); then the zero rates of the rolled curves' own nodes, at which the new curves
 * are read: by the derivatives there (delta; hazard rates as credit) and by how these change along the way (gamma, half of
 * both ends' difference, cross terms included). What that leaves of the move falls with its third power. Fixings that came
 * otherwise than forecast, FX and volatilities are what repricing says. Where the new curves bend between the old nodes, that
 * is unexplained as well.
 */
import { prepareRates, repriceRates, rowSensitivities, setRatesMarket } from '../batch/rates/book';
import { survivalName } from '../batch/rates/compile-row';
import {
  RATES_REASONS,
  type RatesBook,
  type RatesBookMarket,
  type RatesReason,
} from '../batch/rates/rates-book';
import { type Result, success } from '../contract';
import { exactSum } from '../math/exact-sum';
import { rowCash } from './rates-cash';
import type { RatesMove } from './rates-move';
import { type NodeMoves, nodeMoves, nodesMoved, rolledMarket } from './rates-roll';

export const RATES_AXES = [
  'theta',
  'delta',
  'credit',
  'gamma',
  'fixings',
  'fx',
  'vega',
  'cash',
  'unexplained',
] as const;
export type RatesAxis = (typeof RATES_AXES)[number];

/** In the row's currency; every axis is NaN where the row had no value on the way, or paid what nobody told. */
export interface RatesExplain extends Readonly<Record<RatesAxis, number>> {
  readonly reason: RatesReason | 'cash-must-be-given' | 'fixing-must-be-known';
  readonly before: number;
  readonly after: number;
  /** The sum of all axes, exactly: after less before, and the cash. */
  readonly total: number;
}

const OVER = new Set<RatesReason>(['settled', 'expired']);

/** Values of all rows; what is over is worth nothing more. */
const worthOf = (book: RatesBook): readonly number[] => {
  repriceRates(book);
  return book.rows.map((_, row) =>
    OVER.has(RATES_REASONS[book.reason.data[row]!]!) ? 0 : book.value.data[row]!,
  );
};

interface FirstOrder {
  readonly delta: number;
  readonly credit: number;
}

const byDerivatives = (book: RatesBook, row: number, moves: NodeMoves): FirstOrder => {
  let [delta, credit] = [0, 0];
  for (const { curve, label, value } of rowSensitivities(book, row)) {
    const change = value * (moves.get(curve)?.get(label) ?? 0);
    if (curve.startsWith(survivalName(''))) credit += change;
    else delta += change;
  }
  return { delta, credit };
};

/**
 * One explanation a row. Failures: those of `prepareRates` and of rolling, such as `roll-must-go-forward`; a row that cannot be
 * explained says why and leaves the others alone.
 */
export function explainRates(move: RatesMove): Result<readonly RatesExplain[]> {
  const { rows, from, to, rowsAfter } = move;
  const opening = prepareRates(rows, from.market, from.context);
  if (!opening.ok) return opening;
  const rolled = rolledMarket(move);
  if (!rolled.ok) return rolled;
  const prepared = prepareRates(rows, rolled.value, to.context);
  if (!prepared.ok) return prepared;
  const book = prepared.value;
  const at = { opening: worthOf(opening.value), rolled: worthOf(book) };
  const moved = nodesMoved(rolled.value, to.market);
  const moves = nodeMoves(rolled.value, moved);
  const firstOrder = () => rows.map((_, row) => byDerivatives(book, row, moves));
  const first = firstOrder();
  const steps: (readonly number[])[] = [];
  const fx = rolled.value.fx;
  const fixings = to.market.fixings;
  const { fx: _fx, ...unpaired } = to.market;
  const { fixings: _fixings, ...unfixed } = moved;
  const markets: readonly RatesBookMarket[] = [
    moved,
    { ...unfixed, ...(fixings && { fixings }) },
    { ...unpaired, ...(fx && { fx }) },
    to.market,
  ];
  let last = first;
  for (const market of markets) {
    const set = setRatesMarket(book, market);
    if (!set.ok) return set;
    steps.push(worthOf(book));
    if (market === moved) last = firstOrder();
  }
  const closing = rowsAfter ? prepareRates(rowsAfter, to.market, to.context) : success(book);
  if (!closing.ok) return closing;
  const after = rowsAfter ? worthOf(closing.value) : steps[3]!;
  return success(
    rows.map((source, row): RatesExplain => {
      const [nodes, fixed, curves, exchanged] = steps.map((values) => values[row]!);
      const paid = rowCash(source.product, move, row);
      const { delta, credit } = first[row]!;
      const gamma = (last[row]!.delta + last[row]!.credit - delta - credit) / 2;
      const told = {
        theta: at.rolled[row]! - at.opening[row]!,
        delta,
        credit,
        gamma,
        fixings: fixed! - nodes!,
        fx: exchanged! - curves!,
        vega: after[row]! - exchanged!,
        cash: paid.ok ? paid.value : Number.NaN,
      };
      const total = exactSum([after[row]!, -at.opening[row]!, told.cash]);
      const unexplained = exactSum([total, ...Object.values(told).map((axis) => -axis)]);
      const missed = [opening.value, closing.value].map((one) => RATES_REASONS[one.reason.data[row]!]!);
      const reason = missed.find((why) => why !== 'priced' && !OVER.has(why)) ?? 'priced';
      return {
        ...told,
        unexplained,
        reason: paid.ok || reason !== 'priced' ? reason : (paid.reason as RatesExplain['reason']),
        before: at.opening[row]!,
        after: after[row]!,
        total,
      };
    }),
  );
}
