/**
 * By which rules the quotes of an instrument become its mark: one set for each kind of instrument, which configuration
 * may change. Spreads are judged by their share of the larger side, so that prices below zero are judged, too.
 */
import { InstrumentKind } from '../../schemas/reference';

export interface MarkRules {
  /** A side counts for so long after the quote that told of it. */
  readonly staleAfterMicros: number;
  /** The best side over all venues, or both sides of the venue that quoted last. */
  readonly consolidate: 'best' | 'latest';
  /** Spreads beyond this share of the larger side are wide. */
  readonly wideSpread: number;
  /** Beyond this they are no market, and never become a price, unless they are within `narrow`. */
  readonly absurdSpread: number;
  /** In the currency of the price: spreads up to this are a market, whatever their share. */
  readonly narrow: number;
  /** Prices of zero and less are prices. */
  readonly signed: boolean;
  /** An ask without a bid is a price between nothing and the ask, as of an option that nobody wants. */
  readonly bidMayBeNothing: boolean;
}

export type RulesByKind = Readonly<Record<keyof typeof InstrumentKind, MarkRules>>;

const SECOND = 1_000_000;

const USUAL: MarkRules = {
  staleAfterMicros: 15 * SECOND,
  consolidate: 'best',
  wideSpread: 0.1,
  absurdSpread: 0.75,
  narrow: 0,
  signed: false,
  bidMayBeNothing: false,
};

export const USUAL_RULES: RulesByKind = Object.freeze({
  Equity: USUAL,
  Future: { ...USUAL, signed: true, narrow: 5 },
  Option: { ...USUAL, wideSpread: 0.5, narrow: 100, bidMayBeNothing: true },
  Fx: { ...USUAL, wideSpread: 0.02, absurdSpread: 0.3 },
  Crypto: USUAL,
  Other: { ...USUAL, signed: true, narrow: 5 },
  Perpetual: USUAL,
  Forward: { ...USUAL, signed: true, narrow: 5 },
  Index: USUAL,
  Bond: USUAL,
  Swap: { ...USUAL, signed: true, narrow: 5 },
  Cds: { ...USUAL, signed: true, narrow: 5 },
});

/** The rules by the number of the kind. */
export function rulesByNumber(rules: RulesByKind): readonly MarkRules[] {
  const byNumber: MarkRules[] = [];
  for (const [name, number] of Object.entries(InstrumentKind))
    byNumber[number as number] = inOrder(rules[name as keyof typeof InstrumentKind] ?? rules.Other);
  return byNumber;
}

/** With its fields in one order, however they were written down: a hot loop meets objects of one kind. */
const inOrder = (rules: MarkRules): MarkRules => ({
  staleAfterMicros: rules.staleAfterMicros,
  consolidate: rules.consolidate,
  wideSpread: rules.wideSpread,
  absurdSpread: rules.absurdSpread,
  narrow: rules.narrow,
  signed: rules.signed,
  bidMayBeNothing: rules.bidMayBeNothing,
});

/** The same change to the rules of every kind. */
export const everyRule = (rules: RulesByKind, change: Partial<MarkRules>): RulesByKind =>
  Object.fromEntries(
    Object.entries(rules).map(([kind, rule]) => [kind, { ...rule, ...change }]),
  ) as unknown as RulesByKind;
