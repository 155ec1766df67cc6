/** What commands need, on a folder that this process holds. */

import { schemaVersions } from '../schemas/evolution/schema-versions';
import type {
  Access,
  Appended,
  Hold,
  ProduceRequest,
  ProducerPlace,
  SkipRequest,
  TailRecord,
  TailRequest,
} from './access';
import type { CheckReport } from './check-report';
import { checkSkip } from './check-skip';
import type { Folder } from './folder';
import { KnownNames, type NewNames } from './known-names';
import { type Patience, ProduceDoor } from './produce-door';
import type { Turns } from './reader-turns';
import { forgetReader, holdsOf } from './readers';
import { partitionsOf, tailTopic } from './tail-topic';
import { LoggedTerms } from './told-terms';

export interface FolderParts {
  readonly folder: Folder;
  readonly now: () => number;
  readonly query: (sql: string, format: string, signal?: AbortSignal) => AsyncIterable<string>;
  readonly check: () => Promise<CheckReport>;
  /** Sets a message or timer aside. Throws a CommandError where that would have no effect. */
  readonly skip: (request: SkipRequest) => Promise<void>;
  /** Whether a bookmark of that name is kept by a sink of the configuration. */
  readonly knows: (reader: string) => boolean;
  readonly close: () => Promise<void>;
  /** What becomes of names that are not listed; left out, see `known-names.ts`. */
  readonly newNames?: NewNames | undefined;
  /** How long a record waits for its names to be listed; left out, not at all. */
  readonly patience?: Patience;
  /** Among whom readers take turns: beside a running job. */
  readonly turns?: Turns;
}

export class FolderAccess implements Access {
  readonly through = 'folder';

  private readonly door: ProduceDoor;

  constructor(private readonly parts: FolderParts) {
    const { folder, now, newNames, patience } = parts;
    const { backend } = folder;
    const terms = new LoggedTerms(backend);
    this.door = new ProduceDoor({
      producer: (name) => backend.log.producer(name),
      now,
      terms: () => terms.read(),
      known: new KnownNames(backend, newNames),
      patience,
    });
  }

  produce(request: ProduceRequest): Promise<Appended> {
    const { folder, now } = this.parts;
    const { producer, sequence, state } = request;
    return this.door.pass(request, (records) =>
      folder.publisher.publish({
        producer,
        sequence,
        records,
        now: now(),
        ...(state !== undefined && { state: Buffer.from(state) }),
      }),
    );
  }

  async producer(name: string): Promise<ProducerPlace> {
    const found = await this.parts.folder.backend.log.producer(name);
    return {
      sequence: found?.sequence ?? 0,
      ...(found?.state && { state: Buffer.from(found.state).toString('utf8') }),
    };
  }

  async partitions(topic: string): Promise<number> {
    return partitionsOf(this.parts.folder.backend.log, topic);
  }

  tail(request: TailRequest, signal: AbortSignal): AsyncIterable<readonly TailRecord[]> {
    return tailTopic(request, signal, {
      backend: this.parts.folder.backend,
      versions: schemaVersions,
      turns: this.parts.turns,
    });
  }

  query(sql: string, format: string, signal?: AbortSignal): AsyncIterable<string> {
    return this.parts.query(sql, format, signal);
  }

  check(): Promise<CheckReport> {
    return this.parts.check();
  }

  async skip(request: SkipRequest): Promise<void> {
    checkSkip(request, this.parts.folder.jobs, this.parts.folder.backend.log);
    await this.parts.skip(request);
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
