/** A book of options moved to a later instant: its rows are repriced by the next round, and those that expire are named. */
import { setTime } from '../batch/book-inputs';
import { MICROS_PER_YEAR, type PreparedBook, yearsAt } from '../batch/prepared-book';
import { type Life, lifeAt, type TradingDay } from './life';

/** State of a row at the book's own time; undefined where the row holds nothing. */
export function rowLife(book: PreparedBook, row: number, day?: TradingDay): Life | undefined {
  const { columns: c, state, origin } = book;
  if (!(c.kinds[row]! > 0)) return undefined;
  const years = c.expiry[c.nodeOf[row]!]!;
  // Compared in years of the book, as the kernel does: an instant that it has found expired is so here.
  if (!(years > state.now)) return 'expired';
  const micros = (at: number): number => origin + at * MICROS_PER_YEAR;
  const now = micros(state.now);
  // Back in microseconds two instants may round to one.
  return lifeAt({ expires: Math.max(micros(years), now + 1) }, now, day);
}

/**
 * Sets the time and answers the rows whose expiry was passed by it, in order of rows: their cash is due
 * (`optionPayment`), and they stay listed as `expired` until they are delisted. Costs the nodes and those rows.
 *
 * Throws on a time before the book's own.
 */
export function rollBook(book: PreparedBook, now: number): readonly number[] {
  const { columns: c, state, origin } = book;
  const [from, to] = [state.now, yearsAt(origin, now)];
  if (to < from) throw new RangeError(`the book is past ${now}: time goes on. Prepare a book for that time.`);
  const rows: number[] = [];
  const { first, next } = state.rowsOfNode;
  for (let node = 0; node < state.nodes; node += 1) {
    if (!(c.expiry[node]! > from && c.expiry[node]! <= to)) continue;
    for (let row = first[node]!; row > 0; row = next[row - 1]!) rows.push(row - 1);
  }
  setTime(book, now);
  return rows.sort((a, b) => a - b);
}
