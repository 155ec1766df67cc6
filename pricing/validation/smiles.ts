/** SVI and SABR as plug-ins: their own parameters come back from their quotes, and arbitrage is found where it is. */

import { calibrationError } from '../calibration/model-calibration';
import { calibrateSabr } from '../calibration/sabr';
import { failure, success } from '../contract';
import { butterflyFaults, evenNodes } from '../volatility/arbitrage';
import { sabrLognormalVolatility } from '../volatility/sabr';
import { type SviParameters, sviPoint, sviVariance } from '../volatility/svi';
import { fitSvi } from '../volatility/svi-fit';
import { type CalibrationSlice, largest, type ModelPlugin, type ValidationCheck } from './model-plugin';

const single = (model: string, slices: readonly CalibrationSlice[]) =>
  failure(
    'calibration-needs-one-expiry',
    `${model} is a smile of one expiry, and ${slices.length} were given. Calibrate each by itself.`,
  );

const smile: SviParameters = { a: 0.01, b: 0.12, rho: -0.5, m: 0.02, sigma: 0.15 };

function sviConvergence(): ValidationCheck {
  const quotes = evenNodes(0.5, 21).map((k) => ({ k, volatility: Math.sqrt(sviVariance(smile, k)) }));
  return {
    kind: 'convergence',
    name: 'calibration returns to the slice that made its quotes',
    found: fitSvi({ quotes, expiry: 1 }).error.max,
    allowed: 1e-5,
    cases: quotes.length,
    source: 'a round trip',
  };
}

/** A slice known to have a negative density must be found out, and its calibration must not have one. */
function sviArbitrage(): ValidationCheck {
  const vogt: SviParameters = { a: -0.041, b: 0.1331, rho: 0.306, m: 0.3586, sigma: 0.4153 };
  const section = (p: SviParameters) => ({
    label: 'Vogt',
    expiry: 1,
    forward: 1,
    point: (k: number) => sviPoint(p, k),
  });
  const nodes = evenNodes(1.5, 61);
  const quotes = nodes.map((k) => ({ k, volatility: Math.sqrt(sviVariance(vogt, k)) }));
  const missed = butterflyFaults(section(vogt), { nodes }).length === 0 ? 1 : 0;
  const left = butterflyFaults(section(fitSvi({ quotes, expiry: 1 }).parameters), { nodes });
  return {
    kind: 'arbitrage',
    name: 'a negative density is found, and calibrated away',
    found: missed + left.length,
    allowed: 0,
    cases: 2 * nodes.length,
    source: "Axel Vogt's slice: Gatheral, Jacquier 2014, example 3.1",
  };
}

export const sviPlugin: ModelPlugin = {
  name: 'svi',
  about: 'raw SVI smile of one expiry (Gatheral 2004)',
  parameters: [
    { name: 'a', about: 'level of total variance' },
    { name: 'b', about: 'slope of the wings', least: 0, most: 2 },
    { name: 'rho', about: 'tilt', least: -1, most: 1 },
    { name: 'm', about: 'log-moneyness of the bend' },
    { name: 'sigma', about: 'width of the bend', least: 0 },
  ],
  calibrate: (slices) => {
    const [slice] = slices;
    if (slices.length !== 1 || !slice) return single('SVI', slices);
    if (slice.quotes.length < 5) {
      return failure('calibration-needs-quotes', `SVI needs 5 quotes, ${slice.quotes.length} were given.`);
    }
    const quotes = slice.quotes.map((q) => ({
      k: Math.log(q.strike / slice.forward),
      volatility: q.volatility,
    }));
    const fit = fitSvi({ quotes, expiry: slice.expiry });
    const deviations = slice.quotes.map((q, i) => ({
      name: `strike ${q.strike}`,
      deviation: Math.sqrt(sviVariance(fit.parameters, quotes[i]!.k) / slice.expiry) - q.volatility,
    }));
    return success({
      parameters: { ...fit.parameters },
      error: calibrationError(deviations),
      converged: fit.converged,
    });
  },
  validate: () => [sviConvergence(), sviArbitrage()],
};

function sabrConvergence(): ValidationCheck {
  const truth = { alpha: 0.04, beta: 0.5, rho: -0.3, nu: 0.4 };
  const quotes = [0.015, 0.02, 0.025, 0.03, 0.035, 0.04, 0.05].map((strike) => ({
    strike,
    volatility: sabrLognormalVolatility({ forward: 0.03, strike, time: 5 }, truth),
  }));
  const fit = calibrateSabr({ forward: 0.03, expiry: 5, volatilities: 'lognormal', quotes, beta: 0.5 });
  return {
    kind: 'convergence',
    name: 'calibration returns to the parameters that made its quotes',
    found: fit.ok ? fit.value.error.max : Number.POSITIVE_INFINITY,
    allowed: 1e-7,
    cases: quotes.length,
    source: 'a round trip',
  };
}

/** At β = 1 and ν → 0 SABR is a lognormal model at volatility α. */
function sabrReference(): ValidationCheck {
  const strikes = [0.5, 0.8, 1, 1.3, 2];
  const flat = { alpha: 0.3, beta: 1, rho: 0, nu: 1e-8 };
  return {
    kind: 'reference',
    name: 'lognormal without volatility of volatility',
    found: largest(
      strikes.map((strike) => sabrLognormalVolatility({ forward: 1, strike, time: 2 }, flat) - 0.3),
    ),
    allowed: 1e-9,
    cases: strikes.length,
    source: 'Hagan et al. 2002, equation 2.17',
  };
}

export const sabrPlugin: ModelPlugin = {
  name: 'sabr',
  about: 'SABR smile of one expiry, β fixed at 1/2 (Hagan et al. 2002)',
  parameters: [
    { name: 'alpha', about: 'level of volatility', least: 0 },
    { name: 'beta', about: 'backbone', least: 0, most: 1 },
    { name: 'rho', about: 'correlation of rate and volatility', least: -1, most: 1 },
    { name: 'nu', about: 'volatility of volatility', least: 0 },
    { name: 'shift', about: 'added to forward and strike' },
  ],
  calibrate: (slices) => {
    const [slice] = slices;
    if (slices.length !== 1 || !slice) return single('SABR', slices);
    const { forward, expiry, quotes } = slice;
    const fit = calibrateSabr({ forward, expiry, volatilities: 'lognormal', quotes, beta: 0.5 });
    if (!fit.ok) return fit;
    const { alpha, beta, rho, nu, shift = 0 } = fit.value.parameters;
    return success({ ...fit.value, parameters: { alpha, beta, rho, nu, shift } });
  },
  validate: () => [sabrReference(), sabrConvergence()],
};
