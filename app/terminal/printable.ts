/**
 * Text from outside on its way to a person: a name with an escape sequence in it could repaint the terminal, one with a
 * line break could forge a line, one that turns the direction of writing could show another number.
 */

const HARMFUL = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu;
const HARMFUL_BUT_LINES = /(?![\n\t])[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu;

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** One line: what cannot be shown is written out, `\u001b` for an escape. */
export const printable = (text: string): string => text.replace(HARMFUL, escaped);

/** The same for text that has lines of its own. */
export const printableLines = (text: string): string => text.replace(HARMFUL_BUT_LINES, escaped);
