/**
 * The local registry of schemas: the same port as a remote one. Ids count from 1 and mean one schema for ever; a
 * subject (`<topic>-value`) takes a new version only if it reads what the versions before wrote.
 */
import { BackendError, type SchemaRegistry } from '../../runtime/ports/backend';
import { type Connection, readOnlyError } from './connection';
import { Kind, keyOf, numberOfKey } from './keys';
import type { SchemaRecord } from './records';
import { unsealJson } from './seal';
import { prefixed, type View } from './store';

/** Why a reader with `next` could not read what was written with `before`; empty when it can. */
export type Compatibility = (next: string, before: string) => readonly string[];

export const identicalOnly: Compatibility = () => [
  'no rule of compatibility was given, so only the same schema is',
];

export class EmbeddedRegistry implements SchemaRegistry {
  private readonly schemas = new Map<number, SchemaRecord>();

  constructor(
    private readonly connection: Connection | undefined,
    private readonly compatibility: Compatibility,
    private readonly view: View,
  ) {
    this.refresh();
  }

  async register(subject: string, schema: string): Promise<number> {
    const versions = [...this.schemas].filter(([, record]) => record.subject === subject);
    const same = versions.find(([, record]) => record.schema === schema);
    if (same) return same[0];
    for (const [id, before] of versions) {
      const problems = this.compatibility(schema, before.schema);
      if (problems.length > 0)
        throw new BackendError(
          `the schema of "${subject}" cannot follow version ${id}: ${problems.join('; ')}. Give new fields defaults and keep old ones, or name a new topic.`,
        );
    }
    if (!this.connection) throw readOnlyError();
    const id = await this.connection.ask<number>({ kind: 'schema', subject, schema });
    this.schemas.set(id, { subject, schema });
    return id;
  }

  schema(id: number): string | undefined {
    return this.schemas.get(id)?.schema;
  }

  load(id: number): Promise<string | undefined> {
    if (!this.schemas.has(id)) this.refresh();
    return Promise.resolve(this.schema(id));
  }

  private refresh(): void {
    this.view.refresh();
    for (const { key, value } of this.view.range(prefixed(keyOf(Kind.Schema))))
      this.schemas.set(numberOfKey(key, 0), unsealJson<SchemaRecord>(key, value));
  }
}
