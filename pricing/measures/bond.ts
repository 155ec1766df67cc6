/** Bonds under discounting: value of the flows after settlement, clean and dirty price, yield and its risk. */
import { addBusinessDays } from '../calendars/business-day';
import { type Day, formatDay } from '../calendars/date';
import {
  type ExplainStep,
  failure,
  type Pricer,
  type PricingContext,
  type Result,
  success,
} from '../contract';
import { yieldFromCleanPrice, yieldRisk } from '../models/bond-yield';
import { accruedAt, type Bond, flowsFrom } from '../products/bond';
import { valuationOfFlows, valueFlows } from './flow-valuation';
import { type DiscountingModel, discountCurveFor, type RatesMarket, valuationDay } from './rates-market';

export interface BondPrices {
  readonly settlement: Day;
  /** Per 100 of face, paid at settlement. */
  readonly clean: number;
  readonly dirty: number;
  readonly accrued: number;
}

export const bondSettlement = (bond: Bond, trade: Day): Day =>
  Math.max(addBusinessDays(trade, bond.settlementLag, bond.settlementCalendar), bond.issue);

/** Prices from the curve: present value divided by the discount factor to settlement. */
export function bondPrices(
  bond: Bond,
  { market, context }: { readonly market: RatesMarket; readonly context: PricingContext },
): Result<BondPrices> {
  const settlement = bondSettlement(bond, valuationDay(context));
  const valued = valueFlows(flowsFrom(bond, settlement), { market, context, currency: bond.currency });
  if (!valued.ok) return valued;
  const curve = discountCurveFor(market, bond.currency);
  if (!curve.ok) return curve;
  const dirty = (100 * valued.value.value.value) / bond.face / curve.value.discountOn(settlement);
  const accrued = accruedAt(bond, settlement);
  return success({ settlement, dirty, accrued, clean: dirty - accrued });
}

export const bondPricer: Pricer<Bond, DiscountingModel> = {
  product: 'bond',
  model: 'discounting',
  price: (bond, { market }, context) => {
    const prices = bondPrices(bond, { market, context });
    if (!prices.ok) return prices;
    const { settlement, clean, dirty, accrued } = prices.value;
    if (settlement >= bond.maturity) {
      return failure(
        'settled',
        `the bond matured ${formatDay(bond.maturity)}, before settlement ${formatDay(settlement)}.`,
      );
    }
    const more: ExplainStep[] = [
      { name: 'settlement', value: formatDay(settlement) },
      {
        name: 'dirty price',
        value: dirty,
        source: 'present value over the discount factor to settlement, per 100 of face',
      },
      { name: 'accrued interest', value: accrued },
      { name: 'clean price', value: clean },
    ];
    if (bond.rates) {
      const terms = { settlement, compounding: 'Compounded', frequency: bond.frequency } as const;
      const found = yieldFromCleanPrice(bond, clean, terms);
      if (found.ok) {
        const risk = yieldRisk(bond, found.value, terms);
        more.push(
          {
            name: 'yield to maturity',
            value: found.value,
            source: `compounded ${bond.frequency} times a year`,
          },
          { name: 'modified duration', value: risk.modifiedDuration },
          { name: 'convexity', value: risk.convexity },
        );
      }
    }
    return valuationOfFlows(flowsFrom(bond, settlement), { market, context, currency: bond.currency, more });
  },
};
