/** Records of any topic with values at the edges of their types: made from the schema, the same for the same number. */
import type { Topic } from '../../runtime/stream/topic';
import { REMOVED, type TableColumn, tableColumns } from '../../sinks/clickhouse/table-columns';

const DAY_MICROS = 86_400_000_000;
/** 2026-03-31T23:59:59.999990Z: the next records are of another day and another month. */
const START_MICROS = Date.UTC(2026, 2, 31, 23, 59, 59) * 1000 + 999_990;

const KNOWN_AFTER_MICROS = 250_000;

const doubles = [0.1, -0, Number.NaN, 1e300, -5e-324, 123456.789];
const integers = [0, 1, -1, 2 ** 31 - 1, -(2 ** 31)];
const longs = [0, 1, -1, 2 ** 51, -(2 ** 51)];
const bigLongs = [0n, 1n, -1n, 9_223_372_036_854_775_807n, -9_223_372_036_854_775_808n, 1_500_000_000n];
const decimals = [0n, 1n, -1n, 10n ** 37n, -(10n ** 37n), 1_000_000_000_000_000_000n];
const texts = ['', 'AAPL', "O'Neil \\ Söhne", '株式', 'x'.repeat(200)];

export function sampleRecord(topic: Topic, number: number): Record<string, unknown> {
  return Object.fromEntries(
    tableColumns(topic)
      .filter(({ name }) => name !== REMOVED)
      .map((column, index) => [
        column.name,
        // Known a while after it happened; both are times that a clock can show.
        column.name === topic.eventTime || column.name === 'knownAt'
          ? START_MICROS +
            number +
            (number % 50 === 49 ? DAY_MICROS : 0) +
            (column.name === 'knownAt' ? KNOWN_AFTER_MICROS : 0)
          : sampleValue(column, number + index),
      ]),
  );
}

function sampleValue({ store, type }: TableColumn, number: number): unknown {
  const of = <T>(values: readonly T[]): T => values[number % values.length]!;
  switch (store) {
    case 'int32':
      return of(integers);
    case 'float64':
      return of(doubles);
    case 'boolean':
      return number % 2 === 1;
    case 'enum8':
      return number % type.split(',').length;
    case 'long':
      return of(longs);
    case 'bigLong':
      return of(bigLongs);
    case 'decimal':
      return of(decimals);
    case 'text':
      return of(texts);
    case 'nullableText':
      return of([undefined, ...texts]);
    case 'nullableFloat64':
      return of([undefined, ...doubles]);
    case 'nullableInt32':
      return of([undefined, ...integers]);
    case 'nullableLong':
      return of([undefined, ...longs]);
    case 'nullableBigLong':
      return of([undefined, ...bigLongs]);
    case 'bytes':
      return Buffer.from(of(['', '00ff', 'c3']), 'hex');
  }
}
