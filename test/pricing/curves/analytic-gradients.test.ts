/** Gradients of the schemes that bend and hold their forwards, against central differences at two step sizes. */
import * as fc from 'fast-check';
import { type InterpolationName, schemeNamed } from '../../../pricing/curves/interpolation';
import { areaSlopes } from '../../../pricing/curves/monotone-convex-slopes';

const names = ['monotone-convex', 'hyman-cubic-zero', 'hyman-cubic-log-discount'] as const;

interface Nodes {
  readonly times: Float64Array;
  readonly zeros: Float64Array;
}

/** Zero rates that make these forwards over segments of these widths. */
function nodesOf(segments: readonly (readonly [width: number, forward: number])[]): Nodes {
  let [time, sum] = [0, 0];
  const rows = segments.map(([width, forward]) => {
    time += width;
    sum += width * forward;
    return [time, sum / time] as const;
  });
  return { times: Float64Array.from(rows, ([t]) => t), zeros: Float64Array.from(rows, ([, z]) => z) };
}

/** Forwards that jump by powers of ten, so that filters and bounds hold in most segments. */
const rough = fc
  .array(
    fc.tuple(
      fc.double({ min: 0.2, max: 3, noNaN: true }),
      fc.tuple(fc.double({ min: -4, max: -1, noNaN: true }), fc.constantFrom(1, 1, 1, -0.2)),
    ),
    { minLength: 2, maxLength: 9 },
  )
  .map((rows) => nodesOf(rows.map(([width, [power, sign]]) => [width, sign * 10 ** power])));

const integralOf = (name: InterpolationName, { times, zeros }: Nodes, time: number): number =>
  schemeNamed(name)(times)(zeros).integral(time);

function difference(
  name: InterpolationName,
  nodes: Nodes,
  at: { node: number; time: number },
  step: number,
): number {
  const moved = (by: number): Nodes => ({
    ...nodes,
    zeros: nodes.zeros.map((zero, node) => (node === at.node ? zero + by : zero)),
  });
  return (integralOf(name, moved(step), at.time) - integralOf(name, moved(-step), at.time)) / (2 * step);
}

function gradientOf(name: InterpolationName, { times, zeros }: Nodes, time: number): Float64Array {
  const gradient = new Float64Array(times.length + 2);
  schemeNamed(name)(times)(zeros).addGradient(time, 2, gradient, 1);
  return gradient.map((x) => x / 2);
}

test.each(
  names,
)('%s on rough forwards: the gradient is the central difference wherever there is one', (name) => {
  let compared = 0;
  let all = 0;
  fc.assert(
    fc.property(rough, fc.double({ min: 0.01, max: 1.2, noNaN: true }), (nodes, share) => {
      const time = share * nodes.times.at(-1)!;
      const gradient = gradientOf(name, nodes, time);
      expect([gradient[0], gradient.at(-1)]).toEqual([0, 0]);
      for (let node = 0; node < nodes.times.length; node++) {
        const wide = difference(name, nodes, { node, time }, 1e-7);
        const narrow = difference(name, nodes, { node, time }, 2e-8);
        all++;
        // Bounds have corners: where two step sizes disagree there is no derivative to compare with.
        if (Math.abs(wide - narrow) > 1e-7) continue;
        compared++;
        expect(Math.abs(gradient[node + 1]! - narrow)).toBeLessThan(2e-6);
      }
    }),
    { numRuns: 400, seed: 3 },
  );
  expect(compared).toBeGreaterThan(0.9 * all);
});

/** The regions of Hagan and West, each from a forward that the method meets in that shape, on both sides of zero. */
test.each([
  ['the quadratic', 0.01, -0.012],
  ['flat, then bending', 0.01, -0.03],
  ['bending, then flat', 0.03, -0.01],
  ['a dip between two ends', 0.01, 0.02],
])('area slopes in the region of %s do not depend on the size of the ends, and mirror each other', (_, g0, g1) => {
  for (const sign of [1, -1]) {
    for (const share of [0.03, 0.2, 0.4, 0.6, 0.8, 0.97]) {
      const slopes = areaSlopes(share, sign * g0, sign * g1);
      // The area is homogeneous of degree one in its ends (Euler), and its slopes of degree zero.
      const scaled = areaSlopes(share, 3 * sign * g0, 3 * sign * g1);
      slopes.forEach((slope, end) => {
        expect(scaled[end]!).toBeCloseTo(slope, 12);
      });
      const mirrored = areaSlopes(1 - share, sign * g1, sign * g0);
      // What lies before a share and what lies beyond it add up to nothing: the deviation has mean zero.
      expect(mirrored[0]! * g1 + mirrored[1]! * g0 + (slopes[0]! * g0 + slopes[1]! * g1)).toBeCloseTo(0, 12);
    }
  }
});

test.each(names)('%s on a flat curve, a corner of the method, answers what small moves do', (name) => {
  const nodes = nodesOf([
    [1, 0.03],
    [1, 0.03],
    [2, 0.03],
  ]);
  const gradient = gradientOf(name, nodes, 1.6);
  for (let node = 0; node < 3; node++) {
    expect(gradient[node + 1]!).toBeCloseTo(difference(name, nodes, { node, time: 1.6 }, 1e-6), 6);
  }
});
