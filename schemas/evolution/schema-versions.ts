/** What the runtime asks when it meets records of a schema that is not today's. */
import type { AnyCodec, SchemaVersions } from '../../runtime/stream/codec';
import { incompatibilities } from './compatible';
import { resolvedColumns } from './resolve-columns';
import { resolvedRows } from './resolve-rows';

/** Schemas come from the registry and from saved tables: there are few, and each is resolved once. */
const RESOLVED_MAX = 1024;

class ResolvedVersions implements SchemaVersions {
  private readonly resolved = new Map<AnyCodec, Map<string, AnyCodec | undefined>>();

  resolve(codec: AnyCodec, writer: string): AnyCodec | undefined {
    if (writer === codec.schema) return codec;
    const known = this.resolved.get(codec) ?? new Map<string, AnyCodec | undefined>();
    this.resolved.set(codec, known);
    if (!known.has(writer)) {
      if (known.size >= RESOLVED_MAX) known.clear();
      known.set(writer, resolved(codec, writer));
    }
    return known.get(writer);
  }
}

function resolved(codec: AnyCodec, writer: string): AnyCodec | undefined {
  if (incompatibilities(codec.schema, writer).length > 0) return undefined;
  return codec.layout === 'rows' ? resolvedRows(codec, writer) : resolvedColumns(codec, writer);
}

/** Reads every schema that today's is compatible with, committed in `schemas/versions/` or not. */
export const schemaVersions: SchemaVersions = new ResolvedVersions();
