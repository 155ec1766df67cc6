/** By which rules quotes become marks, as the configuration says them: what it leaves out is as usual. */
import { z } from 'zod';
import { type MarkRules, type RulesByKind, USUAL_RULES } from '../operators/marks/rules';
import { InstrumentKind } from '../schemas/reference';

const kinds = Object.keys(InstrumentKind) as [
  keyof typeof InstrumentKind,
  ...(keyof typeof InstrumentKind)[],
];
// A spread over the larger side: of sides on both sides of zero it is two at most.
const share = z.number().min(0).max(2);

const rule = z
  .strictObject({
    staleAfterSeconds: z.number().min(0.001).max(864_000).describe('A side counts for so long.'),
    consolidate: z
      .enum(['best', 'latest'])
      .describe('The best side over all venues, or both sides of the venue that quoted last.'),
    wideSpread: share.describe('Beyond this share of the larger side a spread is wide.'),
    absurdSpread: share.describe('Beyond this it is no market, and never becomes a price.'),
    narrow: z
      .number()
      .min(0)
      .max(1e12)
      .describe('Up to this, in the currency of the price, a spread is a market whatever its share.'),
    signed: z.boolean().describe('Whether prices of zero and less are prices.'),
    bidMayBeNothing: z.boolean().describe('Whether an ask without a bid is a price, as of an option.'),
  })
  .partial();

export const markRulesSchema = z
  .partialRecord(z.enum(kinds), rule)
  .default({})
  .superRefine((told, context) => {
    for (const [kind, { wideSpread, absurdSpread }] of Object.entries(rulesOf(told)))
      if (wideSpread > absurdSpread)
        context.addIssue({
          code: 'custom',
          path: [kind, 'wideSpread'],
          message: `${wideSpread} is beyond absurdSpread, ${absurdSpread}: what is wide must be a market still`,
        });
  });

type Told = Readonly<Partial<Record<keyof typeof InstrumentKind, Partial<z.infer<typeof rule>>>>>;

/** The rules of every kind of instrument. */
export function rulesOf(told: Told): RulesByKind {
  const rules = kinds.map((kind): [string, MarkRules] => {
    const { staleAfterSeconds, ...rest } = told[kind] ?? {};
    const said = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
    const stale = staleAfterSeconds === undefined ? {} : { staleAfterMicros: staleAfterSeconds * 1e6 };
    return [kind, { ...USUAL_RULES[kind], ...said, ...stale }];
  });
  return Object.fromEntries(rules) as unknown as RulesByKind;
}
