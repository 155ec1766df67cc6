/** A worst-of autocall with a past fixing, simulated on two threads with the bits of one. Run: node dist/examples/pricing/autocall-on-threads.js */
import { type MonteCarloModel, scriptedJob, scriptedPricer, scriptedValuation } from '../../pricing/measures';
import type { ScriptedProduct } from '../../pricing/products';
import { monteCarloOnThreads } from '../../pricing/simulation';

const autocall: ScriptedProduct = {
  kind: 'scripted',
  source: `
    let worst = min(ALPHA@obs / 100, BETA@obs / 50);
    let called = worst >= barrier;
    let alive = not everBefore(called);
    pay if called and alive then 100 + coupon * index(obs) else 0 at obs;
    pay if any(called) then 0 else if last(worst) >= 0.6 then 100 else 100 * last(worst) at end;`,
  parameters: { barrier: 1, coupon: 4 },
  schedules: {
    obs: [
      { label: '2025-12-15', time: -0.085 },
      { label: '2026-06-15', time: 0.414 },
      { label: '2026-12-15', time: 0.915 },
      { label: '2027-06-15', time: 1.413 },
    ],
    end: [{ label: '2027-06-15', time: 1.413 }],
  },
  fixings: [
    { asset: 'ALPHA', label: '2025-12-15', value: 97.5 },
    { asset: 'BETA', label: '2025-12-15', value: 51.2 },
  ],
};
const model: MonteCarloModel = {
  kind: 'monte-carlo',
  dynamics: {
    kind: 'lognormal',
    rate: 0.025,
    assets: [
      { name: 'ALPHA', spot: 98, dividend: 0.01, volatility: 0.22 },
      { name: 'BETA', spot: 51, dividend: 0.02, volatility: 0.3 },
    ],
    correlation: [
      [1, 0.55],
      [0.55, 1],
    ],
  },
  seed: 7,
  paths: 1 << 15,
};

async function main(): Promise<void> {
  const threaded = await monteCarloOnThreads(scriptedJob(autocall, model), { threads: 2 });
  if (!threaded.ok) throw new Error(threaded.message);
  const { value, error, greeks } = scriptedValuation(model, threaded.value);
  console.log(`value ${value.toFixed(4)} ± ${error!.toFixed(4)}`);
  for (const [name, greek] of Object.entries(greeks))
    console.log(`  ${name} ${greek.value.toFixed(4)} (${greek.convention})`);
  const alone = scriptedPricer.price(autocall, model, { valuationTime: 0, snapshot: 'example' });
  console.log(`the same bits on one thread: ${alone.ok && alone.value.value === value}`);
}

void main();
