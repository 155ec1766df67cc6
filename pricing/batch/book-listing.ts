/**
 * Rows that come and go while a book lives: a listing costs its own row and, at most, its own node.
 */
import { failure, type Result, success } from '../contract';
import { type BookOption, checkOption, kindOf, placesOf, UNDERLYINGS_ARE } from './book-option';
import { type BookState, type InputName, markNode, markRow, reachPlace } from './book-state';
import { isBare, join, leave } from './chains';
import { KEPT_WIDTH, MEASURES, type VanillaColumns } from './columns';
import { MICROS_PER_YEAR, type PreparedBook } from './prepared-book';
import { codeOf } from './reasons';
import { smileVolatility } from './smiles';

const INPUTS = ['underlying', 'rate', 'yield'] as const;

const full = (what: string, most: number) =>
  failure('book-is-full', `the book has room for ${most} ${what} and no more. Prepare it with more room.`);

/** The first room that the option would not find. */
const roomFault = ({ state, sizes }: PreparedBook, option: BookOption, key: string) => {
  const places = placesOf(option);
  if (state.freeRows.length === 0 && state.rows === sizes.options) return full('options', sizes.options);
  if (!state.nodeNumbers.has(key) && state.freeNodes.length === 0 && state.nodes === sizes.nodes)
    return full('nodes', sizes.nodes);
  if (places.underlying >= sizes.underlyings) return full('underlyings', sizes.underlyings);
  if (places.rate! >= sizes.rates) return full('rates', sizes.rates);
  if (places.yield! >= sizes.yields) return full('yields', sizes.yields);
  return (option.smile ?? 0) >= sizes.smiles && option.smile !== undefined
    ? full('smiles', sizes.smiles)
    : undefined;
};

const keyOf = (option: BookOption): string => {
  const { underlying, rate, yield: carry } = placesOf(option);
  return `${option.on ?? 'spot'} ${underlying} ${rate} ${carry} ${option.expiry}`;
};

/** The inputs that move a node of this style: a coin has no rate, only a spot has a yield. */
const movedBy = (style: number): readonly InputName[] => INPUTS.slice(0, 3 - style);

const placeOf = (c: VanillaColumns, name: InputName, node: number): number =>
  ({ underlying: c.spotOf, rate: c.rateOf, yield: c.yieldOf })[name][node]!;

const newNode = ({ state, columns: c, origin }: PreparedBook, option: BookOption, key: string): number => {
  const node = state.freeNodes.pop() ?? state.nodes++;
  const style = UNDERLYINGS_ARE.indexOf(option.on ?? 'spot');
  const places = placesOf(option);
  c.spotOf[node] = places.underlying;
  c.rateOf[node] = places.rate!;
  c.yieldOf[node] = places.yield!;
  c.styleOf[node] = style;
  c.expiry[node] = (option.expiry - origin) / MICROS_PER_YEAR;
  state.nodeNumbers.set(key, node);
  state.nodeKeys.set(node, key);
  for (const name of INPUTS) reachPlace(state, c, name, places[name]!);
  for (const name of movedBy(style)) join(state.nodesOf[name], places[name]!, node);
  markNode(state, c, node);
  return node;
};

const fillRow = (state: BookState, c: VanillaColumns, row: number, option: BookOption): void => {
  c.signs[row] = option.right === 'call' ? 1 : -1;
  c.strikes[row] = option.strike;
  c.logStrikes[row] = Math.log(option.strike);
  c.lowers[row] = option.lower ?? 0;
  c.uppers[row] = option.upper ?? Infinity;
  c.cash[row] = option.cash ?? 0;
  c.kept[row * KEPT_WIDTH] = Number.NaN;
  c.kinds[row] = kindOf(option);
  state.smileOf[row] = option.smile === undefined ? 0 : option.smile + 1;
  c.volatilities[row] =
    option.smile === undefined ? Number.NaN : smileVolatility(state.smiles.get(option.smile), option.strike);
};

/** Books the option without the checks of its fields; answers its row. */
const book = (prepared: PreparedBook, option: BookOption): Result<number> => {
  const { state, columns: c } = prepared;
  const key = keyOf(option);
  const fault = roomFault(prepared, option, key);
  if (fault) return fault;
  const row = state.freeRows.pop() ?? state.rows++;
  const node = state.nodeNumbers.get(key) ?? newNode(prepared, option, key);
  c.nodeOf[row] = node;
  fillRow(state, c, row, option);
  join(state.rowsOfNode, node, row);
  if (option.smile !== undefined) join(state.rowsOfSmile, option.smile, row);
  state.listed++;
  clear(c, row, 'volatility-missing');
  markRow(state, c, row);
  return success(row);
};

/** No values, and why, until the row is repriced. */
const clear = (c: VanillaColumns, row: number, reason: 'not-listed' | 'volatility-missing'): void => {
  for (const measure of MEASURES) c[measure][row] = Number.NaN;
  c.reasons[row] = codeOf(reason);
};

const busy = () =>
  failure('book-is-repricing', 'rows cannot come or go while threads reprice the book. Wait for the round.');

/**
 * Adds an option; answers its row, which it keeps until it is delisted. It is priced by the next `repriceMoved`.
 *
 * Failures: those of `prepareBook` for the option, `book-is-full`, `book-is-repricing`.
 */
export const listOption = (prepared: PreparedBook, option: BookOption): Result<number> => {
  if (prepared.state.busy) return busy();
  const checked = checkOption(option, prepared.state.listed, prepared.origin);
  return checked.ok ? book(prepared, option) : checked;
};

/** Takes a row out; its number may be given to the next option. Failures: `row-must-be-listed`, `book-is-repricing`. */
export const delistOption = (prepared: PreparedBook, row: number): Result<true> => {
  const { state, columns: c } = prepared;
  if (state.busy) return busy();
  if (!(row >= 0 && row < state.rows && c.kinds[row]! > 0))
    return failure('row-must-be-listed', `row ${row} holds no option. Give a row that listing has answered.`);
  const node = c.nodeOf[row]!;
  leave(state.rowsOfNode, node, row);
  const smile = state.smileOf[row]!;
  if (smile > 0) leave(state.rowsOfSmile, smile - 1, row);
  c.kinds[row] = 0;
  c.strikes[row] = Number.NaN;
  c.logStrikes[row] = Number.NaN;
  c.volatilities[row] = Number.NaN;
  state.smileOf[row] = 0;
  clear(c, row, 'not-listed');
  state.freeRows.push(row);
  state.listed--;
  if (isBare(state.rowsOfNode, node)) {
    for (const name of movedBy(c.styleOf[node]!)) leave(state.nodesOf[name], placeOf(c, name, node), node);
    state.nodeNumbers.delete(state.nodeKeys.get(node)!);
    state.nodeKeys.delete(node);
    state.freeNodes.push(node);
  }
  return success(true);
};
