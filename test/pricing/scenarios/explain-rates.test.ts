/** A day's profit of rates and credit products by its causes: exact in the sum, third order in what is left. */
import type { RatesBookMarket, RatesRow } from '../../../pricing/batch/rates/book';
import { formatDay, microsOfDay } from '../../../pricing/calendars/date';
import { discountCurve } from '../../../pricing/curves/discount-curve';
import { parallelMoved } from '../../../pricing/curves/moved-curve';
import { exactSum } from '../../../pricing/math/exact-sum';
import { resolveBond } from '../../../pricing/products/bond';
import { resolveCds } from '../../../pricing/products/cds';
import { resolveFra } from '../../../pricing/products/fra';
import { resolveFxForward } from '../../../pricing/products/fx-forward';
import { resolveSwap } from '../../../pricing/products/swap';
import { explainRates, RATES_AXES } from '../../../pricing/scenarios/explain-rates';
import type { RatesMove } from '../../../pricing/scenarios/rates-move';
import { rollMarket } from '../../../pricing/time/roll-market';
import { certain, trade } from '../support/dual-curve';
import { bond, cap as capOf, context, curveSet, marketOf, swapBook } from '../support/rates-books';

const survivalOn = (reference: number, more = 0) =>
  new Map([
    [
      'ACME',
      discountCurve({
        name: 'ACME',
        reference,
        times: Float64Array.of(1, 3, 5, 10),
        zeros: Float64Array.of(0.012, 0.018, 0.022, 0.028).map((zero) => zero + more),
        interpolation: 'log-linear-discount',
      }),
    ],
  ]);
const opening: RatesBookMarket = { ...marketOf(curveSet), survival: survivalOn(trade) };
const day = trade + 1;
const cap = capOf('cap', 0.024);
const rows: readonly RatesRow[] = [
  { product: certain(resolveSwap(swapBook('2025-02-12', '10Y'))) },
  { product: certain(resolveBond({ ...bond, coupon: 0.03 })) },
  {
    product: certain(
      resolveFra({ buys: true, notional: 1e6, index: 'EUR-EURIBOR-6M', start: '2025-09-12', rate: 0.021 }),
    ),
  },
  {
    product: certain(
      resolveFxForward({
        bought: { currency: 'EUR', amount: 1e6 },
        sold: { currency: 'USD', amount: 1.06e6 },
        settles: '2026-02-12',
      }),
    ),
  },
  { product: cap, volatility: { kind: 'bachelier', volatility: 0.008 } },
  {
    product: certain(
      resolveCds({
        buysProtection: true,
        currency: 'EUR',
        notional: 1e6,
        coupon: 0.01,
        start: formatDay(day),
        maturity: '2030-03-20',
        entity: 'ACME',
        recovery: 0.4,
      }),
    ),
  },
];

/** The day after: rates up, hazards down, the dollar dearer, volatilities up, all by a share of a lively day. */
function moveBy(size: number): RatesMove {
  const rolled = certain(rollMarket(opening, { to: day, curves: 'rates-stand', fixings: 'as-forecast' }));
  const curves = new Map(
    [...rolled.curves].map(([name, curve]) => [name, parallelMoved(curve, 0.004 * size)]),
  );
  const fx = { EURUSD: { rate: 1.05 * (1 - 0.01 * size) } };
  return {
    rows,
    from: { market: opening, context },
    to: {
      market: { ...rolled, curves, fx, survival: survivalOn(day, -0.004 * size) },
      context: { ...context, valuationTime: microsOfDay(day) },
    },
    roll: 'rates-stand',
    rowsAfter: rows.map(({ product, volatility }) =>
      volatility
        ? { product, volatility: { kind: 'bachelier', volatility: 0.008 * (1 + 0.1 * size) } }
        : { product },
    ),
  };
}

const explained = (move: RatesMove) => certain(explainRates(move));

test('the axes of every row add up, to the last digit, to the change of its worth and what it paid', () => {
  for (const row of explained(moveBy(1))) {
    expect(row.reason).toBe('priced');
    expect(exactSum(RATES_AXES.map((axis) => row[axis]))).toBe(row.total);
    expect(row.total).toBe(exactSum([row.after, -row.before, row.cash]));
  }
});

test('what no axis tells falls with the third power of the moves', () => {
  const [whole, half] = [moveBy(1 / 8), moveBy(1 / 16)].map(explained);
  whole!.forEach((row, at) => {
    const told = Math.max(...RATES_AXES.map((axis) => Math.abs(row[axis])));
    expect(Math.abs(row.unexplained)).toBeLessThan(1e-4 * told);
    // Of a credit swap and an FX forward, which are all but linear here, rounding is left.
    if (Math.abs(row.unexplained) > 1e-9 * told)
      expect(row.unexplained / half![at]!.unexplained).toBeGreaterThan(6.5);
  });
});

test('each cause is told where it belongs', () => {
  const [swap, , fra, exchange, capped, protection] = explained(moveBy(1));
  expect(swap!.delta).toBeGreaterThan(0);
  expect(swap!.credit).toBe(0);
  expect(Math.abs(fra!.vega) + Math.abs(fra!.fx)).toBe(0);
  expect(exchange!.fx).not.toBe(0);
  expect(capped!.vega).toBeGreaterThan(0);
  expect(protection!.credit).toBeLessThan(0);
});

test('a coupon of the day is cash, and a cap that pays by a rule of its own asks for it', () => {
  const paying = certain(
    resolveBond({
      ...bond,
      coupon: 0.03,
      schedule: { ...bond.schedule, start: '2024-02-11', end: '2029-02-11' },
    }),
  );
  const own = moveBy(0.2);
  const coupons = paying.flows.filter(({ pay }) => pay === day);
  const { rowsAfter: _, ...plain } = own;
  const [row] = explained({ ...plain, rows: [{ product: paying }] });
  expect(coupons).toHaveLength(1);
  expect(row!.cash).toBe((coupons[0] as { readonly amount: number }).amount);
  const caplet = cap.caplets[0]!;
  const paid = { product: { ...cap, caplets: [{ ...caplet, pay: day }, ...cap.caplets.slice(1)] } };
  const asks = { ...rows[4]!, ...paid };
  expect(explained({ ...plain, rows: [asks] })[0]!.reason).toBe('cash-must-be-given');
  expect(explained({ ...plain, rows: [asks], cash: new Map([[0, 12]]) })[0]).toMatchObject({ cash: 12 });
});

test('a row whose curve the new day lacks says so and leaves the others alone', () => {
  const move = moveBy(0.2);
  const { survival: _, ...without } = move.to.market;
  const answers = explained({ ...move, to: { ...move.to, market: without } });
  expect(answers.map(({ reason }) => reason)).toEqual([...Array(5).fill('priced'), 'curve-missing']);
  expect(answers[5]!.total).toBeNaN();
});
