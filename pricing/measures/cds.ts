/** Credit default swaps under the ISDA standard model: value, upfront, and sensitivities to spreads, rates and recovery. */
import { addBusinessDays } from '../calendars/business-day.js';
import { formatDay } from '../calendars/date.js';
import { type CreditQuote, cleanUpfront } from '../calibration/cds-bootstrap.js';
import { failure, type Greek, type Pricer, type Result, success } from '../contract.js';
import type { DiscountCurve } from '../curves/discount-curve.js';
import { nodeMoved, parallelMoved } from '../curves/moved-curve.js';
import { luFactors, luSolveTransposed } from '../math/lu-factors.js';
import { type CdsLegs, cdsLegs } from '../models/cds-legs.js';
import type { AccrualFormula, CdsCurves } from '../models/isda-cds.js';
import type { Cds } from '../products/cds.js';
import { basisPoint } from './rates-greeks.js';
import { discountCurveFor, type RatesMarket, valuationDay } from './rates-market.js';

export interface CdsModel {
  readonly kind: 'isda-cds';
  readonly market: RatesMarket;
  /** Survival curves by entity. */
  readonly survival: ReadonlyMap<string, DiscountCurve>;
  /** The quotes that the survival curves come from, by entity, for spread sensitivities. */
  readonly quotes?: ReadonlyMap<string, readonly CreditQuote[]>;
  readonly formula?: AccrualFormula;
}

/** Step of the central differences: a hundredth of a basis point. */
const step = 1e-6;

interface Setting {
  readonly cds: Cds;
  readonly trade: number;
  readonly formula: AccrualFormula;
}

/** Value of protection less premium, paid today, in the holder's direction. */
const dirtyValue = ({ cds, trade, formula }: Setting, curves: CdsCurves): number => {
  const legs = cdsLegs(cds, curves, { trade, formula });
  return cds.notional * (legs.protection - cds.coupon * legs.annuity);
};

const central = (at: (by: number) => number): number => (at(step) - at(-step)) / (2 * step);

function curveGreeks(setting: Setting, curves: CdsCurves): Record<string, Greek> {
  const { discount, survival } = curves;
  const value = (moved: Partial<CdsCurves>): number => dirtyValue(setting, { ...curves, ...moved });
  const greeks: Record<string, Greek> = {
    dv01: {
      value: basisPoint * central((by) => value({ discount: parallelMoved(discount, by) })),
      convention:
        'change of value per +1 bp in every zero rate, hazard rates held; central difference, step 0.01 bp',
    },
    'hazard-dv01': {
      value: basisPoint * central((by) => value({ survival: parallelMoved(survival, by) })),
      convention:
        'change of value per +1 bp in the hazard rate at all times; central difference, step 0.01 bp',
    },
    'recovery-01': {
      value:
        0.01 *
        central((by) =>
          dirtyValue({ ...setting, cds: { ...setting.cds, recovery: setting.cds.recovery + by } }, curves),
        ),
      convention: 'change of value per +1 % of recovery, hazard rates held; central difference',
    },
    'jump-to-default': {
      value: setting.cds.notional * (1 - setting.cds.recovery) - dirtyValue(setting, curves),
      convention: 'change of value should the entity default today',
    },
  };
  for (let node = 0; node < discount.times.length; node += 1) {
    greeks[`zero-delta ${discount.name} ${discount.labels[node]}`] = {
      value: basisPoint * central((by) => value({ discount: nodeMoved(discount, node, by) })),
      convention: 'change of value per +1 bp in the zero rate of the node; central difference, step 0.01 bp',
    };
  }
  return greeks;
}

/**
 * Sensitivities to the quoted spreads through the bootstrap: each quoted swap keeps its clean upfront while spreads and
 * survival nodes move, so that ∂V/∂s = −(∂V/∂z)·(∂u/∂z)⁻¹·(∂u/∂s).
 */
function spreadGreeks(
  setting: Setting,
  curves: CdsCurves,
  quotes: readonly CreditQuote[],
): Result<Record<string, Greek>> {
  const { trade, formula, cds } = setting;
  const { discount, survival } = curves;
  const size = quotes.length;
  if (survival.times.length !== size) {
    return failure(
      'credit-quotes-must-fit-the-curve',
      `${cds.entity}: ${size} quotes for ${survival.times.length} survival nodes. Give the quotes that made the curve.`,
    );
  }
  const byMaturity = [...quotes].sort((a, b) => a.cds.maturity - b.cds.maturity);
  const upfront = (quoted: Cds, moved: DiscountCurve): number =>
    cleanUpfront(quoted, {
      legs: cdsLegs(quoted, { discount, survival: moved }, { trade, formula }),
      discount,
      trade,
    });
  const matrix = new Float64Array(size * size);
  const gradient = new Float64Array(size);
  for (let node = 0; node < size; node += 1) {
    const [up, down] = [nodeMoved(survival, node, step), nodeMoved(survival, node, -step)];
    gradient[node] =
      (dirtyValue(setting, { discount, survival: up }) - dirtyValue(setting, { discount, survival: down })) /
      (2 * step);
    for (let row = 0; row < size; row += 1) {
      const quoted = byMaturity[row]!.cds;
      matrix[row * size + node] = (upfront(quoted, up) - upfront(quoted, down)) / (2 * step);
    }
  }
  const factors = luFactors(matrix, size);
  if (!factors)
    return failure(
      'credit-quotes-must-fit-the-curve',
      `${cds.entity}: the quotes do not determine the curve.`,
    );
  const weights = luSolveTransposed(factors, gradient);
  const convention =
    'survival curve rebuilt, by the implicit function theorem; derivatives in nodes by central difference, step 0.01 bp';
  const greeks: Record<string, Greek> = {};
  let total = 0;
  byMaturity.forEach(({ label, cds: quoted, upfrontBySpread }, row) => {
    // A par spread is the coupon, in which the upfront is linear; a conventional one moves the upfront that is to be met.
    const bySpread =
      upfrontBySpread === undefined
        ? upfront({ ...quoted, coupon: quoted.coupon + 1 }, survival) - upfront(quoted, survival)
        : -upfrontBySpread;
    const value = -weights[row]! * bySpread * basisPoint;
    total += value;
    greeks[`spread-delta ${label}`] = {
      value,
      convention: `change of value per +1 bp in the ${upfrontBySpread === undefined ? 'par' : 'conventional'} spread, ${convention}`,
    };
  });
  return success({
    cs01: { value: total, convention: `change of value per +1 bp in every quoted spread, ${convention}` },
    ...greeks,
  });
}

export const cdsPricer: Pricer<Cds, CdsModel> = {
  product: 'cds',
  model: 'isda-cds',
  price: (cds, model, context) => {
    const trade = valuationDay(context);
    const formula = model.formula ?? 'isda';
    if (cds.maturity <= trade) {
      return failure(
        'cds-must-be-alive',
        `protection ended ${formatDay(cds.maturity)}, before ${formatDay(trade)}.`,
      );
    }
    const discount = discountCurveFor(model.market, cds.currency);
    if (!discount.ok) return discount;
    const survival = model.survival.get(cds.entity);
    if (!survival)
      return failure('survival-curve-must-be-present', `no survival curve for ${cds.entity}. Bootstrap one.`);
    const curves = { discount: discount.value, survival };
    const setting = { cds, trade, formula };
    const legs = cdsLegs(cds, curves, { trade, formula });
    const value = dirtyValue(setting, curves);
    const quotes = model.quotes?.get(cds.entity);
    const spreads: Result<Record<string, Greek>> = quotes
      ? spreadGreeks(setting, curves, quotes)
      : success({});
    if (!spreads.ok) return spreads;
    return success({
      value,
      greeks: { ...curveGreeks(setting, curves), ...spreads.value },
      explain: explain(cds, { legs, discount: discount.value, trade, value }),
    });
  },
};

function explain(
  cds: Cds,
  {
    legs,
    discount,
    trade,
    value,
  }: {
    readonly legs: CdsLegs;
    readonly discount: DiscountCurve;
    readonly trade: number;
    readonly value: number;
  },
) {
  const upfront = cds.notional * cleanUpfront(cds, { legs, discount, trade });
  const settles = addBusinessDays(trade, cds.settlementLag, cds.calendar);
  const source = 'ISDA CDS Standard Model';
  return [
    { name: 'step-in date', value: formatDay(trade + 1) },
    { name: 'upfront settlement', value: formatDay(settles) },
    { name: 'protection leg', value: cds.notional * legs.protection, source },
    { name: 'premium leg, accrued included', value: cds.notional * cds.coupon * legs.annuity, source },
    { name: 'accrued on default', value: cds.notional * cds.coupon * legs.accruedOnDefault, source },
    { name: 'accrued premium', value: cds.notional * cds.coupon * legs.accrued },
    {
      name: 'par spread',
      value: legs.protection / (legs.annuity - legs.accrued * discount.discountOn(settles)),
      source: 'coupon of clean upfront zero',
    },
    { name: 'clean upfront', value: upfront },
    {
      name: 'cash upfront',
      value: upfront - cds.notional * cds.coupon * legs.accrued,
      source: 'clean upfront less accrued premium',
    },
    { name: 'value', value, source: 'protection less premium leg, today' },
  ];
}
