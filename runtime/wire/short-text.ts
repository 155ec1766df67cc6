/**
 * Texts of a few ASCII characters, such as ids and currencies, made of their bytes: a native call costs more than they do,
 * and a character at a time makes a text for each.
 */

/** Longer ones are left to the native call: joined, they would be a chain of pieces until somebody reads them. */
export const SHORT_TEXT_MAX = 12;

/** Codes of this many characters have room in a number, and are told apart by it. */
const CODE_CHARS_MAX = 4;
const KNOWN = 256;

// Currencies come with nearly every record, and few of them: one text for each, whose hash is known. A number stands for
// one text only, so that whatever was kept in a place before, what is answered is what the bytes say.
const codes = new Int32Array(KNOWN);
const texts: string[] = new Array(KNOWN).fill('');

export function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  let bits = 0;
  for (let index = start; index < end; index += 1) bits |= bytes[index]!;
  return bits < 128;
}

/** The text of ASCII bytes, at most `SHORT_TEXT_MAX` of them. */
export function shortText(bytes: Uint8Array, start: number, size: number): string {
  if (size <= CODE_CHARS_MAX) return codeText(bytes, start, size);
  if (size < 8) return fewChars(bytes, start, size);
  const text = eightChars(bytes, start);
  return size === 8 ? text : text + fewChars(bytes, start + 8, size - 8);
}

/** Seven bits a character, and how many there are. */
function codeText(bytes: Uint8Array, start: number, size: number): string {
  if (size === 0) return '';
  let code = size - 1;
  for (let index = 0; index < size; index += 1) code = (code << 7) | bytes[start + index]!;
  const place = (Math.imul(code, 0x9e3779b1) >>> 24) & (KNOWN - 1);
  if (codes[place] !== code || texts[place] === '') {
    codes[place] = code;
    texts[place] = fewChars(bytes, start, size);
  }
  return texts[place]!;
}

const eightChars = (bytes: Uint8Array, at: number): string =>
  String.fromCharCode(
    bytes[at]!,
    bytes[at + 1]!,
    bytes[at + 2]!,
    bytes[at + 3]!,
    bytes[at + 4]!,
    bytes[at + 5]!,
    bytes[at + 6]!,
    bytes[at + 7]!,
  );

/** One to seven characters, at once. */
function fewChars(bytes: Uint8Array, at: number, count: number): string {
  const [a, b, c, d] = [bytes[at]!, bytes[at + 1]!, bytes[at + 2]!, bytes[at + 3]!];
  switch (count) {
    case 1:
      return String.fromCharCode(a);
    case 2:
      return String.fromCharCode(a, b);
    case 3:
      return String.fromCharCode(a, b, c);
    case 4:
      return String.fromCharCode(a, b, c, d);
    case 5:
      return String.fromCharCode(a, b, c, d, bytes[at + 4]!);
    case 6:
      return String.fromCharCode(a, b, c, d, bytes[at + 4]!, bytes[at + 5]!);
    default:
      return String.fromCharCode(a, b, c, d, bytes[at + 4]!, bytes[at + 5]!, bytes[at + 6]!);
  }
}
