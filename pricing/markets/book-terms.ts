/** A live book on term structures: each expiry of an underlying has a place of its own for rate and yield, and one for its smile. */
import { type PreparedBook, setRate, setSmile, setSpot, setYield } from '../batch/book';
import { KIND } from '../batch/book-option';
import { failure, type Result, success } from '../contract';
import { type ForwardCurve, forwardPoint } from './forward-curve';
import type { OptionMarket } from './option-market';
import { type VolatilitySurface, volatilityAt } from './volatility-surface';

/** Where an underlying's market enters a book. */
export interface BookPlaces {
  readonly underlying: number;
  readonly expiries: readonly ExpiryPlaces[];
}

export interface ExpiryPlaces {
  /** Microseconds since 1970 UTC, as the rows have it. */
  readonly expiry: number;
  readonly rate: number;
  readonly yield: number;
  readonly smile?: number;
  /** Of a commodity. */
  readonly contract?: string;
}

/** Whether a row at the place hangs on its path. */
function hasPaths({ state, columns: c }: PreparedBook, { rate, yield: carry }: ExpiryPlaces): boolean {
  const { first, next } = state.nodesOf.yield;
  for (let node = first[carry]!; node > 0; node = next[node - 1]!) {
    if (c.rateOf[node - 1] !== rate) continue;
    for (let row = state.rowsOfNode.first[node - 1]!; row > 0; row = state.rowsOfNode.next[row - 1]!) {
      const kind = c.kinds[row - 1]!;
      if (kind === KIND.american || kind === KIND.knockOut || kind === KIND.knockIn) return true;
    }
  }
  return false;
}

export interface RefusedExpiry {
  readonly expiry: number;
  readonly reason: string;
  readonly message: string;
}

const NO_SMILE = undefined;

/** Rate and yield of an expiry; what has none is missing in the book, and its rows say so. */
function setForward(
  book: PreparedBook,
  { forwards, paths = 'refuse' }: Pick<OptionMarket, 'forwards' | 'paths'>,
  at: ExpiryPlaces,
): Result<true> {
  const point = forwardPoint(forwards, at.expiry);
  if (!point.ok) {
    setRate(book, at.rate, Number.NaN);
    setYield(book, at.yield, Number.NaN);
    return point;
  }
  setRate(book, at.rate, point.value.rate);
  if (paths === 'refuse' && point.value.dividends > 0 && hasPaths(book, at)) {
    setYield(book, at.yield, Number.NaN);
    return failure(
      'dividends-need-a-yield',
      `${forwards.name} goes ex before the expiry, and rows there hang on the path. Give those a yield place of their own, or ask for paths "as-yield".`,
    );
  }
  setYield(book, at.yield, point.value.yield);
  return success(true);
}

/**
 * Spot, rates and yields of an underlying from its forwards. Every tick of spot comes this way where there are cash dividends,
 * because their yield hangs on it; costs the rows of the underlying. Expiries without a forward are refused, the others stand.
 */
export function setForwards(
  book: PreparedBook,
  places: BookPlaces,
  market: Pick<OptionMarket, 'forwards' | 'paths'>,
): readonly RefusedExpiry[] {
  const refused: RefusedExpiry[] = [];
  setSpot(book, places.underlying, market.forwards.spot);
  for (const at of places.expiries) {
    const done = setForward(book, market, at);
    if (!done.ok) refused.push({ expiry: at.expiry, reason: done.reason, message: done.message });
  }
  return refused;
}

/** Smiles of the expiries that have a place for one, each at its own forward; rows without a volatility say so. */
export function setSurface(
  book: PreparedBook,
  places: BookPlaces,
  { forwards, volatility }: { readonly forwards: ForwardCurve; readonly volatility: VolatilitySurface },
): readonly RefusedExpiry[] {
  const refused: RefusedExpiry[] = [];
  for (const { expiry, smile, contract } of places.expiries) {
    if (smile === undefined) continue;
    const point = forwardPoint(forwards, expiry);
    if (!point.ok) {
      setSmile(book, smile, NO_SMILE);
      refused.push({ expiry, reason: point.reason, message: point.message });
      continue;
    }
    const { time, forward } = point.value;
    const at = (strike: number) =>
      volatilityAt(volatility, { time, strike, forward, ...(contract !== undefined && { contract }) });
    const money = at(forward);
    if (!money.ok) refused.push({ expiry, reason: money.reason, message: money.message });
    setSmile(book, smile, {
      volatilityAt: (strike) => {
        const answer = at(strike);
        return answer.ok ? answer.value : Number.NaN;
      },
    });
  }
  return refused;
}
