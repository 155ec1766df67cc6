/**
 * The memory backend keeps the promises of the ports, with and without the faults of a log over a network: so what the
 * runtime's tests show over it holds for whoever keeps them.
 */

import { commitSurely } from '../../runtime/drive/commit';
import type { Backend } from '../../runtime/ports/backend';
import { incompatibilities } from '../../schemas/evolution/compatible';
import { type BackendUnderTest, describeBackend } from '../conformance/backend';
import { MemoryBackend, MemoryDisk } from '../support/memory-backend';

const LEFT = {
  quota: 'memory has none',
  retention: 'nothing is dropped in memory',
  compaction: 'nothing is dropped in memory',
};

/** The tests of conformance commit once; a commit of unknown outcome is resolved as the runtime does it. */
function resolving(backend: MemoryBackend): Backend {
  const openTask = backend.openTask.bind(backend);
  return Object.assign(backend, {
    openTask: async (id: Parameters<Backend['openTask']>[0]) => {
      const store = await openTask(id);
      return { ...store, commit: (epoch: Parameters<typeof store.commit>[0]) => commitSurely(store, epoch) };
    },
  });
}

async function open(seed: number | undefined): Promise<BackendUnderTest> {
  const disk = new MemoryDisk();
  const opened = (): Backend =>
    resolving(
      new MemoryBackend(disk, { ...(seed !== undefined && { seed }), compatibility: incompatibilities }),
    );
  const backend = opened();
  return {
    backend,
    reopen: async () => opened(),
    destroy: async () => undefined,
  };
}

describeBackend('memory', () => open(undefined), LEFT);
for (const seed of [1, 2, 3])
  describeBackend(`memory with the faults of seed ${seed}`, () => open(seed), LEFT);
