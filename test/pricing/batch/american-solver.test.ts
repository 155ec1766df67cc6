/** The two solvers of exercise premiums are one: the same premiums, smooth enough for derivatives over a millionth. */
import fc from 'fast-check';
import {
  type AmericanSolver,
  javascriptSolver,
  PORTION,
  type PutColumns,
} from '../../../pricing/batch/american-solver';
import { americanAvailable, wasmSolver } from '../../../pricing/batch/wasm-american';
import { boundaryWork, exercisePremium, solveBoundary } from '../../../pricing/models/american';
import { ACCURATE_SCHEME } from '../../../pricing/models/american-scheme';
import { cases } from '../../support/long-runs';

const put = fc.record({
  spot: fc.constant(100),
  strike: fc.double({ min: 40, max: 250, noNaN: true }),
  rate: fc.double({ min: 1e-4, max: 0.15, noNaN: true }),
  dividend: fc.double({ min: -0.02, max: 0.12, noNaN: true }),
  volatility: fc.double({ min: 0.05, max: 1.5, noNaN: true }),
  time: fc.double({ min: 1 / 365, max: 5, noNaN: true }),
});
type Put = { [name in keyof PutColumns]: number };
const NAMES = ['spot', 'strike', 'rate', 'dividend', 'volatility', 'time'] as const;

const solved = (solver: AmericanSolver, puts: readonly Put[]) => {
  puts.forEach((one, i) => {
    for (const name of NAMES) solver.puts[name][i] = one[name];
  });
  solver.solve(puts.length);
  return puts.map((_, i) => ({
    value: solver.premiums.value[i]!,
    delta: solver.premiums.delta[i]!,
    gamma: solver.premiums.gamma[i]!,
    boundary: solver.premiums.boundary[i]!,
  }));
};

test('this Node has the kernel, so that what follows tests it', () => {
  expect(americanAvailable()).toBe(true);
  expect([wasmSolver().name, javascriptSolver().name]).toEqual(['wasm-simd', 'javascript']);
});

test('the kernel is the model, also for an odd number of puts and a whole portion', () => {
  const [wasm, plain] = [wasmSolver(), javascriptSolver()];
  fc.assert(
    fc.property(fc.array(put, { minLength: 1, maxLength: 7 }), (puts) => {
      const [ours, oracle] = [solved(wasm, puts), solved(plain, puts)];
      ours.forEach(({ value, delta, boundary }, i) => {
        const expected = oracle[i]!;
        expect(Math.abs(boundary / expected.boundary - 1)).toBeLessThan(1e-5);
        if (puts[i]!.spot <= expected.boundary) return;
        expect(Math.abs(value - expected.value)).toBeLessThan(1e-6);
        expect(Math.abs(delta - expected.delta)).toBeLessThan(1e-6);
      });
    }),
    { numRuns: cases(300) },
  );
  const many = fc.sample(put, { numRuns: PORTION, seed: 3 });
  const [ours, oracle] = [solved(wasm, many), solved(plain, many)];
  const far = many.flatMap(({ spot }, i) =>
    spot > oracle[i]!.boundary ? [Math.abs(ours[i]!.value - oracle[i]!.value)] : [],
  );
  expect(far.length).toBeGreaterThan(PORTION / 2);
  expect(Math.max(...far)).toBeLessThan(1e-6);
});

test.each([
  ['wasm-simd', wasmSolver],
  ['javascript', javascriptSolver],
] as const)('%s: a difference over a millionth is the derivative of the accurate scheme', (_name, make) => {
  const solver = make();
  const work = boundaryWork(ACCURATE_SCHEME);
  const out = { value: 0, delta: 0, gamma: 0 };
  const accurate = (one: Put): number => {
    solveBoundary(one, ACCURATE_SCHEME, work);
    exercisePremium(one, ACCURATE_SCHEME, work, out);
    return out.value;
  };
  const moderate = fc.record({
    spot: fc.constant(100),
    strike: fc.double({ min: 80, max: 130, noNaN: true }),
    rate: fc.double({ min: 0.01, max: 0.08, noNaN: true }),
    dividend: fc.double({ min: 0, max: 0.06, noNaN: true }),
    volatility: fc.double({ min: 0.15, max: 0.6, noNaN: true }),
    time: fc.double({ min: 0.1, max: 2, noNaN: true }),
  });
  fc.assert(
    fc.property(moderate, fc.constantFrom('volatility', 'rate', 'dividend'), (one, name) => {
      const step = (h: number): Put => ({ ...one, [name]: one[name] + h });
      const [base, moved] = solved(solver, [one, step(1e-6)]);
      fc.pre(one.spot > 1.02 * base!.boundary);
      // The kink of the last boundary price at r = q is no place for differences of either scheme.
      fc.pre(Math.abs(one.rate - one.dividend) > 5e-3);
      const slope = (moved!.value - base!.value) / 1e-6;
      const h = 1e-4;
      const expected = (accurate(step(h)) - accurate(step(-h))) / (2 * h);
      // Per 1.00 of the input and 100 of spot, where sensitivities are up to 200: the scheme's own error.
      expect(Math.abs(slope - expected)).toBeLessThan(0.2);
    }),
    { numRuns: cases(100) },
  );
});

test('a put that has no numbers has no premium', () => {
  for (const solver of [wasmSolver(), javascriptSolver()]) {
    const one = { spot: 100, strike: 100, rate: 0.05, dividend: 0.01, volatility: 0.2, time: 1 };
    const rows = NAMES.map((name) => ({ ...one, [name]: Number.NaN }));
    for (const { value } of solved(solver, rows)) expect(value).toBeNaN();
    expect(solved(solver, [one])[0]!.value).toBeGreaterThan(0);
  }
});
