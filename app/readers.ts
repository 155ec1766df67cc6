/** Readers of committed topics that are not tasks, sinks above all, by their bookmarks. */
import type { Backend } from '../runtime/ports/backend';
import { readerOf } from '../sinks/alerts/channel-state';
import { tableCatalogue } from '../sinks/clickhouse/tables';
import type { Hold } from './access';
import type { Config } from './config';
import { CommandError, ExitCode } from './exit-codes';

/**
 * Says of a bookmark's name whether a sink of this configuration keeps it: `name of the sink/partition`, or the name of a
 * channel of alerts.
 */
export function knownReaders({
  clickhouse,
  alerts,
}: Pick<Config, 'alerts'> & { readonly clickhouse: Pick<Config['clickhouse'], 'enabled'> }): (
  reader: string,
) => boolean {
  const sinks = new Set(clickhouse.enabled ? tableCatalogue.sinks.map(({ name }) => name) : []);
  const channels = new Set(alerts.channels.map(({ name }) => readerOf(name)));
  return (reader) => channels.has(reader) || sinks.has(reader.slice(0, reader.lastIndexOf('/')));
}

type Reading = Pick<Backend, 'bookmarks' | 'log'>;

export function holdsOf({ bookmarks, log }: Reading, known: (reader: string) => boolean): readonly Hold[] {
  return bookmarks.all().flatMap(({ name: reader, needs }) =>
    needs.map(({ topic, partition, next }) => ({
      reader,
      topic,
      partition,
      next,
      end: log.ends({ topic, partition }).next,
      known: known(reader),
    })),
  );
}

export async function forgetReader(
  { bookmarks }: Reading,
  known: (reader: string) => boolean,
  reader: string,
): Promise<void> {
  if (!bookmarks.get(reader)) {
    const there = bookmarks.all().map(({ name }) => name);
    throw new CommandError(
      `there is no reader "${reader}". There are ${there.join(', ') || 'none'}.`,
      ExitCode.Usage,
    );
  }
  if (known(reader)) {
    throw new CommandError(
      `"${reader}" is a sink of this configuration, and would miss what it holds back. Mend it, or turn it off first.`,
      ExitCode.Usage,
    );
  }
  await bookmarks.remove(reader);
}
