/**
 * Where an SVI slice has its least density, and where two slices come nearest: minima that no grid can step over.
 *
 * Samples lie as dense as the bend is sharp, about each bend, out to the ends of the interval; each lowest sample between
 * two higher ones is refined by golden section.
 */
import { durrleman, type SviParameters, sviPoint } from './svi';

export interface Least {
  readonly k: number;
  readonly value: number;
}

const SAMPLES = 64;
const GOLDEN = (Math.sqrt(5) - 1) / 2;
const REFINEMENTS = 24;

/** Log-moneyness from `low` to `high`, dense about the bends. */
export function bendNodes(slices: readonly SviParameters[], low: number, high: number): readonly number[] {
  const nodes = [low, high];
  for (const { m, sigma } of slices) {
    const [from, to] = [Math.asinh((low - m) / sigma), Math.asinh((high - m) / sigma)];
    for (let i = 1; i < SAMPLES; i++) nodes.push(m + sigma * Math.sinh(from + ((to - from) * i) / SAMPLES));
  }
  for (let i = 1; i < SAMPLES; i++) nodes.push(low + ((high - low) * i) / SAMPLES);
  return nodes.filter((k) => k >= low && k <= high).sort((a, b) => a - b);
}

const refined = (f: (k: number) => number, from: number, to: number): Least => {
  let [a, b] = [from, to];
  let [c, d] = [b - GOLDEN * (b - a), a + GOLDEN * (b - a)];
  let [fc, fd] = [f(c), f(d)];
  for (let i = 0; i < REFINEMENTS; i++) {
    if (fc < fd) {
      [b, d, fd] = [d, c, fc];
      c = b - GOLDEN * (b - a);
      fc = f(c);
    } else {
      [a, c, fc] = [c, d, fd];
      d = a + GOLDEN * (b - a);
      fd = f(d);
    }
  }
  return fc < fd ? { k: c, value: fc } : { k: d, value: fd };
};

/** Every local minimum of `f` over rising nodes, ends included, whose value is below `most`. */
export function minima(f: (k: number) => number, nodes: readonly number[], most: number): readonly Least[] {
  const values = nodes.map(f);
  return nodes.flatMap((k, i): readonly Least[] => {
    const value = values[i]!;
    const [before, after] = [values[i - 1] ?? Infinity, values[i + 1] ?? Infinity];
    if (value > before || value >= after) return [];
    // How much lower than its samples a minimum can be is of the order of how much they differ.
    const depth = Math.min(before, after) - value;
    if (value - (Number.isFinite(depth) ? depth : 0) > most) return [];
    const least = refined(f, nodes[Math.max(i - 1, 0)]!, nodes[Math.min(i + 1, nodes.length - 1)]!);
    const lowest = least.value < value ? least : { k, value };
    return lowest.value < most ? [lowest] : [];
  });
}

/** Durrleman's g at k. */
export const densityOf =
  (p: SviParameters) =>
  (k: number): number =>
    durrleman(sviPoint(p, k), k);

/** The places between `low` and `high` where g has a minimum below `most`. */
export const leastDensities = (
  p: SviParameters,
  { low, high }: { readonly low: number; readonly high: number },
  most: number,
): readonly Least[] => minima(densityOf(p), bendNodes([p], low, high), most);
