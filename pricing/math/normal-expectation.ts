/**
 * E[f(Z)] for a standard normal Z, by Gauss–Legendre panels that end where f bends.
 *
 * A payoff's value some time before expiry bends at the strike and at barriers, within a width of the deviation that is
 * left; panels end there and refine beside it. A function that grows like e^{tz} has its mass about z = t, so the span
 * reaches nine deviations beyond both.
 */
import { gaussLegendre, integrate } from './gauss-legendre';
import { normalPdf } from './normal';

const RULE = gaussLegendre(32);
const SPAN = 9;
/** A panel of this width resolves the density itself to the last digits. */
const PANEL = 4.5;
const BESIDE = [-8, -2, 0, 2, 8] as const;

/** Where f bends, in deviations of Z, and over what width; a kink has width zero. */
export interface Bend {
  readonly at: number;
  readonly width: number;
}

export interface ExpectationShape {
  readonly bends: readonly Bend[];
  /** The largest t, of either sign, for which f may grow like e^{tz}; 0 for a bounded f. */
  readonly tilt: number;
}

const WIDTH_MAX = 1;
/** Below this a bend is a kink, and panels beside it would hold no doubles. */
const WIDTH_MIN = 1e-9;

export const normalExpectation = (f: (z: number) => number, { bends, tilt }: ExpectationShape): number => {
  const [low, high] = [Math.min(tilt, 0) - SPAN, Math.max(tilt, 0) + SPAN];
  const panels = Math.ceil((high - low) / PANEL);
  const ends = Array.from({ length: panels + 1 }, (_, i) => low + ((high - low) * i) / panels);
  for (const { at, width } of bends) {
    const step = Math.min(width, WIDTH_MAX);
    for (const k of step > WIDTH_MIN ? BESIDE : [0]) {
      const cut = at + k * step;
      if (cut > low && cut < high) ends.push(cut);
    }
  }
  ends.sort((a, b) => a - b);
  const weighed = (z: number): number => normalPdf(z) * f(z);
  let sum = 0;
  for (let i = 1; i < ends.length; i++) {
    const [from, to] = [ends[i - 1]!, ends[i]!];
    if (to > from) sum += integrate(weighed, { from, to, rule: RULE });
  }
  return sum;
};
