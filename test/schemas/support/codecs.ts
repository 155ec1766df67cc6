/** The codecs under test: those of every topic and every table. */
import type { AnyCodec, ColumnsCodec, RowsCodec } from '../../../runtime/codec';
import type { Columns } from '../../../runtime/step';
import * as tables from '../../../schemas/tables';
import { topics } from '../../../schemas/topics';

export type AnyRow = Record<string, unknown>;
export type AnyColumns = Columns & Record<string, Int32Array | Float64Array>;

/** Of the tables, and of the records that a table of another kind is made of. */
function tableCodecs(): readonly AnyCodec[] {
  return Object.values(tables).flatMap((value: unknown) => {
    const { codec, layout } = (value ?? {}) as { readonly codec?: AnyCodec; readonly layout?: string };
    if (layout === 'rows') return [value as AnyCodec];
    return codec ? [codec] : [];
  });
}

export const codecs: readonly AnyCodec[] = [
  ...new Set([...topics.map(({ codec }) => codec), ...tableCodecs()]),
];
export const rowsCodecs = codecs.filter((codec): codec is RowsCodec<AnyRow> => codec.layout === 'rows');
export const columnsCodecs = codecs.filter(
  (codec): codec is ColumnsCodec<AnyColumns> => codec.layout === 'columns',
);
