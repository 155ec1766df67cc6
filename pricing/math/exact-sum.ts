/**
 * The sum of doubles, rounded once: partial sums are kept as an expansion of numbers that do not overlap (J. Shewchuk,
 * "Adaptive precision floating-point arithmetic", 1997), so that the order of the terms plays no part.
 */
export function exactSum(terms: ArrayLike<number>): number {
  const parts: number[] = [];
  for (let i = 0; i < terms.length; i += 1) {
    let x = terms[i]!;
    if (!Number.isFinite(x)) return Number.NaN;
    let kept = 0;
    for (const part of parts) {
      const [large, small] = Math.abs(x) < Math.abs(part) ? [part, x] : [x, part];
      const sum = large + small;
      const rest = small - (sum - large);
      if (rest !== 0) parts[kept++] = rest;
      x = sum;
    }
    parts.length = kept;
    parts.push(x);
  }
  return rounded(parts);
}

/** The expansion's largest part, corrected where what is below it lies half way between two doubles. */
function rounded(parts: readonly number[]): number {
  let place = parts.length - 1;
  if (place < 0) return 0;
  let sum = parts[place]!;
  let rest = 0;
  while (place > 0 && rest === 0) {
    place -= 1;
    const before = sum;
    sum = before + parts[place]!;
    rest = parts[place]! - (sum - before);
  }
  if (place > 0 && rest !== 0 && rest > 0 === parts[place - 1]! > 0) {
    const twice = 2 * rest;
    const next = sum + twice;
    if (next - sum === twice) sum = next;
  }
  return sum;
}
