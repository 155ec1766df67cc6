/** `node dist/bench/kernels/marks.js`: quotes of several venues → best bid and ask → marks. */
import { marks } from '../../pipelines/marks';
import { fillFrame, frameOf, OPEN } from '../market';
import { runKernel } from './kernel';

const STEPS = 400;

function main(): void {
  for (const { perStep, venues } of [
    { perStep: 16_384, venues: 4 },
    { perStep: 1_024, venues: 4 },
    { perStep: 1_024, venues: 1 },
  ]) {
    runKernel({
      name: `marks, ${perStep} ticks a step, 1,000 instruments, ${venues} venues`,
      unit: 'ticks',
      pipelines: [marks],
      first: {},
      records: STEPS * perStep,
      steps: STEPS,
      bring: (step, round) => {
        const frame = frameOf(perStep);
        fillFrame(frame, (round * STEPS + step) * perStep, { ticking: 1_000, venues });
        return { 'market.quotes': frame };
      },
      now: (step) => OPEN + step * perStep,
    });
  }
}

main();
