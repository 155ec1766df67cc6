/** A table as lines: columns as wide as what is in them, numbers to the right, nothing wider than the terminal. */
import { type Color, type Output, paint } from './output';
import { printable } from './printable';

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

export interface Cell {
  readonly text: string;
  readonly color?: Color | undefined;
}

export type TableRow = readonly (Cell | string)[];

const GAP = '  ';

export function tableLines(
  columns: readonly Column[],
  rows: readonly TableRow[],
  output: Pick<Output, 'columns' | 'colors'>,
): string[] {
  const texts = [columns.map(({ title }) => title), ...rows.map((row) => row.map(textOf))];
  const widths = columns.map((_, index) => Math.max(...texts.map((row) => row[index]?.length ?? 0)));
  const line = (cells: TableRow, color?: Color): string => {
    let left = output.columns;
    let drawn = '';
    cells.forEach((cell, index) => {
      const gap = index === 0 ? '' : GAP;
      const text = pad(textOf(cell), widths[index]!, columns[index]!.align);
      const cut = (gap + text).slice(0, left);
      left -= cut.length;
      const own = typeof cell === 'string' ? color : (cell.color ?? color);
      drawn += own === undefined ? cut : paint(output, own, cut);
    });
    return drawn;
  };
  return [
    line(
      columns.map(({ title }) => title),
      'dim',
    ),
    ...rows.map((row) => line(row)),
  ];
}

const textOf = (cell: Cell | string): string => printable(typeof cell === 'string' ? cell : cell.text);

const pad = (text: string, width: number, align: Column['align'] = 'left'): string =>
  align === 'right' ? text.padStart(width) : text.padEnd(width);
