/** Sums of exposures by account, kept as the difference that each change of a position makes. */
import { grown } from '../../runtime/stream/marker';
import { FixedSums } from '../../runtime/tables/fixed-sums';
import type { Numbered } from '../../runtime/tables/numbered';
import type { Rows } from '../../runtime/tables/rows';
import { type ExposedPositionColumns, type ExposurePart, exposurePartKey } from '../../schemas/exposures';
import { PnlStatus } from '../../schemas/risk';
import { addMoves, type Exposed, MOVES, Move } from './exposure-moves';

const STATUS = PnlStatus;

const Measure = { Long: 0, Short: 1, Positions: 2, Unpriced: 3, Stale: 4 } as const;
const MEASURES = Object.keys(Measure).length;

export const ACCOUNT = { dimension: 'account', member: '' } as const;

/** A sum of what is known; NaN, and never zero, where nothing is. */
export const knownOf = (
  sum: number,
  { positions, unpriced }: { readonly positions: number; readonly unpriced: number },
): number => (unpriced > 0 && unpriced === positions ? Number.NaN : sum);

export class AccountExposures {
  private readonly sums = new FixedSums();
  /** By account: what moved it since it was last said, and the latest time of that. */
  private moves = new Float64Array(64 * MOVES);
  private times = new Float64Array(64);

  constructor(
    positions: Numbered<ExposedPositionColumns>,
    private readonly said: Rows<ExposurePart>,
    private readonly baseCurrency: string,
  ) {
    for (let slot = positions.next(0); slot >= 0; slot = positions.next(slot + 1))
      this.count(positions.columns, slot, 1);
  }

  /** Takes what a position adds, or with −1 takes it back. */
  count({ account, quantity, value, status }: ExposedPositionColumns, slot: number, sign: 1 | -1): void {
    if (quantity[slot] === 0) return;
    const at = account[slot]! * MEASURES;
    const isUnpriced = status[slot] === STATUS.Unpriced;
    this.term(at + Measure.Positions, 1, sign);
    if (status[slot] === STATUS.Stale) this.term(at + Measure.Stale, 1, sign);
    if (isUnpriced) this.term(at + Measure.Unpriced, 1, sign);
    else this.term(at + (value[slot]! > 0 ? Measure.Long : Measure.Short), value[slot]!, sign);
  }

  // Adding the negative of a term does not take it back: it may round the other way.
  private term(at: number, term: number, sign: 1 | -1): void {
    if (sign === 1) this.sums.add(at, term);
    else this.sums.subtract(at, term);
  }

  /** Takes what changed a position of an account, at a time. */
  move(account: number, time: number, before: Exposed, after: Exposed): void {
    this.reserve(account);
    addMoves(this.moves, account * MOVES, before, after);
    this.times[account] = Math.max(this.times[account]!, time);
  }

  row(account: number, knownAt: number): ExposurePart {
    this.reserve(account);
    const { sums, moves } = this;
    const [at, from] = [account * MEASURES, account * MOVES];
    const counts = {
      positions: sums.value(at + Measure.Positions),
      unpriced: sums.value(at + Measure.Unpriced),
    };
    const before = this.said.get(exposurePartKey({ account, ...ACCOUNT }));
    const row: ExposurePart = {
      account,
      ...ACCOUNT,
      currency: this.baseCurrency,
      long: knownOf(sums.value(at + Measure.Long), counts),
      short: knownOf(sums.value(at + Measure.Short), counts),
      ...counts,
      stale: sums.value(at + Measure.Stale),
      netByFills: moves[from + Move.NetByFills]!,
      netByPrices: moves[from + Move.NetByPrices]!,
      netByRates: moves[from + Move.NetByRates]!,
      grossByFills: moves[from + Move.GrossByFills]!,
      grossByPrices: moves[from + Move.GrossByPrices]!,
      grossByRates: moves[from + Move.GrossByRates]!,
      time: Math.max(this.times[account]!, before?.time ?? 0),
      knownAt,
    };
    moves.fill(0, from, from + MOVES);
    return row;
  }

  private reserve(account: number): void {
    if (account < this.times.length) return;
    this.times = grown(this.times, account, 0);
    this.moves = grown(this.moves, this.times.length * MOVES, 0);
  }
}
