/**
 * The Jacobian between quotes and zero rates: how every node of every curve moves when one quote does, through all
 * curves that read each other, by the implicit function theorem on the bootstrap's equations.
 */
import { type Result, success } from '../contract';
import { luSolve } from '../math/lu-factors';
import { blockDerivatives } from './curve-block';
import type { CurveSet } from './curve-group';

export interface ParJacobian {
  readonly quoteNames: readonly string[];
  /** For each curve the matrix ∂z/∂q: row by node, column by quote. */
  readonly zeroByQuote: ReadonlyMap<string, Float64Array>;
}

const cache = new WeakMap<CurveSet, ParJacobian>();

/** Worked out on the first call for a set and kept with it. A quote that is missing moves nothing. */
export function parJacobian(set: CurveSet): Result<ParJacobian> {
  const known = cache.get(set);
  if (known) return success(known);
  const { group } = set;
  const quoteNames = group.quoteNames;
  const width = quoteNames.length;
  const column = new Map(quoteNames.map((name, index) => [name, index]));
  const zeroByQuote = new Map<string, Float64Array>();
  for (let index = 0; index < set.blocks.length; index += 1) {
    const block = set.blocks[index];
    if (!block) continue;
    const derivatives = blockDerivatives(block, set.solutions[index]!, {
      quote: (name) => set.quotes.get(name)!,
      outside: (name) => set.curves.get(name)!,
    });
    if (!derivatives.ok) return derivatives;
    const { factors, quotes, outside } = derivatives.value;
    const right = new Float64Array(block.size * width);
    for (let row = 0; row < block.size; row += 1) {
      block.terms.quoteNames.forEach((name, place) => {
        right[row * width + column.get(name)!]! += quotes[row * block.terms.quoteNames.length + place]!;
      });
      for (const [name, gradient] of outside[row]!)
        addProduct(right, row * width, { gradient, matrix: zeroByQuote.get(name), width });
    }
    for (const { definition, times } of block.curves)
      zeroByQuote.set(definition.name, new Float64Array(times.length * width));
    for (let quote = 0; quote < width; quote += 1) {
      const solved = luSolve(
        factors,
        Float64Array.from({ length: block.size }, (_, row) => -right[row * width + quote]!),
      );
      for (const { definition, times, offset } of block.curves) {
        const matrix = zeroByQuote.get(definition.name)!;
        for (let node = 0; node < times.length; node += 1)
          matrix[node * width + quote] = solved[offset + node]!;
      }
    }
  }
  const made = { quoteNames, zeroByQuote };
  cache.set(set, made);
  return success(made);
}

/** Adds gradient · matrix to a row; a curve given from outside moves with no quote. */
function addProduct(
  target: Float64Array,
  start: number,
  {
    gradient,
    matrix,
    width,
  }: { readonly gradient: Float64Array; readonly matrix: Float64Array | undefined; readonly width: number },
): void {
  if (!matrix) return;
  for (let node = 0; node < gradient.length; node += 1) {
    const weight = gradient[node]!;
    if (weight === 0) continue;
    for (let quote = 0; quote < width; quote += 1)
      target[start + quote]! += weight * matrix[node * width + quote]!;
  }
}

/** Turns a sensitivity to zero rates, by curve, into one to quotes. */
export function quoteSensitivity(
  jacobian: ParJacobian,
  byCurve: ReadonlyMap<string, Float64Array>,
): Float64Array {
  const width = jacobian.quoteNames.length;
  const quotes = new Float64Array(width);
  for (const [name, gradient] of byCurve)
    addProduct(quotes, 0, { gradient, matrix: jacobian.zeroByQuote.get(name), width });
  return quotes;
}
