/** A data folder, opened: the backend with its topics ready, and the way in for records. */
import { type EmbeddedBackend, openEmbedded } from '../backends/embedded/open';
import { prepareTopics } from '../runtime/drive/open-job';
import type { Job } from '../runtime/graph/job';
import type { Clock } from '../runtime/ports/clock';
import { envelopeFrom } from '../schemas/cloud-events';
import { incompatibilities } from '../schemas/evolution/compatible';
import { topics } from '../schemas/topics';
import { Publisher } from '../sources/publish';
import { type JobOptions, USUAL_OPTIONS } from './job';
import { countsOf, jobsOf, type Layout, layoutIn, type WantedLayout } from './layout';

export interface Folder {
  readonly dir: string;
  readonly backend: EmbeddedBackend;
  readonly publisher: Publisher;
  readonly layout: Layout;
  readonly options: JobOptions;
  /** What runs on it. */
  readonly jobs: readonly Job[];
  /** Ids of the schemas that topics are written with. */
  readonly schemaIds: ReadonlyMap<string, number>;
  close(): Promise<void>;
}

export interface FolderOptions extends WantedLayout {
  readonly dir: string;
  readonly quotaBytes: number;
  readonly clock: Pick<Clock, 'now'>;
  /** How its jobs compute, where that is not as usual. */
  readonly options?: JobOptions | undefined;
}

/** Opens or creates a folder. Throws a BackendError when another process holds it, or it cannot be used. */
export async function openFolder(folder: FolderOptions): Promise<Folder> {
  const { dir, quotaBytes, clock, options = USUAL_OPTIONS, ...layouts } = folder;
  const backend = await openEmbedded({ dir, quotaBytes, clock, compatibility: incompatibilities });
  try {
    const layout = layoutIn(backend.log, layouts);
    const schemaIds = await prepareTopics(topics, countsOf(layout), backend);
    const publisher = await Publisher.open({
      backend,
      topics,
      envelope: envelopeFrom('/breakwater/publisher'),
    });
    const jobs = jobsOf(layout, options);
    return { dir, backend, publisher, layout, options, jobs, schemaIds, close: () => backend.close() };
  } catch (error) {
    await backend.close();
    throw error;
  }
}
