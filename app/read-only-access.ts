/** What commands can have of a folder in which nothing may be written: whatever reads. */
import { openReadOnly } from '../backends/embedded/open';
import { BackendError } from '../runtime/ports/backend';
import type { Clock } from '../runtime/ports/clock';
import { schemaVersions } from '../schemas/evolution/schema-versions';
import type { Access, Hold, ProducerPlace, TailRecord, TailRequest } from './access';
import { checkFolder } from './check-folder';
import type { CheckReport } from './check-report';
import type { Config } from './config';
import { copyFolder } from './copied-folder';
import { holdsOf, knownReaders } from './readers';
import { partitionsOf, tailTopic } from './tail-topic';

export interface ReadOnlyOptions {
  readonly config: Config;
  readonly clock: Clock;
  /** Opens a folder that may be written: a copy. */
  readonly open: (dir: string) => Promise<Access>;
}

export class ReadOnlyAccess implements Access {
  readonly through = 'folder';
  private readonly backend: ReturnType<typeof openReadOnly>;

  constructor(private readonly options: ReadOnlyOptions) {
    this.backend = openReadOnly({ dir: options.config.dataFolder, clock: options.clock });
  }

  async partitions(topic: string): Promise<number> {
    return partitionsOf(this.backend.log, topic);
  }

  tail(request: TailRequest, signal: AbortSignal): AsyncIterable<readonly TailRecord[]> {
    return tailTopic(request, signal, { backend: this.backend, versions: schemaVersions });
  }

  /** Answered by a copy: the engine cannot open its files where nothing may be written. */
  async *query(sql: string, format: string, signal?: AbortSignal): AsyncGenerator<string> {
    const copy = copyFolder(this.options.config.dataFolder);
    try {
      const access = await this.options.open(copy.dir);
      try {
        yield* access.query(sql, format, signal);
      } finally {
        await access.close();
      }
    } finally {
      copy.remove();
    }
  }

  check(): Promise<CheckReport> {
    const { config, clock } = this.options;
    return checkFolder({
      dir: config.dataFolder,
      quotaBytes: config.quotaMegabytes * 1e6,
      clock,
      clickhouse: config.clickhouse.enabled,
      repair: false,
    });
  }

  async holds(): Promise<readonly Hold[]> {
    return holdsOf(this.backend, knownReaders(this.options.config));
  }

  async producer(name: string): Promise<ProducerPlace> {
    const found = await this.backend.log.producer(name);
    return {
      sequence: found?.sequence ?? 0,
      ...(found?.state && { state: Buffer.from(found.state).toString('utf8') }),
    };
  }

  produce(): Promise<never> {
    return this.refuse('no records can be produced into it');
  }

  skip(): Promise<never> {
    return this.refuse('nothing can be skipped in it');
  }

  forget(): Promise<never> {
    return this.refuse('no reader can be forgotten in it');
  }

  close(): Promise<void> {
    return this.backend.close();
  }

  private refuse(what: string): Promise<never> {
    return Promise.reject(
      new BackendError(
        `${this.options.config.dataFolder} cannot be written by this user, lies on a read-only file system, or its disk is full: ${what}. Make room, or copy it to where it can be written and name that with --dir.`,
      ),
    );
  }
}
