/** A bond at its clean price as a calibration instrument of the curve that discounts it. */
import type { Day } from '../calendars/date';
import type { CalibrationInstrument, CurveTerm } from '../curves/term';
import { bondSettlement } from '../measures/bond';
import { accruedAt, type Bond, flowsFrom } from '../products/bond';

export interface BondInstrumentTerms {
  /** Name of the clean price, per 100 of face. */
  readonly quote: string;
  readonly label?: string;
  readonly bond: Bond;
  readonly trade: Day;
  readonly curve: string;
}

/** Fixed coupons only: flows after settlement are worth the dirty price paid at settlement. */
export function bondInstrument({
  quote,
  label = quote,
  bond,
  trade,
  curve,
}: BondInstrumentTerms): CalibrationInstrument {
  const settlement = bondSettlement(bond, trade);
  const open = flowsFrom(bond, settlement);
  const flows = open.map(
    (flow): CurveTerm => ({
      amount: flow.type === 'fixed' ? flow.amount / bond.face : 0,
      discount: { curve, day: flow.pay },
    }),
  );
  const price: CurveTerm = {
    amount: -accruedAt(bond, settlement) / 100,
    quote,
    quoteFactor: -1 / 100,
    discount: { curve, day: settlement },
  };
  return { quote, label, pillar: open.at(-1)!.pay, terms: [...flows, price] };
}
