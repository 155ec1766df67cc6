/** The word that was most likely meant: few letters changed, left out, added or exchanged with their neighbours. */

/** How many changes make one text of the other, neighbours exchanged counting as one; more than `most` may count as more. */
function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1];
      let least = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + (isSame ? 0 : 1));
      const isExchanged =
        row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (isExchanged) least = Math.min(least, beforeLast[column - 2]! + 1);
      current.push(least);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length]!;
}

/** Undefined where none is near. Upper and lower case are the same, and of equally near ones the first in order wins. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const sought = word.toLowerCase();
  const most = Math.max(1, Math.ceil(word.length / 3));
  let found: string | undefined;
  let least = most + 1;
  for (const one of known) {
    if (Math.abs(one.length - word.length) >= least + (least === 1 ? 1 : 0)) continue;
    const changes = distance(sought, one.toLowerCase());
    if (changes > most || changes > least || (changes === least && found !== undefined && found <= one))
      continue;
    found = one;
    least = changes;
  }
  return found;
}
