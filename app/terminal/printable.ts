/**
 * Text from outside on its way to a person: a name with an escape sequence in it could repaint the terminal, one with a
 * line break could forge a line, one that turns the direction of writing could show another number, and one with a
 * character that takes no room could pass for another name.
 */

const HARMFUL = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;
const HARMFUL_BUT_LINES = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

function escaped(character: string): string {
  const code = character.codePointAt(0)!.toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
}

/** One line: what cannot be shown is written out, `\u001b` for an escape. */
export const printable = (text: string): string => text.replace(HARMFUL, escaped);

/** The same for text that has lines of its own. */
export const printableLines = (text: string): string => text.replace(HARMFUL_BUT_LINES, escaped);
