/** Everything a store can tell, as one text: two stores that tell the same are the same to whoever reads them. */
import type { EmbeddedBackend } from '../../../backends/embedded/backend';
import { Kind, keyOf } from '../../../backends/embedded/keys';
import { openReadOnly } from '../../../backends/embedded/open';
import type { TaskRecord } from '../../../backends/embedded/records';
import { restore } from '../../../backends/embedded/restore';
import { unsealJson } from '../../../backends/embedded/seal';
import { openLmdb, prefixed, View } from '../../../backends/embedded/store';
import { messagesIn } from '../../conformance/support';
import { NOON } from './support';

/** Throws whatever reading throws. */
export async function dump(dir: string): Promise<string> {
  const backend = openReadOnly({ dir, clock: { now: () => NOON } });
  const db = openLmdb({ dir, mapBytes: 2 ** 28, readOnly: true });
  try {
    const view = new View(db);
    const tasks = [...view.range(prefixed(keyOf(Kind.Task)))].map(({ key, value }) =>
      unsealJson<TaskRecord>(key, value),
    );
    const restored: unknown[] = [];
    for (const task of tasks)
      restored.push([task, [...backend.recorded(task, 1)], await tablesOf(view, task)]);
    return JSON.stringify([
      log(backend),
      restored,
      backend.bookmarks.all(),
      await backend.log.producer('gateway'),
      ['instrument', 'account'].map((domain) =>
        Array.from({ length: backend.names.size(domain) }, (_, number) =>
          backend.names.nameOf(domain, number),
        ),
      ),
      [1, 2, 3].map((id) => backend.registry.schema(id)),
    ]);
  } finally {
    await db.close();
    await backend.close();
  }
}

function log(backend: EmbeddedBackend): unknown {
  return backend.log.topics().map((spec) =>
    Array.from({ length: spec.partitions }, (_, partition) => {
      const place = { topic: spec.name, partition };
      const ends = backend.log.ends(place);
      const reader = backend.log.reader({ ...place, next: ends.first }, 'dump');
      const messages: unknown[] = [];
      for (let chunk = reader.poll(1 << 20); chunk; chunk = reader.poll(1 << 20))
        messages.push(...messagesIn(chunk));
      reader.close();
      return [spec, ends, messages];
    }),
  );
}

async function tablesOf(view: View, task: TaskRecord): Promise<unknown> {
  const restored = await restore(view, task);
  return task.tables.map(({ name }) => {
    const rows: unknown[] = [];
    restored.table(name)!.forEach((slot, { bytes, at, end }, schema) => {
      rows.push([slot, bytes.toString('latin1', at, end), schema]);
    });
    return rows;
  });
}
