/**
 * Live inputs of a book: each marks the rows that it moves, and no other; `repriceMoved` prices them.
 *
 * NaN says that an input is missing. What is no price, rate or volatility is kept as it came, and the rows say so.
 */
import { type InputName, inputColumn, markInput, markRow, reachPlace } from './book-state';
import { type PreparedBook, yearsAt } from './prepared-book';
import { type BookSmile, smileVolatility } from './smiles';

/** While threads reprice, an input waits for the end of the round; a later one takes its place. */
const wait = ({ state }: PreparedBook, key: string, set: () => void): void => {
  state.waiting.set(key, set);
};

const setInput = (book: PreparedBook, name: InputName, place: number, value: number, most: number): void => {
  const { state, columns: c } = book;
  if (!(Number.isInteger(place) && place >= 0 && place < most))
    throw new RangeError(`${name} ${place} is no place of the book, which has room for ${most}`);
  if (state.busy) return wait(book, `${name} ${place}`, () => setInput(book, name, place, value, most));
  if (place >= state.used[name]) reachPlace(state, c, name, place);
  const column = inputColumn(c, name);
  if (Object.is(column[place], value)) return;
  column[place] = value;
  if (name === 'underlying') c.logSpots[place] = Math.log(value);
  markInput(state, c, name, place);
};

/** The mark of an underlying: spot, futures price or forward. Throws on a place beyond the book's room. */
export const setSpot = (book: PreparedBook, place: number, value: number): void =>
  setInput(book, 'underlying', place, value, book.sizes.underlyings);

/** A continuous rate, decimal a year. */
export const setRate = (book: PreparedBook, place: number, value: number): void =>
  setInput(book, 'rate', place, value, book.sizes.rates);

/** A continuous yield, decimal a year: dividends, borrow, a foreign rate. */
export const setYield = (book: PreparedBook, place: number, value: number): void =>
  setInput(book, 'yield', place, value, book.sizes.yields);

/** The volatility of one row, decimal a year. Throws where the row has a smile, or is none. */
export const setVolatility = (book: PreparedBook, row: number, value: number): void => {
  const { state, columns: c } = book;
  if (!(c.kinds[row]! > 0)) throw new RangeError(`row ${row} holds no option`);
  if (state.smileOf[row]! > 0) throw new RangeError(`row ${row} takes its volatility from a smile`);
  if (state.busy) return wait(book, `row ${row}`, () => setVolatility(book, row, value));
  if (Object.is(c.volatilities[row], value)) return;
  c.volatilities[row] = value;
  markRow(state, c, row);
};

/** A new smile for every row that takes its volatility from the place; undefined takes it away. */
export const setSmile = (book: PreparedBook, place: number, smile: BookSmile | undefined): void => {
  const { state, columns: c } = book;
  if (!(Number.isInteger(place) && place >= 0 && place < book.sizes.smiles))
    throw new RangeError(`smile ${place} is no place of the book, which has room for ${book.sizes.smiles}`);
  if (state.busy) return wait(book, `smile ${place}`, () => setSmile(book, place, smile));
  if (smile === undefined) state.smiles.delete(place);
  else state.smiles.set(place, smile);
  const { first, next } = state.rowsOfSmile;
  for (let item = first[place]!; item > 0; item = next[item - 1]!) {
    const row = item - 1;
    const volatility = smileVolatility(smile, c.strikes[row]!);
    if (Object.is(c.volatilities[row], volatility)) continue;
    c.volatilities[row] = volatility;
    markRow(state, c, row);
  }
};

/** The valuation time, microseconds since 1970 UTC; every row moves with it. */
export const setTime = (book: PreparedBook, now: number): void => {
  const { state, origin } = book;
  const years = yearsAt(origin, now);
  if (state.busy) return wait(book, 'time', () => setTime(book, now));
  if (Object.is(years, state.now)) return;
  state.now = years;
  state.allMoved = true;
};
