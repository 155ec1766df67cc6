import fc from 'fast-check';
import { fitHullWhite } from '../../../pricing/calibration/hull-white';
import { bermudanSwaptionPricer } from '../../../pricing/measures/bermudan-swaption';
import { capFloorPricers } from '../../../pricing/measures/cap-floor';
import { hullWhiteSwaptionPricer } from '../../../pricing/measures/hull-white';
import { hullWhiteCapFloorPricer } from '../../../pricing/measures/hull-white-cap-floor';
import { swapPricer } from '../../../pricing/measures/swap';
import { swaptionPricers } from '../../../pricing/measures/swaption';
import { flowsOption, zeroBondOption } from '../../../pricing/models/hull-white';
import { type RateVolatility, rateOption } from '../../../pricing/models/rate-option';
import { resolveSwap } from '../../../pricing/products/swap';
import { sabrLognormalVolatility, sabrNormalVolatility } from '../../../pricing/volatility/sabr';
import { certain } from '../support/dual-curve';
import { bermudan, cap, context, curveSet, european, marketOf, swapBook } from '../support/rates-books';

const market = marketOf(curveSet);
const hullWhite = { kind: 'hull-white', market, reversion: 0.03, volatility: 0.008 } as const;
const rate = fc.double({ min: 0.001, max: 0.08, noNaN: true });
const smiles: readonly RateVolatility[] = [
  { kind: 'black', volatility: 0.4 },
  { kind: 'black', volatility: 0.25, shift: 0.02 },
  { kind: 'bachelier', volatility: 0.008 },
  { kind: 'sabr', alpha: 0.03, beta: 0.5, rho: -0.3, nu: 0.5, shift: 0.01 },
  { kind: 'sabr', quoted: 'normal', alpha: 0.008, beta: 0, rho: 0.2, nu: 0.4 },
];

test.each(smiles)('a call less a put is the forward less the strike: $kind', (smile) => {
  fc.assert(
    fc.property(rate, rate, fc.double({ min: 0.05, max: 20, noNaN: true }), (forward, strike, time) => {
      const call = certain(rateOption({ right: 'call', forward, strike, time }, smile));
      const put = certain(rateOption({ right: 'put', forward, strike, time }, smile));
      expect(call.value - put.value).toBeCloseTo(forward - strike, 12);
      expect(call.value).toBeGreaterThanOrEqual(Math.max(forward - strike, 0) - 1e-15);
      expect(call.delta - put.delta).toBeCloseTo(1, 6);
    }),
  );
});

test.each(smiles)('sensitivities of one option are central differences at two steps: $kind', (smile) => {
  const terms = { right: 'call', forward: 0.031, strike: 0.027, time: 3 } as const;
  const here = certain(rateOption(terms, smile));
  for (const step of [1e-6, 3e-6]) {
    const inForward = (by: number): number =>
      certain(rateOption({ ...terms, forward: terms.forward + by }, smile)).value;
    expect(here.delta).toBeCloseTo((inForward(step) - inForward(-step)) / (2 * step), 6);
    const inTime = (by: number): number =>
      certain(rateOption({ ...terms, time: terms.time + by }, smile)).value;
    expect(here.perTime).toBeCloseTo((inTime(step) - inTime(-step)) / (2 * step), 8);
    for (const name of Object.keys(here.vegas)) {
      const own = smile.kind === 'sabr' ? name : 'volatility';
      if (!(own in smile)) continue;
      const moved = (by: number): RateVolatility => ({
        ...smile,
        [own]: (smile as unknown as Record<string, number>)[own]! + by,
      });
      const at = (by: number): number => certain(rateOption(terms, moved(by))).value;
      expect(here.vegas[name]).toBeCloseTo((at(step) - at(-step)) / (2 * step), 7);
    }
  }
});

test('both SABR expansions agree at the money, and with each other through prices near it', () => {
  const smile = { alpha: 0.03, beta: 0.6, rho: -0.25, nu: 0.35 };
  const terms = { forward: 0.03, time: 1 };
  for (const strike of [0.028, 0.03, 0.032]) {
    const lognormal = certain(
      rateOption(
        { ...terms, strike, right: 'call' },
        { kind: 'black', volatility: sabrLognormalVolatility({ ...terms, strike }, smile) },
      ),
    );
    const normal = certain(
      rateOption(
        { ...terms, strike, right: 'call' },
        { kind: 'bachelier', volatility: sabrNormalVolatility({ ...terms, strike }, smile) },
      ),
    );
    expect(Math.abs(lognormal.value / normal.value - 1)).toBeLessThan(2e-3);
  }
});

test('a lognormal formula refuses rates below its shift, by name', () => {
  const terms = { right: 'call', forward: -0.012, strike: 0.01, time: 1 } as const;
  expect(rateOption(terms, { kind: 'black', volatility: 0.3, shift: 0.01 })).toMatchObject({
    reason: 'rates-must-exceed-minus-shift',
  });
  expect(rateOption(terms, { kind: 'bachelier', volatility: -0.01 })).toMatchObject({
    reason: 'volatility-must-not-be-negative',
  });
  expect(
    rateOption(terms, { kind: 'sabr', alpha: 0.02, beta: 0, rho: 1.1, nu: 0.3, quoted: 'normal' }),
  ).toMatchObject({ reason: 'sabr-parameters-must-be-in-domain' });
});

test('a cap less a floor is a swap of the floating leg against the strike', () => {
  const strike = 0.022;
  for (const model of [hullWhite, { kind: 'bachelier', market, volatility: 0.008 } as const]) {
    const price = (right: 'cap' | 'floor'): number =>
      model.kind === 'hull-white'
        ? certain(hullWhiteCapFloorPricer.price(cap(right, strike), model, context)).value
        : certain(capFloorPricers.bachelier.price(cap(right, strike), model, context)).value;
    const swap = swapBook('2025-08-12', '2030-08-12', { rate: strike });
    const [fixed, floating] = swap.legs;
    const semi = {
      ...swap,
      legs: [{ ...fixed!, dayCount: 'ACT/360', schedule: floating!.schedule }, floating!],
    };
    const { value } = certain(
      swapPricer.price(certain(resolveSwap(semi)), { kind: 'discounting', market }, context),
    );
    expect(price('cap') - price('floor')).toBeCloseTo(value, 4);
  }
});

test('a payer less a receiver swaption is the forward swap', () => {
  const option = (pays: boolean) => european('2028-02-10', '2028-02-14', '5Y', { pays, rate: 0.023 });
  const { value } = certain(swapPricer.price(option(true).swap, { kind: 'discounting', market }, context));
  const black = (pays: boolean): number =>
    certain(swaptionPricers.black.price(option(pays), { kind: 'black', market, volatility: 0.3 }, context))
      .value;
  const gaussian = (pays: boolean): number =>
    certain(hullWhiteSwaptionPricer.price(option(pays), hullWhite, context)).value;
  expect(black(true) - black(false)).toBeCloseTo(value, 4);
  expect(gaussian(true) - gaussian(false)).toBeCloseTo(value, 4);
});

test('par-yield cash under Hull–White meets its intrinsic value, and Bachelier at the volatility of the swap', () => {
  const terms = { cash: true } as const;
  const payer = european('2027-02-10', '2027-02-12', '5Y', terms);
  const receiver = european('2027-02-10', '2027-02-12', '5Y', { ...terms, pays: false });
  const worth = (swaption: typeof payer, volatility: number): number =>
    certain(hullWhiteSwaptionPricer.price(swaption, { ...hullWhite, volatility }, context)).value;
  // With next to no volatility it is the intrinsic value that Bachelier has as well.
  for (const swaption of [payer, receiver]) {
    const still = certain(
      swaptionPricers.bachelier.price(swaption, { kind: 'bachelier', market, volatility: 1e-9 }, context),
    );
    expect(worth(swaption, 1e-9)).toBeCloseTo(still.value, 3);
    expect(worth(swaption, 0.008)).toBeGreaterThan(still.value);
  }
  // A normal volatility that gives the physical option its price gives the cash one nearly its own.
  const physical = european('2027-02-10', '2027-02-12', '5Y');
  const model = certain(hullWhiteSwaptionPricer.price(physical, hullWhite, context)).value;
  const normal = (swaption: typeof payer, volatility: number): number =>
    certain(swaptionPricers.bachelier.price(swaption, { kind: 'bachelier', market, volatility }, context))
      .value;
  let [low, high] = [0.001, 0.02];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (normal(physical, middle) < model) low = middle;
    else high = middle;
  }
  expect(worth(payer, 0.008) / normal(payer, low)).toBeCloseTo(1, 1);
  expect(Math.abs(worth(payer, 0.008) / normal(payer, low) - 1)).toBeLessThan(0.02);
});

test('collateralised cash is worth what the swap is, under every model', () => {
  const swap = european('2027-02-10', '2027-02-12', '5Y');
  const cash = { ...swap, settlement: 'cash-collateralised' as const };
  const black = { kind: 'black', market, volatility: 0.25 } as const;
  expect(certain(swaptionPricers.black.price(cash, black, context)).value).toBe(
    certain(swaptionPricers.black.price(swap, black, context)).value,
  );
  expect(certain(hullWhiteSwaptionPricer.price(cash, hullWhite, context)).value).toBe(
    certain(hullWhiteSwaptionPricer.price(swap, hullWhite, context)).value,
  );
});

test('an option on one bond is the closed form, and on many what integration over the factor gives', () => {
  const model = { reversion: 0.05, volatility: 0.012 };
  const p = (time: number): number => Math.exp(-0.03 * time);
  const strike = 0.9;
  const single = flowsOption(
    [
      { value: p(5), time: 5 },
      { value: -strike * p(2), time: 2 },
    ],
    2,
    model,
  );
  expect(single.value).toBeCloseTo(
    zeroBondOption(
      { right: 'call', strike, toExpiry: p(2), toMaturity: p(5), expiry: 2, maturity: 5 },
      model,
    ),
    14,
  );
  const claims = [3, 4, 5, 6, 7]
    .map((time) => ({ value: 0.035 * p(time) + (time === 7 ? p(7) : 0), time }))
    .concat({ value: -p(2), time: 2 });
  const variance = (model.volatility ** 2 * -Math.expm1(-4 * model.reversion)) / (2 * model.reversion);
  let sum = 0;
  const step = 1e-3;
  for (let z = -9; z < 9; z += step) {
    const x = (z + step / 2) * Math.sqrt(variance);
    const worth = claims.reduce((total, { value, time }) => {
      const load = -Math.expm1(-model.reversion * (time - 2)) / model.reversion;
      return total + value * Math.exp(-load * x - 0.5 * load * load * variance);
    }, 0);
    sum += (Math.max(worth, 0) * step * Math.exp(-0.5 * (z + step / 2) ** 2)) / Math.sqrt(2 * Math.PI);
  }
  expect(Math.abs(flowsOption(claims, 2, model).value - sum)).toBeLessThan(1e-8);
});

test('a Bermudan option is worth more than each European in it, less than all, and states its error', () => {
  const dates = ['2027-02-10', '2028-02-10', '2029-02-08'];
  const whole = certain(
    bermudanSwaptionPricer.price(bermudan(dates, '2027-02-12', '5Y'), hullWhite, context),
  );
  const parts = dates.map((date, place) => {
    const start = ['2027-02-12', '2028-02-14', '2029-02-12'][place]!;
    return certain(hullWhiteSwaptionPricer.price(european(date, start, '2032-02-12'), hullWhite, context))
      .value;
  });
  expect(whole.value).toBeGreaterThan(Math.max(...parts));
  expect(whole.value).toBeLessThan(parts.reduce((sum, part) => sum + part, 0));
  expect(whole.error).toBeLessThan(1e-7 * 1e6);
});

test('two exercise dates a day apart are nearly one: the roll-back meets Jamshidian', () => {
  const [near, far] = ['2028-02-09', '2028-02-10'];
  const both = certain(
    bermudanSwaptionPricer.price(bermudan([near!, far!], '2028-02-14', '5Y'), hullWhite, context),
  ).value;
  const last = certain(
    hullWhiteSwaptionPricer.price(european(far!, '2028-02-14', '5Y'), hullWhite, context),
  ).value;
  expect(both).toBeGreaterThanOrEqual(last - 1e-3);
  expect(both / last - 1).toBeLessThan(1e-4);
});

test('calibration gives back the parameters that made the prices, and says how well it fits', () => {
  const quotes = [1, 2, 3, 4, 5].map((years) => {
    const swaption = european(`${2025 + years}-02-10`, `${2025 + years}-02-12`, `${6 - years}Y`);
    const price = certain(hullWhiteSwaptionPricer.price(swaption, hullWhite, context)).value;
    let [low, high] = [1e-5, 0.1];
    for (let step = 0; step < 60; step += 1) {
      const middle = (low + high) / 2;
      const { value } = certain(
        swaptionPricers.bachelier.price(swaption, { kind: 'bachelier', market, volatility: middle }, context),
      );
      if (value < price) low = middle;
      else high = middle;
    }
    return { swaption, kind: 'bachelier' as const, volatility: low };
  });
  const fit = certain(fitHullWhite(quotes, { market, context }));
  expect(fit.reversion).toBeCloseTo(0.03, 5);
  expect(fit.volatility).toBeCloseTo(0.008, 7);
  expect(fit.worst).toBeLessThan(1e-6);
  expect(fitHullWhite(quotes.slice(0, 1), { market, context })).toMatchObject({
    reason: 'calibration-needs-quotes',
  });
});
