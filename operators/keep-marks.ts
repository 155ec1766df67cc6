/**
 * Keeps the mark of each instrument: what its best bid and ask are worth as a price, how good that is, and why it is no
 * better. Emits each mark that a step changed, once.
 *
 * Two sides that are near one another are good, and their middle is the price; far apart they are wide; absurdly far
 * apart, crossed, or gone, they make no price: the middle of the last two good sides stands, with its quality and reason,
 * until they are withdrawn. One side makes a price only where there were two before, save for an option that nobody
 * bids for. Every quote is judged, in order: of a step that ends crossed, the good moment before counts.
 *
 * State: one mark an instrument; a timer for each that is crossed.
 */

import { operator, type Stream } from '../runtime/stream/operator';
import type { Numbered, ReadonlyNumbered } from '../runtime/tables/numbered';
import type { Timers } from '../runtime/tables/timers';
import type { Growing } from '../schemas/frames/room';
import { type MarkColumns, MarkQuality, MarkState, markCodec, Reason } from '../schemas/market';
import { InstrumentKind } from '../schemas/reference';
import type { KeptMarkColumns, QuotedInstrumentColumns } from '../schemas/tables';
import type { BestQuoteColumns } from './marks/best-quotes';
import { GoodMoments } from './marks/good-moments';
import { type Judgement, judge } from './marks/judge';
import { quoteTime } from './marks/quote-time';
import { type MarkRules, type RulesByKind, rulesByNumber } from './marks/rules';
import { OutColumns } from './out-columns';

// Held here: asked of their module in hot loops they would be calls.
const WHY = Reason;
const QUALITY = MarkQuality;

export interface KeepMarksTables {
  readonly quoted: ReadonlyNumbered<QuotedInstrumentColumns>;
  readonly marks: Numbered<KeptMarkColumns>;
  /** When markets that are crossed have been so for too long. */
  readonly crossed: Timers;
}

export interface KeepMarksOptions {
  readonly rules: RulesByKind;
}

export function keepMarks(
  best: Stream<BestQuoteColumns>,
  { quoted, marks, crossed }: KeepMarksTables,
  { rules }: KeepMarksOptions,
): Stream<MarkColumns> {
  return operator('keep-marks', { fired: crossed.fired, best }, ({ marker }) => {
    const byNumber = rulesByNumber(rules);
    /** Those whose mark became another in this step, even if it is what it was by now. */
    const moved = marker();
    const good = new GoodMoments(quoted, marks, byNumber);
    const out = new OutColumns(markCodec);
    const rulesOf = (key: number): MarkRules => byNumber[quoted.columns.kind[key] ?? InstrumentKind.Equity]!;
    /** A market that stays crossed is stale at the moment at which the last two good sides become too old. */
    const watchCrossed = (key: number, now: number): void => {
      const { reason, quality, affirmed } = marks.columns;
      if (reason[key] !== WHY.Crossed || quality[key] !== QUALITY.Wide) return;
      const due = affirmed[key]! + rulesOf(key).staleAfterMicros;
      if (due > now) {
        if (crossed.dueOf(key) !== due) crossed.set(key, due);
        return;
      }
      quality[key] = QUALITY.Stale;
      marks.touch(key);
      moved.add(key);
    };
    return {
      on: {
        fired({ length, key }, { now }) {
          for (let index = 0; index < length; index += 1) watchCrossed(key[index]!, now);
        },
        best(columns, { now }) {
          for (let index = 0; index < columns.length; index += 1) {
            index = good.keep(columns, index, now, moved);
            if (index >= columns.length) return;
            const key = columns.instrument[index]!;
            marks.ensure(key);
            if (keep(marks.columns, key, columns, index, rulesOf(key), now)) moved.add(key);
            marks.touch(key);
            watchCrossed(key, now);
          }
        },
      },
      emit({ now }) {
        const keys = moved.keys();
        out.clear(keys.length);
        for (let index = 0; index < keys.length; index += 1) {
          marks.columns.knownAt[keys[index]!] = now;
          write(out.columns, keys[index]!, marks.columns);
        }
        moved.clear();
        return out.columns;
      },
      snapshot: {
        slots: () => marks.length,
        slice(from, to) {
          out.clear(to - from);
          for (let key = from; key < to; key += 1)
            if (marks.has(key) && marks.columns.changed[key]! >= 0) write(out.columns, key, marks.columns);
          return out.columns;
        },
      },
    };
  });
}

const JUDGED: Judgement = { quality: QUALITY.Missing, reason: WHY.None, price: Number.NaN };

/** Judges one moment; says whether the mark is another than before. */
function keep(
  marks: KeptMarkColumns,
  key: number,
  best: BestQuoteColumns,
  index: number,
  rules: MarkRules,
  now: number,
): boolean {
  let bid = best.bid[index]!;
  let ask = best.ask[index]!;
  const bidWhy = best.bidWhy[index]! as Reason;
  const askWhy = best.askWhy[index]! as Reason;
  const hadPrice = !Number.isNaN(marks.goodBid[key]!);
  const {
    reason,
    price: own,
    quality: judged,
  } = judge({ bid, bidWhy, ask, askWhy }, rules, hadPrice, JUDGED);
  let quality = judged;
  let price = own;
  if (quality === QUALITY.Good || reason === WHY.WideSpread) {
    marks.goodBid[key] = bid;
    marks.goodAsk[key] = ask;
    // Its own time, not the step's, so that it does not hang on when the task ran.
    if (best.time[index]! >= 0) marks.affirmed[key] = quoteTime(best.time[index]!, now);
  } else if (Number.isNaN(own)) {
    // The last two good sides stand, until they are withdrawn; before there were any nothing does.
    const stands = quality !== QUALITY.Missing && hadPrice;
    if (!stands) quality = QUALITY.Missing;
    else if (reason === WHY.Crossed && marks.affirmed[key]! + rules.staleAfterMicros <= now)
      quality = QUALITY.Stale;
    bid = stands ? marks.goodBid[key]! : Number.NaN;
    ask = stands ? marks.goodAsk[key]! : Number.NaN;
    price = (bid + ask) / 2;
  }
  const isFirst = marks.changed[key]! < 0;
  const sides = isFirst || !same(bid, marks.bid[key]!) || !same(ask, marks.ask[key]!);
  const rest =
    !same(price, marks.price[key]!) || quality !== marks.quality[key] || reason !== marks.reason[key];
  if (!sides && !rest) return false;
  // Time that passes, or a venue that goes, is no quote: the time of the last one stands.
  if (best.time[index]! >= 0 && sides) marks.changed[key] = best.time[index]!;
  marks.bid[key] = bid;
  marks.ask[key] = ask;
  marks.price[key] = price;
  marks.quality[key] = quality;
  marks.reason[key] = reason;
  return true;
}

const same = (a: number, b: number): boolean => a === b || (Number.isNaN(a) && Number.isNaN(b));

/** One side alone is to be trusted only where the other was taken back, not where it grew old. */
function stateOf(quality: MarkQuality, reason: Reason): MarkState {
  if (quality === QUALITY.Missing) return MarkState.Missing;
  const isTrusted =
    quality === QUALITY.OneSided
      ? reason === WHY.NoBid || reason === WHY.NoAsk
      : quality === QUALITY.Good || quality === QUALITY.Wide;
  return isTrusted ? MarkState.Priced : MarkState.Stale;
}

function write(out: Growing<MarkColumns>, key: number, marks: KeptMarkColumns): void {
  const at = out.length;
  const quality = marks.quality[key]! as MarkQuality;
  out.instrument[at] = key;
  out.bid[at] = marks.bid[key]!;
  out.ask[at] = marks.ask[key]!;
  out.price[at] = marks.price[key]!;
  out.state[at] = stateOf(quality, marks.reason[key]! as Reason);
  out.quality[at] = quality;
  out.reason[at] = marks.reason[key]!;
  out.time[at] = marks.changed[key]!;
  out.knownAt[at] = marks.knownAt[key]!;
  out.length = at + 1;
}
