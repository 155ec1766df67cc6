/** Compiles one row into the book's columns: its parts, the points that they read, and the nodes that those hang on. */

import { CalendarNotDeclared } from '../../calendars/coverage';
import type { Result } from '../../contract';
import type { CurveTerm } from '../../curves/term';
import { bindTerms, discountCurveFor, fxToday } from '../../measures/rates-market';
import { effectiveTime } from '../../models/backward-rate';
import type { CapFloor } from '../../products/cap-floor';
import type { Cds } from '../../products/cds';
import { boundFlows, boundFra, flowsOf } from './bind-product';
import { type Integers, pushDouble, pushInteger } from './growing';
import { pointAt, slotNamed } from './points';
import { markRates, type RatesBook, type RatesReason, type RatesRow, ratesCode } from './rates-book';

/** Why a row could not be bound, in the book's words. */
const REASON_OF: Readonly<Record<string, RatesReason>> = {
  'fixing-must-be-known': 'fixing-missing',
  'curve-must-be-present': 'curve-missing',
  'discount-curve-must-be-assigned': 'curve-missing',
  'forward-curve-must-be-assigned': 'curve-missing',
  'fx-rate-must-be-present': 'fx-missing',
  'rate-index-must-be-known': 'not-supported',
};

class Refused extends Error {
  constructor(
    readonly reason: RatesReason,
    message: string,
  ) {
    super(message);
  }
}

const taken = <T>(result: Result<T>): T => {
  if (result.ok) return result.value;
  throw new Refused(REASON_OF[result.reason] ?? 'not-supported', result.message);
};

/** Survival curves have names of their own: an entity may be called as a curve is. */
export const survivalName = (entity: string): string => `survival ${entity}`;

export const curveOfSlot = ({ market }: RatesBook, name: string) =>
  name.startsWith('survival ')
    ? market.survival?.get(name.slice('survival '.length))
    : market.curves.get(name);

const pointOn = (book: RatesBook, curve: string, day: number): number =>
  pointAt(book.points, slotNamed(book.points, curve, curveOfSlot(book, curve)), day);

/** The place of the rate that brings amounts of one currency to another; 0 where they are the same. */
function scalePlace(book: RatesBook, from: string, to: string): number {
  if (from === to) return 0;
  const key = `${from}${to}`;
  const known = book.scaleOf.get(key);
  if (known !== undefined) return known;
  pushDouble(book.scales, taken(fxToday(book.market, from, to)));
  book.scaleOf.set(key, book.scales.length - 1);
  return book.scales.length - 1;
}

function addTerm(book: RatesBook, term: CurveTerm, scale: number): void {
  const { terms } = book;
  const { amount, growth, averaging, ratio, discount } = term;
  pushDouble(terms.amount, amount);
  pushInteger(terms.scale, scale);
  pushInteger(terms.kind, growth ? (averaging ? 2 : 1) : 0);
  pushDouble(terms.squares, averaging?.squares ?? 0);
  pushInteger(terms.pay, discount ? pointOn(book, discount.curve, discount.day) : -1);
  pushInteger(terms.over, ratio ? pointOn(book, ratio.over.curve, ratio.over.day) : -1);
  pushInteger(terms.under, ratio ? pointOn(book, ratio.under.curve, ratio.under.day) : -1);
  pushInteger(terms.start, growth ? pointOn(book, growth.curve, growth.start) : -1);
  pushInteger(terms.end, growth ? pointOn(book, growth.curve, growth.end) : -1);
}

function addCaplets(book: RatesBook, cap: CapFloor, { volatility }: RatesRow): void {
  const { caplets, today, market } = book;
  if (volatility === undefined)
    throw new Refused('volatility-missing', 'the cap has no volatility. Give it.');
  const smiles = [volatility].flat() as readonly NonNullable<typeof volatility>[];
  cap.caplets.forEach((flow, place) => {
    if (flow.pay <= today) return;
    const discount = taken(discountCurveFor(market, flow.currency));
    const smile = smiles[Math.min(place, smiles.length - 1)] as RatesBook['smiles'][number] | undefined;
    if (!smile) throw new Refused('volatility-missing', `caplet ${place + 1} has no volatility. Give it.`);
    const unit =
      flow.type === 'overnight'
        ? { ...flow, notional: 1, spread: 0 }
        : { ...flow, notional: 1, spread: 0, gearing: 1 };
    const bound = taken(bindTerms([unit], market, today));
    const fixed = bound.filter(({ growth }) => !growth).reduce((sum, { amount }) => sum + amount, 0);
    const open = bound.find(({ growth }) => growth);
    const years = (day: number): number => (day - today) / 365;
    const time =
      flow.type === 'overnight'
        ? effectiveTime({ start: years(flow.start), end: years(flow.end) }).value
        : years(flow.fixing);
    if (smile.kind === 'sabr' && flow.type === 'overnight' && time > 0)
      throw new Refused('not-supported', 'SABR of a rate fixed in arrears needs parameters of its own.');
    pushDouble(caplets.amount, cap.side * flow.notional * flow.fraction);
    pushInteger(caplets.pay, pointOn(book, discount.name, flow.pay));
    pushDouble(caplets.known, fixed / flow.fraction);
    pushDouble(caplets.factor, (open?.amount ?? 0) / flow.fraction);
    pushInteger(caplets.kind, open ? (open.averaging ? 2 : 1) : 0);
    pushDouble(caplets.squares, open?.averaging?.squares ?? 0);
    pushInteger(caplets.start, open?.growth ? pointOn(book, open.growth.curve, open.growth.start) : -1);
    pushInteger(caplets.end, open?.growth ? pointOn(book, open.growth.curve, open.growth.end) : -1);
    pushDouble(caplets.time, Math.max(time, 0));
    pushDouble(caplets.strike, cap.strike);
    pushInteger(caplets.sign, cap.right === 'cap' ? 1 : -1);
    pushDouble(caplets.volatility, smile.kind === 'sabr' ? Number.NaN : smile.volatility);
    book.smiles[caplets.sign.length - 1] = smile;
  });
}

/** Days of both curves' nodes, at which the integrands break. */
function nodeDays(book: RatesBook, names: readonly string[]): readonly number[] {
  const days = names.flatMap((name) => {
    const curve = curveOfSlot(book, name);
    // A node's time is its day over 365, but for the last digits.
    return curve ? Array.from(curve.times, (time) => curve.reference + Math.round(time * 365e6) / 1e6) : [];
  });
  return [...new Set(days)].sort((a, b) => a - b);
}

function addPieces(book: RatesBook, cds: Cds, { formula = 'isda' }: RatesRow): void {
  const { pieces, today } = book;
  const rate = taken(discountCurveFor(book.market, cds.currency)).name;
  const hazard = survivalName(cds.entity);
  if (!curveOfSlot(book, hazard))
    throw new Refused('curve-missing', `no survival curve for ${cds.entity}. Bootstrap one.`);
  const stepIn = today + 1;
  const from = Math.max(stepIn, cds.start) - 1;
  const breaks = nodeDays(book, [rate, hazard]);
  const add = (
    start: number,
    end: number,
    sizes: { protection: number; accrual: number; since: number },
  ): void => {
    let left = start;
    for (const right of [...breaks.filter((day) => day > start && day < end), end]) {
      pushDouble(pieces.protection, sizes.protection);
      pushDouble(pieces.accrual, sizes.accrual);
      const half = formula === 'isda' ? 1 / 730 : 0;
      pushDouble(pieces.before, formula === 'markit-fix' ? 0 : (left - sizes.since) / 365 + half);
      pushDouble(pieces.length, (right - left) / 365);
      pushInteger(pieces.rateFrom, pointOn(book, rate, left));
      pushInteger(pieces.rateTo, pointOn(book, rate, right));
      pushInteger(pieces.hazardFrom, pointOn(book, hazard, left));
      pushInteger(pieces.hazardTo, pointOn(book, hazard, right));
      left = right;
    }
  };
  if (cds.maturity > from)
    add(from, cds.maturity, { protection: cds.notional * (1 - cds.recovery), accrual: 0, since: from });
  const paid = -cds.notional * cds.coupon;
  for (const { start, end, pay, fraction } of cds.periods) {
    if (end <= stepIn) continue;
    const [first, last] = [start - 1, end - 1];
    addTerm(
      book,
      {
        amount: paid * fraction,
        discount: { curve: rate, day: pay },
        ratio: { over: { curve: hazard, day: last }, under: { curve: hazard, day: today } },
      },
      0,
    );
    if (!cds.paysAccruedOnDefault) continue;
    const begun = Math.max(first, from);
    if (last > begun)
      add(begun, last, { protection: 0, accrual: (paid * fraction * 365) / (last - first), since: first });
  }
}

/** Parts of the row; what is settled or expired has none and says so. */
function addParts(book: RatesBook, row: RatesRow): boolean {
  const { product } = row;
  const { today, market } = book;
  if (product.kind === 'cds') {
    if (product.maturity <= today) throw new Refused('expired', `protection has ended. Take the row out.`);
    addPieces(book, product, row);
    return false;
  }
  if (product.kind === 'cap-floor') {
    addCaplets(book, product, row);
    return false;
  }
  if (product.kind === 'fra') {
    for (const term of taken(boundFra(product, market, today))) addTerm(book, term, 0);
    return false;
  }
  const flows = flowsOf(product, today)!;
  let hangs = flows.some(({ reset }) => reset !== undefined);
  for (const { currency, terms } of taken(boundFlows(flows, market, today))) {
    const scale = scalePlace(book, currency, product.currency);
    hangs ||= scale > 0;
    for (const term of terms) addTerm(book, term, scale);
  }
  return hangs;
}

/** Columns of point numbers among a row's parts. */
function eachPoint(book: RatesBook, row: number, visit: (point: number) => void): void {
  const { runs, terms, caplets, pieces } = book;
  const walk = (first: Integers, count: Integers, columns: readonly Integers[]): void => {
    const from = first.data[row]!;
    for (let i = from; i < from + count.data[row]!; i += 1)
      for (const column of columns) if (column.data[i]! >= 0) visit(column.data[i]!);
  };
  walk(runs.termFirst, runs.termCount, [terms.pay, terms.over, terms.under, terms.start, terms.end]);
  walk(runs.capletFirst, runs.capletCount, [caplets.pay, caplets.start, caplets.end]);
  walk(runs.pieceFirst, runs.pieceCount, [
    pieces.rateFrom,
    pieces.rateTo,
    pieces.hazardFrom,
    pieces.hazardTo,
  ]);
}

/** The nodes that the row's points hang on: where its derivatives stand. */
export function layNodes(book: RatesBook, row: number): void {
  const { points, runs, rowPoints } = book;
  const nodes = new Set<number>();
  const from = runs.pointFirst.data[row]!;
  for (let i = from; i < from + runs.pointCount.data[row]!; i += 1) {
    const point = rowPoints.data[i]!;
    const first = points.weightFirst.data[point]!;
    for (let w = first; w < first + points.weightCount.data[point]!; w += 1)
      nodes.add(points.weightNode.data[w]!);
  }
  runs.nodeFirst.data[row] = book.sensitivityNode.length;
  runs.nodeCount.data[row] = nodes.size;
  for (const node of [...nodes].sort((a, b) => a - b)) {
    pushInteger(book.sensitivityNode, node);
    pushDouble(book.sensitivity, 0);
  }
}

/** Numbers the row's distinct points and tells their curves that the row reads them. */
function layPoints(book: RatesBook, row: number): void {
  const { points, runs } = book;
  const own = new Set<number>();
  eachPoint(book, row, (point) => own.add(point));
  runs.pointFirst.data[row] = book.rowPoints.length;
  runs.pointCount.data[row] = own.size;
  const slots = new Set<number>();
  for (const point of own) {
    pushInteger(book.rowPoints, point);
    slots.add(points.slot.data[point]!);
  }
  for (const slot of slots) pushInteger(points.slots[slot]!.rows, row);
}

/** The row owns nothing any more. */
export function dropRuns(book: RatesBook, row: number): void {
  const { runs } = book;
  for (const count of [runs.termCount, runs.capletCount, runs.pieceCount, runs.pointCount, runs.nodeCount]) {
    book.dropped += count.data[row]!;
    count.data[row] = 0;
  }
}

/** Compiles the row on the book's market and marks it; a row that cannot be is empty and has its reason. */
export function compileRow(book: RatesBook, row: number, source: RatesRow): void {
  const { runs, terms, caplets, pieces } = book;
  dropRuns(book, row);
  book.rows[row] = source;
  runs.termFirst.data[row] = terms.amount.length;
  runs.capletFirst.data[row] = caplets.amount.length;
  runs.pieceFirst.data[row] = pieces.before.length;
  let reason: RatesReason = 'priced';
  book.messages.delete(row);
  book.fxRows.delete(row);
  try {
    if (addParts(book, source)) book.fxRows.add(row);
    const empty =
      terms.amount.length === runs.termFirst.data[row] &&
      caplets.amount.length === runs.capletFirst.data[row] &&
      pieces.before.length === runs.pieceFirst.data[row];
    if (empty) reason = 'settled';
  } catch (error) {
    if (!(error instanceof Refused || error instanceof CalendarNotDeclared)) throw error;
    reason = error instanceof Refused ? error.reason : 'not-supported';
    book.messages.set(row, error.message);
  }
  const compiled = reason === 'priced';
  runs.termCount.data[row] = compiled ? terms.amount.length - runs.termFirst.data[row]! : 0;
  runs.capletCount.data[row] = compiled ? caplets.amount.length - runs.capletFirst.data[row]! : 0;
  runs.pieceCount.data[row] = compiled ? pieces.before.length - runs.pieceFirst.data[row]! : 0;
  layPoints(book, row);
  layNodes(book, row);
  book.compiled.data[row] = ratesCode(reason);
  book.rowsCompiled += 1;
  markRates(book, row);
}
