/** Columns that grow: typed arrays that are copied to twice their size when they are full. */

export interface Doubles {
  data: Float64Array;
  length: number;
}

export interface Integers {
  data: Int32Array;
  length: number;
}

export const doubles = (room = 1024): Doubles => ({ data: new Float64Array(room), length: 0 });
export const integers = (room = 1024): Integers => ({ data: new Int32Array(room), length: 0 });

export function pushDouble(column: Doubles, value: number): void {
  if (column.length === column.data.length) {
    const grown = new Float64Array(2 * column.length);
    grown.set(column.data);
    column.data = grown;
  }
  column.data[column.length++] = value;
}

export function pushInteger(column: Integers, value: number): void {
  if (column.length === column.data.length) {
    const grown = new Int32Array(2 * column.length);
    grown.set(column.data);
    column.data = grown;
  }
  column.data[column.length++] = value;
}
