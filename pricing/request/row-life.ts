/** Where the product of a row stands in its life, and the cash that moves on the valuation day, which no value counts. */
import { formatDay } from '../calendars/date';
import type { PricingContext } from '../contract';
import { type RatesMarket, valuationDay } from '../measures/rates-market';
import type { Bond } from '../products/bond';
import type { Flow } from '../products/flow';
import type { FxForward } from '../products/fx-forward';
import type { Swap } from '../products/swap';
import type { TermDeposit } from '../products/term-deposit';
import type { Kinded } from '../registry';
import { cashDue } from '../time/cash-due';
import type { Life } from '../time/life';
import { productLife } from '../time/product-life';

export interface DueToday {
  readonly day: string;
  readonly currency: string;
  readonly amount: number;
  readonly of: string;
}

export interface RowLife {
  /** Absent while the product is live. */
  readonly life?: Exclude<Life, 'live'>;
  /** What is paid on the valuation day, where something is. */
  readonly due?: readonly DueToday[];
  /** By rule, where what is paid today is not known. */
  readonly dueMissing?: string;
}

/** All flows, paid ones too; none for products of other kinds. */
function flowsOf(product: Kinded): readonly Flow[] {
  const known = product as Swap | Bond | TermDeposit | FxForward;
  switch (known.kind) {
    case 'swap':
      return known.legs.flatMap(({ flows }) => flows);
    case 'bond':
    case 'term-deposit':
      return known.flows;
    case 'fx-forward':
      return [known.bought, known.sold];
    default:
      return [];
  }
}

export function rowLife(product: Kinded, model: Kinded, context: PricingContext): RowLife {
  const life = productLife(product, context);
  const state = life === 'live' ? {} : { life };
  const { market } = model as { readonly market?: RatesMarket };
  const today = valuationDay(context);
  if (!market || model.kind !== 'discounting') return state;
  const due = cashDue(flowsOf(product), { after: today - 1, until: today }, market);
  if (!due.ok) return { ...state, dueMissing: due.reason };
  if (due.value.length === 0) return state;
  return { ...state, due: due.value.map((cash) => ({ ...cash, day: formatDay(cash.day) })) };
}
