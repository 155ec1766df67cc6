/** Heston from a smile, with its error and its worst quote, then a strip of prices. Run: node dist/examples/pricing/heston-calibration.js */
import { calibrateHeston } from '../../pricing/calibration';
import { hestonStrip } from '../../pricing/models';

const strikes = [80, 90, 95, 100, 105, 110, 120];
const smiles = [
  { expiry: 0.25, volatilities: [0.312, 0.262, 0.239, 0.218, 0.201, 0.19, 0.185] },
  { expiry: 1, volatilities: [0.268, 0.242, 0.23, 0.219, 0.21, 0.202, 0.191] },
  { expiry: 2, volatilities: [0.255, 0.237, 0.229, 0.222, 0.216, 0.21, 0.201] },
];
const fit = calibrateHeston(
  smiles.map(({ expiry, volatilities }) => ({
    label: `${expiry}y`,
    expiry,
    forward: 100 * Math.exp(0.02 * expiry),
    discount: Math.exp(-0.02 * expiry),
    quotes: strikes.map((strike, i) => ({ strike, volatility: volatilities[i]! })),
  })),
);
if (!fit.ok) throw new Error(fit.message);
const { parameters, error } = fit.value;
console.log(parameters);
console.log(
  `error ${(100 * error.rmse).toFixed(3)} points over ${error.quotes} quotes, worst ${error.worst}`,
);

const strip = hestonStrip(
  { parameters, forward: 100 * Math.exp(0.01), discount: Math.exp(-0.01), expiry: 0.5, strikes },
  true,
);
strikes.forEach((strike, i) => {
  console.log(
    `call ${strike}: ${strip.call[i]!.toFixed(6)}, forward delta ${strip.deltaForward[i]!.toFixed(4)}`,
  );
});
