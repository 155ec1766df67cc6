/** Text of names and records, for people: in one line, and cut where it is too long for its place. */

/** Control characters, line breaks and what turns the direction of reading become spaces. */
export const oneLine = (text: string): string =>
  text.replaceAll(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ');

export function cut(text: string, max: number): string {
  const letters = [...oneLine(text)];
  return letters.length <= max ? letters.join('') : `${letters.slice(0, max - 1).join('')}…`;
}
