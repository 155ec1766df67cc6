/** Rows as the columns of a topic's frames: a typed array a field. */
import type { Columns } from '../runtime/stream/step';
import type { Topic } from '../runtime/stream/topic';
import type { FeedRow } from './feed';
import { defaultOf } from './field-text';
import { recordFields } from './record-fields';

type MutableColumns = { length: number } & Record<string, { [index: number]: unknown }>;

/** Numbers, not names, in all fields that have them; what a row does not tell of has its default. */
export function columnsOf(topic: Topic, rows: readonly FeedRow[]): Columns {
  const { codec } = topic;
  if (codec.layout === 'rows') throw new TypeError(`${topic.name} is no topic in columns`);
  const columns = codec.allocate(rows.length) as unknown as MutableColumns;
  for (const field of recordFields(topic)) {
    const { name } = field;
    const column = columns[name]!;
    const untold = defaultOf(field);
    for (let index = 0; index < rows.length; index += 1) column[index] = rows[index]![name] ?? untold;
  }
  columns.length = rows.length;
  return columns;
}
