/** Swaps, forward rate agreements and FX forwards in Open Source Risk Engine's XML, as products of the library. */
import { adjust } from '../../../pricing/calendars/business-day';
import { formatDay, parseDay } from '../../../pricing/calendars/date';
import type { PricingContext, Result, Valuation } from '../../../pricing/contract';
import { valueFlows } from '../../../pricing/measures/flow-valuation';
import { fraPricer, fxForwardPricer } from '../../../pricing/measures/linear-rates';
import type { RatesMarket } from '../../../pricing/measures/rates-market';
import { resolveFra } from '../../../pricing/products/fra';
import { resolveFxForward } from '../../../pricing/products/fx-forward';
import { rateIndexOf } from '../../../pricing/products/rate-index';
import { type LegBook, resolveSwap } from '../../../pricing/products/swap';
import { certain } from './dual-curve';
import { oreCalendarName, oreIndexName } from './ore-curves';
import { nodesOf, textAt, type XmlNode } from './xml-tree';

const isoDay = (text: string): string =>
  formatDay(parseDay(text.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3'))!);

/** Agreements are booked on weekends too; the index moves them to its business days. */
const goodDay = (text: string, index: string): string =>
  formatDay(adjust(parseDay(text)!, 'ModifiedFollowing', rateIndexOf(index).calendar));

function legOf(leg: XmlNode): LegBook {
  const rules = nodesOf(leg, 'Rules')[0]!;
  const schedule = {
    start: isoDay(textAt(rules, 'StartDate')),
    end: isoDay(textAt(rules, 'EndDate')),
    tenor: textAt(rules, 'Tenor'),
    calendar: oreCalendarName(textAt(rules, 'Calendar')),
    convention: textAt(rules, 'Convention'),
    terminationConvention: textAt(rules, 'TermConvention'),
    rule: textAt(rules, 'Rule') === 'Backward' ? ('Backward' as const) : ('Forward' as const),
  };
  const common = {
    pays: textAt(leg, 'Payer') === 'true',
    currency: textAt(leg, 'Currency'),
    notional: Number(textAt(leg, 'Notionals', 'Notional')),
    dayCount: textAt(leg, 'DayCounter'),
    schedule,
    paymentLag: Number(textAt(leg, 'PaymentLag')),
    paymentConvention: textAt(leg, 'PaymentConvention'),
    exchange: nodesOf(leg, 'Exchanges').length > 0 ? ('both' as const) : ('none' as const),
  };
  if (textAt(leg, 'LegType') === 'Fixed')
    return { ...common, type: 'fixed', rate: Number(textAt(leg, 'FixedLegData', 'Rates', 'Rate')) };
  return {
    ...common,
    type: 'floating',
    index: oreIndexName(textAt(leg, 'FloatingLegData', 'Index')),
    spread: Number(textAt(leg, 'FloatingLegData', 'Spreads', 'Spread') || 0),
    forwardOver: 'accrual-period',
  };
}

export interface OreSetting {
  readonly market: RatesMarket;
  readonly context: PricingContext;
  /** Where the report has another maturity than the booking (a weekend), it counts. */
  readonly maturity: (id: string) => string;
}

export interface OreValue {
  readonly id: string;
  readonly value: number;
  readonly notional: number;
}

export function oreValue(trade: XmlNode, { market, context, maturity }: OreSetting): OreValue {
  const id = trade.id!;
  const model = { kind: 'discounting', market } as const;
  const answer = (result: Result<Valuation>, notional: number): OreValue => ({
    id,
    value: certain(result).value,
    notional,
  });
  const kind = textAt(trade, 'TradeType');
  if (kind === 'ForwardRateAgreement') {
    const data = nodesOf(trade, 'ForwardRateAgreementData')[0]!;
    const notional = Number(textAt(data, 'Notional'));
    const index = oreIndexName(textAt(data, 'Index'));
    const fra = resolveFra({
      buys: textAt(data, 'LongShort') === 'Long',
      notional,
      index,
      start: goodDay(textAt(data, 'StartDate'), index),
      end: goodDay(textAt(data, 'EndDate'), index),
      rate: Number(textAt(data, 'Strike')),
    });
    return answer(fraPricer.price(certain(fra), model, context), notional);
  }
  if (kind === 'FxForward') {
    const data = nodesOf(trade, 'FxForwardData')[0]!;
    const [bought, sold] = [Number(textAt(data, 'BoughtAmount')), Number(textAt(data, 'SoldAmount'))];
    const forward = resolveFxForward({
      bought: { currency: textAt(data, 'BoughtCurrency'), amount: bought },
      sold: { currency: textAt(data, 'SoldCurrency'), amount: sold },
      settles: maturity(id),
    });
    return answer(fxForwardPricer.price(certain(forward), model, context), sold);
  }
  const legs = nodesOf(trade, 'LegData').map(legOf);
  const notional = [legs[0]!.notional].flat()[0]!;
  const { legs: resolved, currency } = certain(resolveSwap({ legs }));
  // The value alone: Greeks of hundreds of swaps are not what is looked at.
  const worth = valueFlows(
    resolved.flatMap(({ flows }) => flows),
    { market, context, currency },
  );
  return { id, value: certain(worth).value.value, notional };
}
