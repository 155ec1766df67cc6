/** Monte Carlo: paths a second, what controls save, and threads. Run: node dist/bench/pricing/monte-carlo.js */
import { geometricDiscretePrice } from '../../pricing/models/asian-geometric';
import { type MonteCarloJob, monteCarlo } from '../../pricing/simulation/monte-carlo';
import type { PathModel } from '../../pricing/simulation/path-model';
import { monteCarloOnThreads } from '../../pricing/simulation/threads';

const market = { spot: 100, rate: 0.05, dividend: 0.02, volatility: 0.3 };
const lognormal: PathModel = { kind: 'lognormal', rate: 0.05, assets: [{ name: 'S', ...market }] };
const heston: PathModel = {
  kind: 'heston',
  rate: 0.05,
  assets: [{ name: 'S', spot: 100, dividend: 0.02 }],
  parameters: { v0: 0.09, kappa: 2, theta: 0.09, sigma: 0.6, rho: -0.6 },
  stepsPerYear: 52,
};
const fixingTimes = Array.from({ length: 12 }, (_, i) => (i + 1) / 12);
const schedules = {
  obs: fixingTimes.map((time) => ({ label: `${time}`, time })),
  end: [{ label: 'end', time: 1 }],
};
const geometric = geometricDiscretePrice(
  { right: 'call', strike: 100, time: 1, pastFixings: [], fixingTimes },
  market,
);
const job = (source: string, model: PathModel, more: Partial<MonteCarloJob> = {}): MonteCarloJob => ({
  claim: { source, schedules },
  controls: [],
  scenarios: [model],
  measures: [{ name: 'value', weights: [1] }],
  seed: 1,
  paths: 1 << 18,
  ...more,
});
const call = 'pay max(S@end - 100, 0) at end;';
const asian = 'pay max(mean(S@obs) - 100, 0) at end;';
const control = {
  claim: { source: 'pay max(geometricMean(S@obs) - 100, 0) at end;', schedules },
  expectations: [geometric],
};

function report(name: string, one: MonteCarloJob): void {
  monteCarlo({ ...one, paths: 1 << 14 });
  const start = performance.now();
  const result = monteCarlo(one);
  const seconds = (performance.now() - start) / 1000;
  if (!result.ok) throw new Error(result.message);
  const { value, error, reduction } = result.value.measures['value']!;
  console.log(
    `${name}: ${(one.paths / seconds / 1e6).toFixed(2)} M paths/s, value ${value.toFixed(5)} ± ${error.toFixed(5)}, variance by controls / ${reduction.toFixed(1)}`,
  );
}

async function main(): Promise<void> {
  report('call, all dates simulated', job(call, lognormal));
  report('arithmetic Asian, 12 fixings', job(asian, lognormal));
  report('arithmetic Asian, geometric control', job(asian, lognormal, { controls: [control] }));
  report('arithmetic Asian under Heston, 52 steps', job(asian, heston, { paths: 1 << 16 }));
  const one = job(asian, lognormal, { paths: 1 << 21 });
  const bits: number[] = [];
  for (const threads of [1, 2]) {
    const start = performance.now();
    const result = await monteCarloOnThreads(one, { threads });
    if (!result.ok) throw new Error(result.message);
    bits.push(result.value.measures['value']!.value);
    console.log(
      `${threads} worker threads: ${(one.paths / (performance.now() - start) / 1000).toFixed(2)} M paths/s, ${bits.at(-1)}`,
    );
  }
  console.log(`the same bits: ${bits[0] === bits[1]}`);
}

void main();
