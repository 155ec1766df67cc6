/**
 * A table as lines on a terminal. Its first columns stay at the left, the others move below them; only whole columns are
 * drawn, for a number that is cut is another number. Columns stay put: they grow with what they have to hold and do not
 * shrink again, and decimals stand one below the other.
 */
import { type Color, type Output, paint } from './output';
import { printable } from './printable';
import { numberWithin, padded, textWithin, widthOf } from './text-width';

export interface GridColumn {
  readonly title: string;
  /** Numbers are aligned by their point. */
  readonly align?: 'left' | 'right' | 'number' | undefined;
}

export interface GridCell {
  readonly text: string;
  readonly color?: Color | undefined;
}

export type GridRow = readonly (GridCell | string)[];

/** Cells that a column had to hold so far: the longest text, and what numbers have before and behind the point. */
interface Room {
  text: number;
  whole: number;
  behind: number;
}

const widest = ({ text, whole, behind }: Room): number => Math.max(text, whole + behind);

/** What columns had to hold so far. */
export class ColumnRooms {
  private readonly rooms: Room[] = [];

  grow(columns: readonly GridColumn[], rows: readonly (readonly string[])[]): void {
    columns.forEach((column, index) => {
      const room = this.at(index);
      for (const row of rows) {
        const { text, whole, behind } = roomOf(row[index] ?? '', column);
        room.text = Math.max(room.text, text);
        room.whole = Math.max(room.whole, whole);
        room.behind = Math.max(room.behind, behind);
      }
    });
  }

  at(index: number): Room {
    this.rooms[index] ??= { text: 0, whole: 0, behind: 0 };
    return this.rooms[index];
  }
}

/** Only digits have a point to be aligned by. */
const NUMBER = /^([^\d]*[\d,]+)(\.\d+)?$/;

function roomOf(text: string, { align }: GridColumn): Room {
  const parts = align === 'number' ? NUMBER.exec(text) : null;
  if (!parts) return { text: widthOf(text), whole: 0, behind: 0 };
  return { text: 0, whole: widthOf(parts[1]!), behind: parts[2]?.length ?? 0 };
}

export interface GridOptions {
  readonly columns: readonly GridColumn[];
  readonly rows: readonly GridRow[];
  readonly rooms: ColumnRooms;
  /** So many columns stay at the left. */
  readonly staying: number;
  /** How many of the others are left out before the first that is drawn. */
  readonly from: number;
  readonly output: Pick<Output, 'columns' | 'colors'>;
}

export interface GridLines {
  readonly lines: readonly string[];
  /** Columns that are not drawn, at the left and at the right. */
  readonly left: number;
  readonly right: number;
}

const GAP = 2;
/** No text takes more, and none is cut below this. */
const TEXT_MAX = 32;
const TEXT_MIN = 8;

export function gridLines(options: GridOptions): GridLines {
  const { columns, rows, rooms, output } = options;
  const texts = rows.map((row) => columns.map((_, index) => textOf(row[index] ?? '')));
  rooms.grow(columns, texts);
  const { drawn, widths, left, right } = drawnColumns(options);
  const line = (cell: (index: number) => string): string =>
    drawn.map((index, place) => `${place === 0 ? '' : ' '.repeat(GAP)}${cell(index)}`).join('');
  const shown = (text: string, index: number): string => {
    const align = columns[index]!.align ?? 'left';
    const width = widths[index]!;
    if (align === 'left') return padded(textWithin(text, width), width);
    if (align === 'right') return padded(numberWithin(text, width), width, 'right');
    return aligned(text, rooms.at(index), width);
  };
  const header = line((index) => {
    const { title, align = 'left' } = columns[index]!;
    const width = widths[index]!;
    return padded(textWithin(title, width), width, align === 'left' ? 'left' : 'right');
  });
  const lines = texts.map((row, at) =>
    line((index) => {
      const text = shown(row[index]!, index);
      const cell = rows[at]![index];
      const color = typeof cell === 'object' ? cell.color : undefined;
      return color === undefined || /^ *$/.test(text) ? text : paint(output, color, text);
    }).trimEnd(),
  );
  return { lines: [paint(output, 'dim', header.trimEnd()), ...lines], left, right };
}

/** A number by its point; a word at the right. */
function aligned(text: string, { behind }: Room, width: number): string {
  const parts = NUMBER.exec(text);
  const missing = parts ? behind - (parts[2]?.length ?? 0) : 0;
  return padded(numberWithin(text, width - missing) + ' '.repeat(Math.max(missing, 0)), width, 'right');
}

const isNumeric = ({ align = 'left' }: Pick<GridColumn, 'align'>): boolean => align !== 'left';

/** Which columns fit, whole. At least one of those that move is drawn: those that stay get narrower, if they must. */
function drawnColumns({ columns, rooms, staying, from, output }: GridOptions) {
  const natural = columns.map(({ title, align }, index) => {
    const wanted = Math.max(widthOf(title), widest(rooms.at(index)));
    return isNumeric({ align }) ? wanted : Math.min(wanted, TEXT_MAX);
  });
  const moving = columns.map((_, index) => index).slice(staying);
  const first = Math.min(Math.max(from, 0), Math.max(moving.length - 1, 0));
  const widths = [...natural];
  const needed = (moving.length > 0 ? natural[moving[first]!]! + GAP : 0) + GAP * Math.max(staying - 1, 0);
  let room = output.columns - needed;
  for (let index = 0; index < staying; index += 1) {
    const share = Math.max(Math.floor(room / (staying - index)), TEXT_MIN);
    widths[index] = Math.min(natural[index]!, share);
    room -= widths[index]!;
  }
  const drawn = columns.map((_, index) => index).slice(0, staying);
  let left = output.columns - drawn.reduce((sum, index) => sum + widths[index]! + GAP, 0) + GAP;
  let last = first;
  for (; last < moving.length; last += 1) {
    const index = moving[last]!;
    const gap = drawn.length > 0 ? GAP : 0;
    const isCut = widths[index]! + gap > left;
    // The beginning of a text still says something.
    if (isCut && last > first && (isNumeric(columns[index]!) || left < TEXT_MIN + gap)) break;
    if (isCut) widths[index] = Math.max(left - gap, 1);
    left -= widths[index]! + gap;
    drawn.push(index);
  }
  return { drawn, widths, left: first, right: moving.length - last };
}

const textOf = (cell: GridCell | string): string => printable(typeof cell === 'string' ? cell : cell.text);

/** A table that is printed once, as wide as what is in it. What does not fit is told, and never cut. */
export function tableLines(
  columns: readonly GridColumn[],
  rows: readonly GridRow[],
  output: Pick<Output, 'columns' | 'colors'>,
): readonly string[] {
  const { lines, right } = gridLines({
    columns,
    rows,
    rooms: new ColumnRooms(),
    staying: 1,
    from: 0,
    output,
  });
  return right === 0
    ? lines
    : [...lines, textWithin(`… and ${right} columns more, which do not fit`, output.columns)];
}
