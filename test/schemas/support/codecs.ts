/** The codecs under test: those of every topic. */
import type { ColumnsCodec, RowsCodec } from '../../../runtime/codec';
import type { Columns } from '../../../runtime/step';
import { topics } from '../../../schemas/topics';

export type AnyRow = Record<string, unknown>;
export type AnyColumns = Columns & Record<string, Int32Array | Float64Array>;

const codecs = topics.map(({ codec }) => codec);
export const rowsCodecs = codecs.filter((codec): codec is RowsCodec<AnyRow> => codec.layout === 'rows');
export const columnsCodecs = codecs.filter(
  (codec): codec is ColumnsCodec<AnyColumns> => codec.layout === 'columns',
);
