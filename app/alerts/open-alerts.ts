/** Tells people, over every channel of the configuration, what committed topics say and what ails the job. */

import type { Clock } from '../../runtime/ports/clock';
import { schemaVersions } from '../../schemas/evolution/schema-versions';
import type { Alert } from '../../sinks/alerts/alert';
import type { PlacedRecord } from '../../sinks/alerts/alert-run';
import { AlertFollower, type AlertTrouble } from '../../sinks/alerts/follow-alerts';
import { headline } from '../../sinks/alerts/notice';
import { alertSources } from '../../sinks/alerts/sources';
import type { Config } from '../config';
import type { Folder } from '../folder';
import type { Logger } from '../log-to';
import { pressOf, type SinkStatus } from '../sinks';
import { shownRow, TopicDecoder } from '../topic-decoder';
import { courierOf } from './channel';

export interface OpenAlertsOptions {
  readonly config: Pick<Config, 'alerts' | 'file'>;
  readonly folder: Folder;
  readonly clock: Clock;
  readonly logger: Logger;
  /** What ails the job at this moment, in sentences. */
  readonly troubles: () => readonly string[];
}

/** The rules want an alert told within five seconds (RTS 6, article 16(5)); an outage of a provider is more than that. */
const LAG_SECONDS_MAX = 30;

export interface Alerts {
  /** Channels that do not take what they are sent, in sentences. */
  troubles(): readonly string[];
  statuses(): readonly SinkStatus[];
  close(): Promise<void>;
}

/** Throws a CommandError where a channel lacks what it needs. */
export function openAlerts({ config, folder, clock, logger, troubles }: OpenAlertsOptions): Alerts {
  const { log, registry, names, bookmarks } = folder.backend;
  const places = { file: config.file, environment: process.env };
  const decoders = new Map(
    alertSources.map(({ topic }) => [
      topic.name,
      new TopicDecoder({ topic, registry, versions: schemaVersions }),
    ]),
  );
  const statuses = (): readonly SinkStatus[] => followers.map(statusOf);
  const late = (): readonly string[] =>
    statuses().flatMap((status) => pressOf([status], LAG_SECONDS_MAX) ?? []);
  // One channel tells that another one is dead.
  const conditions = (): readonly Alert[] =>
    [...troubles(), ...late()].map((trouble) => conditionOf(trouble, clock.now()));
  const followers: readonly AlertFollower[] = config.alerts.channels.map(
    (channel) =>
      new AlertFollower({
        channel: channel.name,
        leastSeverity: channel.leastSeverity,
        sources: alertSources,
        log,
        bookmarks,
        clock,
        courier: courierOf(channel, places, () => clock.now()),
        conditions,
        onTrouble: (trouble) => tellLog(logger, trouble),
        show: (topic, chunk) =>
          decoders
            .get(topic.name)!
            .decode(chunk)
            .flatMap(({ offset, row }): PlacedRecord[] =>
              row ? [{ offset, record: shownRow(topic, row, names) }] : [],
            ),
      }),
  );
  for (const follower of followers) follower.start();
  return {
    statuses,
    troubles: late,
    close: async () => {
      await Promise.all(followers.map((follower) => follower.close()));
    },
  };
}

const statusOf = (follower: AlertFollower): SinkStatus => {
  const { channel, lagMicros, trouble } = follower.status();
  return { name: `alerts.${channel}`, lagSeconds: lagMicros / 1e6, trouble };
};

/** Numbers in it change from one look to the next: it is the same trouble all the same. */
const conditionOf = (trouble: string, now: number): Alert => ({
  key: `job ${trouble.replaceAll(/\d+/g, '#')}`,
  state: 'raised',
  severity: 'critical',
  title: trouble,
  why: '',
  next: 'See docs/OPERATING.md: when something is wrong.',
  time: new Date(now / 1000).toISOString(),
});

function tellLog(logger: Logger, trouble: AlertTrouble): void {
  const { channel } = trouble;
  switch (trouble.kind) {
    case 'not-delivered':
      return logger.warn(
        { channel, attempt: trouble.attempt, error: trouble.error.message },
        'alert not delivered',
      );
    case 'not-all':
      return logger.warn({ channel }, trouble.remark);
    case 'set-aside': {
      const { notice, error } = trouble;
      const said = { channel, error: error.message, headline: headline(notice), notice };
      return logger.error(said, 'alert set aside: its receiver says that it is wrong');
    }
  }
}
