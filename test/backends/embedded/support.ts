/** A store in a folder of its own, under a clock that a test moves. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedBackend, type EmbeddedOptions, openEmbedded } from '../../../backends/embedded/open';

export const NOON = 1_700_000_000_000_000;

export interface Store {
  readonly dir: string;
  readonly clock: { time: number; now(): number };
  backend: EmbeddedBackend;
  /** Lets time pass as it does: with somebody looking at the clock every now and then. */
  advanceHours(hours: number): Promise<void>;
  reopen(): Promise<EmbeddedBackend>;
  destroy(): Promise<void>;
}

/** Later fields of a schema need a default, and types stay: enough of Avro's rules to test who asks for them. */
export function addsWithDefaults(next: string, before: string): readonly string[] {
  interface Field {
    readonly name: string;
    readonly type: unknown;
    readonly default?: unknown;
  }
  const fields = (schema: string): readonly Field[] =>
    (JSON.parse(schema) as { readonly fields: readonly Field[] }).fields;
  const old = new Map(fields(before).map((field) => [field.name, field]));
  return fields(next)
    .filter((field) => {
      const known = old.get(field.name);
      return known ? known.type !== field.type : field.default === undefined;
    })
    .map(({ name }) => `field "${name}" cannot be read`);
}

export async function openStore(options: Partial<EmbeddedOptions> = {}): Promise<Store> {
  const dir = mkdtempSync(join(tmpdir(), 'breakwater-'));
  const clock = {
    time: NOON,
    now() {
      return this.time;
    },
  };
  const open = (): Promise<EmbeddedBackend> =>
    openEmbedded({ dir, quotaBytes: 2 ** 30, clock, compatibility: addsWithDefaults, ...options });
  const store: Store = {
    dir,
    clock,
    backend: await open(),
    advanceHours: async (hours) => {
      for (let left = hours; left > 0; left -= 1) {
        clock.time += Math.min(left, 1) * 3.6e9;
        await store.backend.bookmarks.remove('nobody');
      }
    },
    reopen: async () => {
      await store.backend.close();
      store.backend = await open();
      return store.backend;
    },
    destroy: async () => {
      await store.backend.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
  return store;
}
