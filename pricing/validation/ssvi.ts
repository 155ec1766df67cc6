/** SSVI as a plug-in: its own surface comes back from its quotes, and what it fits has no arbitrage. */
import { calibrationError } from '../calibration/model-calibration';
import { failure, success } from '../contract';
import { butterflyFaults, calendarFaults, evenNodes } from '../volatility/arbitrage';
import { fitSsvi, type SsviParameters, ssviPoint } from '../volatility/ssvi';
import type { ModelPlugin, ValidationCheck } from './model-plugin';

/** SSVI over several expiries; its search stays where there is no arbitrage, so the fitted slices must have none. */
const ssviTruth: SsviParameters = { rho: -0.4, eta: 0.9, gamma: 0.45 };
const ssviThetas = [0.01, 0.04, 0.09];

function fittedSsvi() {
  const nodes = evenNodes(0.5, 21);
  return fitSsvi(
    ssviThetas.map((theta, i) => ({
      label: `${i + 1}y`,
      expiry: i + 1,
      quotes: nodes.map((k) => ({ k, volatility: Math.sqrt(ssviPoint(ssviTruth, theta, k).w / (i + 1)) })),
    })),
  );
}

const ssviConvergence = (): ValidationCheck => ({
  kind: 'convergence',
  name: 'calibration returns to the surface that made its quotes',
  found: fittedSsvi().error.max,
  allowed: 1e-5,
  cases: 21 * ssviThetas.length,
  source: 'a round trip',
});

function ssviArbitrage(): ValidationCheck {
  const { parameters, slices } = fittedSsvi().surface;
  const nodes = evenNodes(1.5, 61);
  const sections = slices.map(({ label, expiry, theta }) => ({
    label,
    expiry,
    forward: 1,
    point: (k: number) => ssviPoint(parameters, theta, k),
  }));
  const faults = [
    ...sections.flatMap((section) => butterflyFaults(section, { nodes })),
    ...calendarFaults(sections, { nodes }),
  ];
  return {
    kind: 'arbitrage',
    name: 'no node of the fitted surface has butterfly or calendar arbitrage',
    found: faults.length,
    allowed: 0,
    cases: nodes.length * slices.length,
    source: 'Gatheral, Jacquier 2014, theorem 4.1 and remark 4.4',
  };
}

export const ssviPlugin: ModelPlugin = {
  name: 'ssvi',
  about: 'one surface from the at-the-money variances and three numbers (Gatheral, Jacquier 2014)',
  parameters: [
    { name: 'rho', about: 'tilt', least: -1, most: 1 },
    { name: 'eta', about: 'curvature', least: 0, most: 2 },
    { name: 'gamma', about: 'how curvature falls with variance', least: 0, most: 0.5 },
  ],
  calibrate: (slices) => {
    const count = slices.reduce((sum, { quotes }) => sum + quotes.length, 0);
    if (
      slices.length === 0 ||
      slices.some(({ quotes }) => quotes.length === 0) ||
      count < slices.length + 3
    ) {
      return failure(
        'calibration-needs-quotes',
        `SSVI needs a quote for each expiry and three more: ${count} were given for ${slices.length}.`,
      );
    }
    const fit = fitSsvi(
      slices.map(({ label, expiry, forward, quotes }) => ({
        label,
        expiry,
        quotes: quotes.map(({ strike, volatility }) => ({ k: Math.log(strike / forward), volatility })),
      })),
    );
    const { parameters } = fit.surface;
    const deviations = slices.flatMap(({ label, expiry, forward, quotes }) => {
      const { theta } = fit.surface.slices.find((slice) => slice.expiry === expiry)!;
      return quotes.map(({ strike, volatility }) => ({
        name: `${label} strike ${strike}`,
        deviation:
          Math.sqrt(ssviPoint(parameters, theta, Math.log(strike / forward)).w / expiry) - volatility,
      }));
    });
    return success({
      parameters: { ...parameters },
      error: calibrationError(deviations),
      converged: fit.converged,
    });
  },
  validate: () => [ssviConvergence(), ssviArbitrage()],
};
