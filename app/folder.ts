/** A data folder, opened: the backend with its topics and names ready, and the way in for records. */
import type { EmbeddedBackend } from '../backends/embedded/open';
import { openEmbedded } from '../backends/embedded/open';
import type { Clock } from '../runtime/clock';
import { prepareTopics } from '../runtime/open-job';
import { Outlet } from '../runtime/outlet';
import { names } from '../schemas/reference';
import { topics } from '../schemas/topics';
import { Publisher } from '../sources/publish';
import { cloudEvents } from './envelope';

export interface Folder {
  readonly dir: string;
  readonly backend: EmbeddedBackend;
  readonly publisher: Publisher;
  close(): Promise<void>;
}

export interface FolderOptions {
  readonly dir: string;
  readonly quotaBytes: number;
  readonly clock: Clock;
}

/** Opens or creates a folder. Throws a BackendError when another process holds it, or it cannot be used. */
export async function openFolder({ dir, quotaBytes, clock }: FolderOptions): Promise<Folder> {
  let schemaId = 0;
  const backend = await openEmbedded({
    dir,
    quotaBytes,
    clock,
    namesTopic: {
      topic: names.name,
      messages: async (numbered) => {
        const outlet = new Outlet({ topic: names, partitions: 1, schemaId, envelope: undefined });
        outlet.write(numbered, { number: 0, now: clock.now() }, 'names');
        return outlet.take()[0]!.messages;
      },
    },
  });
  try {
    const ids = await prepareTopics(topics, 1, backend);
    schemaId = ids.get(names.name)!;
    const publisher = await Publisher.open({ backend, topics, envelope: cloudEvents });
    return { dir, backend, publisher, close: () => backend.close() };
  } catch (error) {
    await backend.close();
    throw error;
  }
}
