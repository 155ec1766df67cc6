/** From a chain of prices to a surface that lives: arbitrage by node, and one slice rebuilt when a quote moves. Run: node dist/examples/pricing/live-surface.js */
import { blackPrice } from '../../pricing/models';
import {
  buildSviSurface,
  chainSlices,
  moveQuote,
  surfaceFaults,
  surfaceVolatility,
} from '../../pricing/volatility';

// A chain as a venue would send it: calls and puts by strike, nothing else.
const quotes = [0.25, 0.5, 0.55].flatMap((expiry) =>
  [70, 80, 85, 90, 95, 100, 105, 110, 115, 120, 130].flatMap((strike) =>
    (['call', 'put'] as const).map((right) => {
      const k = Math.log(strike / 100);
      const volatility = 0.2 - 0.15 * k + 0.3 * k * k;
      const terms = {
        right,
        strike,
        forward: 100,
        stdDev: volatility * Math.sqrt(expiry),
        discount: 0.99 ** expiry,
      };
      return { label: `${expiry}y`, expiry, strike, right, price: blackPrice(terms) };
    }),
  ),
);
const chain = chainSlices(quotes, { style: 'european', priceMin: 0.001 });
for (const { label, forward, discount, scatter } of chain.forwards) {
  console.log(
    `${label}: forward ${forward.toFixed(4)}, discount ${discount.toFixed(6)}, scatter ${scatter.toExponential(1)}`,
  );
}
const built = buildSviSurface(chain.slices);
if (!built.ok) throw new Error(built.message);
console.log(
  `volatility at 0.52 years, 5 % up: ${surfaceVolatility(built.value, 0.52, Math.log(1.05)).toFixed(5)}`,
);
console.log(`arbitrage: ${surfaceFaults(built.value).length} nodes`);

// A quote far off: one slice is rebuilt, and if it now crosses its neighbour the nodes are named.
const moved = moveQuote(built.value, { label: '0.55y', strike: 100, volatility: 0.15 });
if (!moved.ok) throw new Error(moved.message);
const rebuilt = moved.value.slices.filter((slice, i) => slice !== built.value.slices[i]);
console.log(`version ${moved.value.version}: rebuilt ${rebuilt.map(({ label }) => label).join(', ')}`);
for (const { message } of surfaceFaults(moved.value).slice(0, 2)) console.log(message);
