/** How much room a text takes on a terminal, and texts that take no more than there is. */
import stringWidth = require('string-width');

const PLAIN = /^[\x20-\x7e]*$/;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Cells that a text takes: most characters one, those of East Asia two, marks upon another none. */
export const widthOf = (text: string): number => (PLAIN.test(text) ? text.length : stringWidth(text));

/** The text, or as much of its beginning as fits, with `…` for the rest. Numbers are not to be cut: see `numberWithin`. */
export function textWithin(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  if (width < 1) return '';
  let kept = '';
  let taken = 0;
  for (const { segment } of graphemes.segment(text)) {
    taken += widthOf(segment);
    if (taken > width - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** A number whole, or none of it: the beginning of a number is another number. */
export const numberWithin = (text: string, width: number): string =>
  widthOf(text) <= width ? text : '…'.slice(0, Math.max(width, 0));

export const padded = (text: string, width: number, align: 'left' | 'right' = 'left'): string => {
  const room = ' '.repeat(Math.max(width - widthOf(text), 0));
  return align === 'right' ? room + text : text + room;
};
