/** The codecs under test: every one that is generated. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AnyCodec, ColumnsCodec, RowsCodec } from '../../../runtime/stream/codec';
import type { Columns } from '../../../runtime/stream/step';

export type AnyRow = Record<string, unknown>;
export type AnyColumns = Columns & Record<string, Int32Array | Float64Array>;

const folder = join(__dirname, '..', '..', '..', 'schemas', 'generated');

/** A module exports a codec, or what a numbered table needs, its codec among it. */
function codecsOf(module: Record<string, unknown>): readonly AnyCodec[] {
  return Object.values(module).flatMap((value) => {
    const { layout, codec } = (value ?? {}) as { readonly layout?: string; readonly codec?: AnyCodec };
    if (layout !== undefined) return [value as AnyCodec];
    return codec === undefined ? [] : [codec];
  });
}

export const codecs: readonly AnyCodec[] = (readdirSync(folder, { recursive: true }) as string[])
  .filter((path) => path.endsWith('.js'))
  .sort()
  .flatMap((path) => codecsOf(require(join(folder, path)) as Record<string, unknown>));
export const rowsCodecs = codecs.filter((codec): codec is RowsCodec<AnyRow> => codec.layout === 'rows');
export const columnsCodecs = codecs.filter(
  (codec): codec is ColumnsCodec<AnyColumns> => codec.layout === 'columns',
);
