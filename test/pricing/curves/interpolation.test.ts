import fc from 'fast-check';
import { discountCurve } from '../../../pricing/curves/discount-curve';
import { interpolationNames, schemeNamed } from '../../../pricing/curves/interpolation';

const nodes = fc
  .array(
    fc.tuple(fc.double({ min: 0.2, max: 3, noNaN: true }), fc.double({ min: -0.01, max: 0.08, noNaN: true })),
    {
      minLength: 1,
      maxLength: 8,
    },
  )
  .map((pairs) => {
    let time = 0;
    const times = pairs.map(([step]) => {
      time += step;
      return time;
    });
    return { times: Float64Array.from(times), zeros: Float64Array.from(pairs, ([, zero]) => zero) };
  });

describe.each(interpolationNames)('%s', (name) => {
  const build = (times: Float64Array, zeros: Float64Array) => schemeNamed(name)(times)(zeros);

  test('runs through its nodes, from a discount factor of one', () => {
    fc.assert(
      fc.property(nodes, ({ times, zeros }) => {
        const { integral } = build(times, zeros);
        expect(Math.abs(integral(0))).toBe(0);
        for (const [index, time] of times.entries())
          expect(integral(time)).toBeCloseTo(zeros[index]! * time, 12);
      }),
    );
  });

  test('the forward is the slope of the integral, and flat beyond the last node', () => {
    fc.assert(
      fc.property(nodes, fc.double({ min: 0.01, max: 0.99, noNaN: true }), ({ times, zeros }, share) => {
        const curve = build(times, zeros);
        const end = times.at(-1)!;
        const time = share * end;
        const near = Array.from(times).some((node) => Math.abs(node - time) < 1e-5);
        const step = 1e-6;
        const slope = (curve.integral(time + step) - curve.integral(time - step)) / (2 * step);
        // Kinks stand at nodes, and inside segments of the monotone scheme; an interval average hides neither.
        if (!near) expect(Math.abs(slope - curve.forward(time))).toBeLessThan(2e-6);
        expect(curve.forward(end + 7)).toBeCloseTo(curve.forward(end), 10);
        expect(curve.integral(end + 7) - curve.integral(end)).toBeCloseTo(7 * curve.forward(end), 10);
      }),
    );
  });

  test('the gradient is what moving one zero rate does', () => {
    fc.assert(
      fc.property(nodes, fc.double({ min: 0.01, max: 1.3, noNaN: true }), ({ times, zeros }, share) => {
        const time = share * times.at(-1)!;
        const gradient = new Float64Array(times.length);
        build(times, zeros).addGradient(time, 1, gradient, 0);
        times.forEach((_, index) => {
          const at = (by: number): number =>
            build(
              times,
              zeros.map((zero, place) => (place === index ? zero + by : zero)),
            ).integral(time);
          const [wide, above, below] = [
            (at(1e-5) - at(-1e-5)) / 2e-5,
            (at(1e-6) - at(0)) / 1e-6,
            (at(0) - at(-1e-6)) / 1e-6,
          ];
          // Filters have corners: only where both sides and two step sizes agree is there a derivative to compare with.
          const smooth = Math.abs(above - below) < 2e-7 && Math.abs(wide - above) < 2e-7;
          if (smooth) expect(Math.abs(gradient[index]! - wide)).toBeLessThan(1e-6);
        });
      }),
      { numRuns: 50 },
    );
  });
});

test.each([
  'log-linear-discount',
  'monotone-convex',
  'hyman-cubic-log-discount',
] as const)('discount factors under %s fall where the nodes do', (name) => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0.0001, max: 0.09, noNaN: true }), { minLength: 2, maxLength: 7 }),
      (forwards) => {
        const times = Float64Array.from(forwards, (_, index) => 0.5 * (index + 1) ** 1.5);
        let sum = 0;
        const zeros = Float64Array.from(forwards, (forward, index) => {
          sum += forward * (times[index]! - (index > 0 ? times[index - 1]! : 0));
          return sum / times[index]!;
        });
        const curve = discountCurve({ name: 'C', reference: 0, times, zeros, interpolation: name });
        for (let time = 0; time < times.at(-1)! + 2; time += 0.05) {
          expect(curve.discount(time + 0.05)).toBeLessThanOrEqual(curve.discount(time) + 1e-15);
        }
      },
    ),
  );
});
