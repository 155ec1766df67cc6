/** What a stream to a person can show: only a terminal gets escape sequences, and `NO_COLOR` (no-color.org) is obeyed. */
export interface Output {
  readonly isTerminal: boolean;
  readonly colors: boolean;
  readonly columns: number;
  readonly rows: number;
  write(text: string): void;
}

/** A file or a program takes lines of any length. */
const UNLIMITED = Number.MAX_SAFE_INTEGER;

export function outputTo(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv = process.env): Output {
  const isTerminal = stream.isTTY === true && env['TERM'] !== 'dumb';
  return {
    isTerminal,
    colors: isTerminal && !env['NO_COLOR'],
    get columns() {
      return isTerminal ? (stream.columns ?? 80) : UNLIMITED;
    },
    get rows() {
      return isTerminal ? (stream.rows ?? 24) : UNLIMITED;
    },
    write: (text) => void stream.write(text),
  };
}

export type Color = 'bold' | 'dim' | 'red' | 'green' | 'yellow';
const CODES: Record<Color, number> = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 };

/** Text in a colour, or as it is where there are none. */
export const paint = (output: Pick<Output, 'colors'>, color: Color, text: string): string =>
  output.colors ? `\x1b[${CODES[color]}m${text}\x1b[0m` : text;
