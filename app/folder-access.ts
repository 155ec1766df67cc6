/** What commands need, on a folder that this process holds. */

import { schemaVersions } from '../schemas/evolution/schema-versions';
import type { Access, Hold, ProduceRequest, SkipRequest, TailRecord, TailRequest } from './access';
import type { CheckReport } from './check-report';
import type { Folder } from './folder';
import { riskJob } from './job';
import { forgetReader, holdsOf } from './readers';
import { tailTopic } from './tail-topic';

export interface FolderParts {
  readonly folder: Folder;
  readonly now: () => number;
  readonly query: (sql: string, format: string, signal?: AbortSignal) => AsyncIterable<string>;
  readonly check: () => Promise<CheckReport>;
  /** Called after a skip, so that a task that waits for it looks at once. */
  readonly nudge: () => void;
  /** Whether a bookmark of that name is kept by a sink of the configuration. */
  readonly knows: (reader: string) => boolean;
  readonly close: () => Promise<void>;
}

export class FolderAccess implements Access {
  readonly through = 'folder';

  constructor(private readonly parts: FolderParts) {}

  produce({ producer, sequence, records }: ProduceRequest): Promise<{ readonly duplicate: boolean }> {
    return this.parts.folder.publisher.publish({ producer, sequence, records, now: this.parts.now() });
  }

  async lastSequence(producer: string): Promise<number> {
    return (await this.parts.folder.backend.log.producer(producer))?.sequence ?? 0;
  }

  tail(request: TailRequest, signal: AbortSignal): AsyncIterable<readonly TailRecord[]> {
    return tailTopic(request, signal, {
      backend: this.parts.folder.backend,
      versions: schemaVersions,
    });
  }

  query(sql: string, format: string, signal?: AbortSignal): AsyncIterable<string> {
    return this.parts.query(sql, format, signal);
  }

  check(): Promise<CheckReport> {
    return this.parts.check();
  }

  async skip(request: SkipRequest): Promise<void> {
    await this.parts.folder.backend.skip({ job: riskJob.name, partition: request.partition }, request);
    this.parts.nudge();
  }

  async holds(): Promise<readonly Hold[]> {
    return holdsOf(this.parts.folder.backend, this.parts.knows);
  }

  forget(reader: string): Promise<void> {
    return forgetReader(this.parts.folder.backend, this.parts.knows, reader);
  }

  close(): Promise<void> {
    return this.parts.close();
  }
}
