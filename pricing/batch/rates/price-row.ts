/** Values one row with its derivative in every node, from the numbers at its points: loops over columns, no object made. */

import { normalCdf, normalPdf } from '../../math/normal';
import { type RateVolatility, rateOption } from '../../models/rate-option';
import { defaultRatios, RATIOS } from './default-ratios';
import { type RatesBook, ratesCode } from './rates-book';

const PRICED = ratesCode('priced');
const NODE_MISSING = ratesCode('curve-node-missing');
const BELOW_SHIFT = ratesCode('rate-below-minus-shift');
const CURVE_MISSING = ratesCode('curve-missing');
const NOT_FINITE = ratesCode('value-not-finite');
const FX_MISSING = ratesCode('fx-missing');
const VOLATILITY_MISSING = ratesCode('volatility-missing');

function priceTerms({ terms, points, scales, runs, scratch }: RatesBook, row: number): number {
  const amount = terms.amount.data;
  const scale = terms.scale.data;
  const kind = terms.kind.data;
  const squares = terms.squares.data;
  const pay = terms.pay.data;
  const over = terms.over.data;
  const under = terms.under.data;
  const start = terms.start.data;
  const end = terms.end.data;
  const integral = points.integral.data;
  const discount = points.discount.data;
  const rate = scales.data;
  const sensitivity = scratch.points;
  const first = runs.termFirst.data[row]!;
  const last = first + runs.termCount.data[row]!;
  let value = 0;
  for (let term = first; term < last; term += 1) {
    const paid = pay[term]!;
    const above = over[term]!;
    let factor = amount[term]! * rate[scale[term]!]!;
    if (paid >= 0) factor *= discount[paid]!;
    if (above >= 0) factor *= discount[above]! / discount[under[term]!]!;
    let worth = factor;
    if (kind[term] !== 0) {
      const from = start[term]!;
      const to = end[term]!;
      let slope: number;
      if (kind[term] === 1) {
        slope = factor * (discount[from]! / discount[to]!);
        worth = slope - factor;
      } else {
        const exponent = integral[to]! - integral[from]!;
        const bend = squares[term]! * exponent;
        worth = factor * exponent * (1 + 0.5 * bend);
        slope = factor * (1 + bend);
      }
      sensitivity[to]! += slope;
      sensitivity[from]! -= slope;
    }
    if (paid >= 0) sensitivity[paid]! -= worth;
    if (above >= 0) {
      sensitivity[above]! -= worth;
      sensitivity[under[term]!]! += worth;
    }
    value += worth;
  }
  return value;
}

/** Value, delta and vega of the last option that was asked for, per unit of annuity. */
const option = new Float64Array(3);

/** Whether the formula takes the forward; its answers stand in `option`. */
function priceOption(
  smile: RateVolatility,
  terms: { sign: number; forward: number; strike: number; time: number; volatility: number },
): boolean {
  const { sign, forward, strike, time, volatility } = terms;
  const root = Math.sqrt(time);
  const deviation = volatility * root;
  if (smile.kind === 'sabr') {
    const right = sign > 0 ? 'call' : 'put';
    const answer = rateOption({ right, forward, strike, time }, smile);
    if (!answer.ok) return false;
    option[0] = answer.value.value;
    option[1] = answer.value.delta;
    option[2] = answer.value.vegas['vega'] ?? 0;
    return true;
  }
  const shift = smile.kind === 'black' ? (smile.shift ?? 0) : 0;
  if (smile.kind === 'black' && !(forward + shift > 0)) return Number.isNaN(forward);
  if (!(deviation > 0) || (smile.kind === 'black' && strike + shift <= 0)) {
    const gain = sign * (forward - strike);
    option[0] = Number.isNaN(deviation) ? Number.NaN : Math.max(gain, 0);
    option[1] = gain > 0 ? sign : 0;
    option[2] = 0;
    return true;
  }
  if (smile.kind === 'bachelier') {
    const d = (sign * (forward - strike)) / deviation;
    const chance = normalCdf(d);
    option[0] = sign * (forward - strike) * chance + deviation * normalPdf(d);
    option[1] = sign * chance;
    option[2] = normalPdf(d) * root;
    return true;
  }
  const d1 = Math.log((forward + shift) / (strike + shift)) / deviation + 0.5 * deviation;
  const chance = normalCdf(sign * d1);
  option[0] = sign * ((forward + shift) * chance - (strike + shift) * normalCdf(sign * (d1 - deviation)));
  option[1] = sign * chance;
  option[2] = (forward + shift) * normalPdf(d1) * root;
  return true;
}

const asked = { sign: 1, forward: 0, strike: 0, time: 0, volatility: 0 };

/** Sum of the caplets, NaN where a formula does not take its forward; vega is left in the book. */
function priceCaplets(book: RatesBook, row: number): number {
  const { caplets: c, points, runs, scratch, smiles } = book;
  const integral = points.integral.data;
  const discount = points.discount.data;
  const sensitivity = scratch.points;
  const first = runs.capletFirst.data[row]!;
  const last = first + runs.capletCount.data[row]!;
  let value = 0;
  let vega = 0;
  for (let i = first; i < last; i += 1) {
    const [from, to, paid] = [c.start.data[i]!, c.end.data[i]!, c.pay.data[i]!];
    const factor = c.factor.data[i]!;
    let earned = 0;
    let slope = 0;
    if (c.kind.data[i] === 1) {
      slope = discount[from]! / discount[to]!;
      earned = slope - 1;
    } else if (c.kind.data[i] === 2) {
      const exponent = integral[to]! - integral[from]!;
      const bend = c.squares.data[i]! * exponent;
      earned = exponent * (1 + 0.5 * bend);
      slope = 1 + bend;
    }
    asked.sign = c.sign.data[i]!;
    asked.forward = c.known.data[i]! + factor * earned;
    asked.strike = c.strike.data[i]!;
    asked.time = c.time.data[i]!;
    asked.volatility = c.volatility.data[i]!;
    if (!priceOption(smiles[i]!, asked)) {
      book.reason.data[row] = BELOW_SHIFT;
      return Number.NaN;
    }
    const annuity = c.amount.data[i]! * discount[paid]!;
    const worth = annuity * option[0]!;
    const inForward = annuity * option[1]! * factor * slope;
    if (from >= 0) {
      sensitivity[to]! += inForward;
      sensitivity[from]! -= inForward;
    }
    sensitivity[paid]! -= worth;
    value += worth;
    vega += annuity * option[2]!;
  }
  book.vega.data[row] = vega;
  return value;
}

function pricePieces({ pieces: c, points, runs, scratch }: RatesBook, row: number): number {
  const integral = points.integral.data;
  const discount = points.discount.data;
  const sensitivity = scratch.points;
  const first = runs.pieceFirst.data[row]!;
  const last = first + runs.pieceCount.data[row]!;
  let value = 0;
  for (let i = first; i < last; i += 1) {
    const [r0, r1] = [c.rateFrom.data[i]!, c.rateTo.data[i]!];
    const [h0, h1] = [c.hazardFrom.data[i]!, c.hazardTo.data[i]!];
    const hazard = integral[h1]! - integral[h0]!;
    defaultRatios(-hazard - (integral[r1]! - integral[r0]!));
    const level = c.protection.data[i]! + c.accrual.data[i]! * c.before.data[i]!;
    const rise = c.accrual.data[i]! * c.length.data[i]!;
    const weight = discount[h0]! * discount[r0]!;
    const mean = weight * (level * RATIOS[0]! + rise * RATIOS[1]!);
    const worth = hazard * mean;
    const bend = hazard * weight * (level * RATIOS[1]! + rise * RATIOS[2]!);
    sensitivity[h1]! += mean - bend;
    sensitivity[h0]! += bend - mean - worth;
    sensitivity[r1]! -= bend;
    sensitivity[r0]! += bend - worth;
    value += worth;
  }
  return value;
}

/** Brings the derivatives at the row's points to its nodes, and leaves the scratch at zero. */
function drain(
  { points, runs, rowPoints, scratch, sensitivity, sensitivityNode }: RatesBook,
  row: number,
): void {
  const byPoint = scratch.points;
  const byNode = scratch.nodes;
  const weightFirst = points.weightFirst.data;
  const weightCount = points.weightCount.data;
  const weightNode = points.weightNode.data;
  const weight = points.weight.data;
  const own = rowPoints.data;
  const pairNode = points.pairNode.data;
  const pair = points.pair.data;
  const first = runs.pointFirst.data[row]!;
  const last = first + runs.pointCount.data[row]!;
  for (let i = first; i < last; i += 1) {
    const point = own[i]!;
    const slope = byPoint[point]!;
    byPoint[point] = 0;
    const near = pairNode[point]!;
    if (near >= 0) {
      byNode[near]! += slope * pair[2 * point]!;
      byNode[near + 1]! += slope * pair[2 * point + 1]!;
      continue;
    }
    const from = weightFirst[point]!;
    const to = from + weightCount[point]!;
    for (let w = from; w < to; w += 1) byNode[weightNode[w]!]! += slope * weight[w]!;
  }
  const node = sensitivityNode.data;
  const into = sensitivity.data;
  const from = runs.nodeFirst.data[row]!;
  const to = from + runs.nodeCount.data[row]!;
  for (let k = from; k < to; k += 1) {
    into[k] = byNode[node[k]!]!;
    byNode[node[k]!] = 0;
  }
}

/** Whether a point of the row lies in a gap of its curve. */
function inGap({ points, runs, rowPoints }: RatesBook, row: number): boolean {
  const first = runs.pointFirst.data[row]!;
  for (let i = first; i < first + runs.pointCount.data[row]!; i += 1)
    if (points.gapped.data[rowPoints.data[i]!] === 1) return true;
  return false;
}

/** Why the value is none, where no part has said so. */
function lacking({ points, runs, rowPoints, terms, scales, caplets }: RatesBook, row: number): number {
  const first = runs.pointFirst.data[row]!;
  for (let i = first; i < first + runs.pointCount.data[row]!; i += 1)
    if (!points.slots[points.slot.data[rowPoints.data[i]!]!]!.curve) return CURVE_MISSING;
  const term = runs.termFirst.data[row]!;
  for (let i = term; i < term + runs.termCount.data[row]!; i += 1)
    if (Number.isNaN(scales.data[terms.scale.data[i]!]!)) return FX_MISSING;
  const caplet = runs.capletFirst.data[row]!;
  for (let i = caplet; i < caplet + runs.capletCount.data[row]!; i += 1)
    if (Number.isNaN(caplets.volatility.data[i]!) && caplets.time.data[i]! > 0) return VOLATILITY_MISSING;
  return NOT_FINITE;
}

/** A row without a value has no derivative either: all are NaN, and the reason says why. */
function refuse(book: RatesBook, row: number, reason: number): void {
  const { runs, sensitivity } = book;
  book.value.data[row] = Number.NaN;
  book.vega.data[row] = Number.NaN;
  book.reason.data[row] = reason;
  const first = runs.nodeFirst.data[row]!;
  sensitivity.data.fill(Number.NaN, first, first + runs.nodeCount.data[row]!);
}

/** Prices a row that is compiled; one that is not keeps the reason of that. */
export function priceRow(book: RatesBook, row: number): void {
  const compiled = book.compiled.data[row]!;
  if (compiled !== PRICED) {
    refuse(book, row, compiled);
    return;
  }
  if (book.points.gaps && inGap(book, row)) {
    refuse(book, row, NODE_MISSING);
    return;
  }
  book.reason.data[row] = PRICED;
  book.vega.data[row] = 0;
  const value = priceTerms(book, row) + priceCaplets(book, row) + pricePieces(book, row);
  drain(book, row);
  if (Number.isFinite(value)) book.value.data[row] = value;
  else {
    // What is no number has gone to a neighbour of the row's nodes, too.
    book.scratch.nodes.fill(0);
    const said = book.reason.data[row]!;
    refuse(book, row, said === PRICED ? lacking(book, row) : said);
  }
}
