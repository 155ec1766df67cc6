/** The columns of a frame are of one length, or left out. */
import { MalformedError } from '../../runtime/wire/bytes';
import type { ReadColumn } from './blocks';
import { withRoom } from './room';

/** What a frame appends: from where, and how many records. */
export interface FrameSpan {
  readonly start: number;
  readonly count: number;
}

/** Refuses a column that is not as long as the frame. */
export function required(column: ReadColumn<unknown>, { count }: FrameSpan, name: string): void {
  if (column.count !== count) throw unequal(name, column.count, count);
}

/** Fills a column that was left out, because its writer did not know it or all was as usual. */
export function repeated<Values extends Int32Array | Float64Array>(
  column: ReadColumn<Values>,
  { start, count }: FrameSpan,
  name: string,
  value: number,
): void {
  if (column.count === count) return;
  if (column.count !== 0) throw unequal(name, column.count, count);
  column.values = withRoom(column.values, start + count);
  column.values.fill(value, start, start + count);
}

function unequal(name: string, length: number, count: number): MalformedError {
  return new MalformedError(`column "${name}" has ${length} values in a frame of ${count} records`);
}
