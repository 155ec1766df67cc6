/**
 * Sensitivities of credit default swaps: to the nodes and quotes of the discount curve, to hazard rates and recovery, and
 * through the bootstrap to the quoted spreads.
 */
import { type CreditQuote, cleanUpfront } from '../calibration/cds-bootstrap';
import { failure, type Greek, type Result, success } from '../contract';
import type { DiscountCurve } from '../curves/discount-curve';
import { nodeMoved, parallelMoved } from '../curves/moved-curve';
import { parJacobian, quoteSensitivity } from '../curves/par-jacobian';
import { luFactors, luSolveTransposed } from '../math/lu-factors';
import { cdsLegs } from '../models/cds-legs';
import type { AccrualFormula, CdsCurves } from '../models/isda-cds';
import type { Cds } from '../products/cds';
import { basisPoint } from './rates-greeks';
import type { RatesMarket } from './rates-market';

/** Step of the central differences: a hundredth of a basis point. */
const step = 1e-6;

export interface CdsSetting {
  readonly cds: Cds;
  readonly trade: number;
  readonly formula: AccrualFormula;
}

/** Value of protection less premium, paid today, in the holder's direction. */
export const dirtyValue = ({ cds, trade, formula }: CdsSetting, curves: CdsCurves): number => {
  const legs = cdsLegs(cds, curves, { trade, formula });
  return cds.notional * (legs.protection - cds.coupon * legs.annuity);
};

const central = (at: (by: number) => number): number => (at(step) - at(-step)) / (2 * step);

/** Sensitivities to the quotes of the discount curve, where the market keeps its curve set; hazard rates are held. */
function quoteGreeks(
  market: RatesMarket,
  name: string,
  gradient: Float64Array,
): Result<Record<string, Greek>> {
  if (!market.set) return success({});
  const jacobian = parJacobian(market.set);
  if (!jacobian.ok) return jacobian;
  const { quoteNames } = jacobian.value;
  const values = quoteSensitivity(jacobian.value, new Map([[name, gradient]]));
  return success(
    Object.fromEntries(
      quoteNames.map((quote, place): [string, Greek] => [
        `par-delta ${quote}`,
        {
          value: values[place]! * basisPoint,
          convention: 'change of value per +0.0001 in the quote, discount curve rebuilt, hazard rates held',
        },
      ]),
    ),
  );
}

/** Protection pays and the value is gone; of an index with a count of names, that of one name. */
function jumpToDefault({ cds }: CdsSetting, value: number): Greek {
  const whole = cds.notional * (1 - cds.recovery) - value;
  if (!cds.index) return { value: whole, convention: 'change of value should the entity default today' };
  const { factor, names } = cds.index;
  if (names === undefined)
    return { value: whole, convention: 'change of value should every name that is left default today' };
  return {
    value: whole / (names * factor),
    convention: `change of value should one name of the ${names} default today, at the recovery of the index`,
  };
}

export function curveGreeks(
  setting: CdsSetting,
  curves: CdsCurves,
  market: RatesMarket,
): Result<Record<string, Greek>> {
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
    'jump-to-default': jumpToDefault(setting, dirtyValue(setting, curves)),
  };
  const gradient = new Float64Array(discount.times.length);
  for (let node = 0; node < discount.times.length; node += 1) {
    gradient[node] = central((by) => value({ discount: nodeMoved(discount, node, by) }));
    greeks[`zero-delta ${discount.name} ${discount.labels[node]}`] = {
      value: basisPoint * gradient[node]!,
      convention: 'change of value per +1 bp in the zero rate of the node; central difference, step 0.01 bp',
    };
  }
  const quoted = quoteGreeks(market, discount.name, gradient);
  return quoted.ok ? success({ ...greeks, ...quoted.value }) : quoted;
}

/**
 * Sensitivities to the quoted spreads through the bootstrap: each quoted swap keeps its clean upfront while spreads and
 * survival nodes move, so that ∂V/∂s = −(∂V/∂z)·(∂u/∂z)⁻¹·(∂u/∂s).
 */
export function spreadGreeks(
  setting: CdsSetting,
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
