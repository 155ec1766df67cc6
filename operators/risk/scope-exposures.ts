/** Exposures of scopes, as sums of what accounts add to them: each account lies in the firm. */
import { grown, type Marker } from '../../runtime/stream/marker';
import { ScopeSums } from '../../runtime/tables/scope-sums';
import { type Exposure, type ExposurePart, type Scope, scopeKey } from '../../schemas/exposures';
import { Reason } from '../../schemas/market';
import { ACCOUNT, knownOf } from './account-exposures';
import { MOVES, Move } from './exposure-moves';

const Measure = { Long: 0, Short: 1, Positions: 2, Unpriced: 3, Stale: 4 } as const;
const MEASURES = Object.keys(Measure).length;

/** In order of their numbers. */
const MEASURE_FIELDS = ['long', 'short', 'positions', 'unpriced', 'stale'] as const;

const NOBODY = -1;
const NONE = -1;
export const FIRM: Scope = { dimension: 'firm', account: NOBODY, member: '' };

const MOVE_FIELDS = [
  'netByFills',
  'netByPrices',
  'netByRates',
  'grossByFills',
  'grossByPrices',
  'grossByRates',
] as const satisfies readonly (keyof ExposurePart)[];

/** What an account's part is of, and what that lies in: of accounts, the firm; else that sort of the whole firm. */
const scopeOf = ({ account, dimension, member }: ExposurePart): Scope => ({ dimension, account, member });
const aboveOf = ({ dimension, member }: ExposurePart): Scope =>
  dimension === ACCOUNT.dimension ? FIRM : { dimension, account: NOBODY, member };

export class ScopeExposures {
  private readonly sums = new ScopeSums(MEASURES);
  private readonly scopes: Scope[] = [];
  private readonly numbers = new Map<string, number>();
  private moves = new Float64Array(64 * MOVES);
  private times = new Float64Array(64);

  constructor(parts: Iterable<ExposurePart>) {
    for (const part of parts) this.add(part, this.open(part), 1);
  }

  /** Puts a part into the place of what it said before, and marks the scopes that it lies in. */
  take(part: ExposurePart, before: ExposurePart | undefined, changed: Marker): void {
    const scope = this.open(part);
    if (before) this.add(before, scope, -1);
    this.add(part, scope, 1);
    for (let at = scope; at !== NONE; at = this.sums.parentOf(at)) {
      MOVE_FIELDS.forEach((field, move) => {
        this.moves[at * MOVES + move]! += part[field];
      });
      this.times[at] = Math.max(this.times[at]!, part.time);
    }
    this.sums.mark(scope, changed);
  }

  /** `before`: what was said of the scope last. */
  row(number: number, said: (scope: Scope) => Exposure | undefined, knownAt: number): Exposure {
    const { sums } = this;
    const scope = this.scopes[number]!;
    const moved = this.moves.subarray(number * MOVES, (number + 1) * MOVES);
    const positions = sums.value(number, Measure.Positions);
    const unpriced = sums.value(number, Measure.Unpriced);
    const [long, short] = [Measure.Long, Measure.Short].map((measure) =>
      knownOf(sums.value(number, measure), { positions, unpriced }),
    ) as [number, number];
    const row: Exposure = {
      ...scope,
      currency: this.currency,
      long,
      short,
      gross: long - short,
      net: long + short,
      positions,
      unpriced,
      stale: sums.value(number, Measure.Stale),
      reason: unpriced > 0 ? Reason.PartsUnknown : Reason.None,
      netByFills: moved[Move.NetByFills]!,
      netByPrices: moved[Move.NetByPrices]!,
      netByRates: moved[Move.NetByRates]!,
      grossByFills: moved[Move.GrossByFills]!,
      grossByPrices: moved[Move.GrossByPrices]!,
      grossByRates: moved[Move.GrossByRates]!,
      time: Math.max(this.times[number]!, said(scope)?.time ?? 0),
      knownAt,
    };
    moved.fill(0);
    return row;
  }

  /** The base currency, which is that of all parts. */
  private currency = '';

  private add(
    { long, short, positions, unpriced, stale, currency }: ExposurePart,
    scope: number,
    sign: 1 | -1,
  ): void {
    this.currency = currency;
    const { sums } = this;
    // An account of which nothing is known adds nothing to what is known of the firm.
    const terms = { long: long || 0, short: short || 0, positions, unpriced, stale };
    // Adding the negative of a term does not take it back: it may round the other way.
    MEASURE_FIELDS.forEach((field, measure) => {
      if (sign === 1) sums.add(scope, measure, terms[field]);
      else sums.subtract(scope, measure, terms[field]);
    });
  }

  private open(part: ExposurePart): number {
    const known = this.numbers.get(scopeKey(scopeOf(part)));
    if (known !== undefined) return known;
    const number = this.numberOf(scopeOf(part));
    this.sums.place(number, this.numberOf(aboveOf(part)));
    return number;
  }

  private numberOf(scope: Scope): number {
    const known = this.numbers.get(scopeKey(scope));
    if (known !== undefined) return known;
    const number = this.scopes.push(scope) - 1;
    this.numbers.set(scopeKey(scope), number);
    if (number >= this.times.length) {
      this.times = grown(this.times, number, 0);
      this.moves = grown(this.moves, this.times.length * MOVES, 0);
    }
    return number;
  }
}
