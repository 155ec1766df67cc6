/**
 * What Prometheus reads at `/metrics`. Labels name tasks, topics and sinks, never instruments or accounts: a series for
 * each of 10⁵ instruments would be 8 MB a scrape, and hold the loop for a second.
 */
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { TaskStatus } from '../runtime/drive/drive';
import type { FeedStatus } from './feeds/live-feeds';
import type { Folder } from './folder';
import type { LiveJob } from './live-job';
import type { SinkStatus } from './sinks';

export interface MetricsParts {
  readonly folder: Folder;
  readonly job: LiveJob;
  readonly sinks: () => readonly SinkStatus[];
  readonly feeds: () => readonly FeedStatus[];
  /** What is wrong now. */
  readonly troubles: () => readonly string[];
  /** Events of the simulator since the start. */
  readonly simulated: () => number;
}

interface Reading {
  /** The value of the gauge's one label. */
  readonly of?: string;
  readonly value: number;
}

interface Measure {
  readonly help: string;
  readonly label?: 'task' | 'topic' | 'sink' | 'feed';
  readonly read: () => readonly Reading[];
}

export function metricsOf(parts: MetricsParts): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const [name, { help, label, read }] of Object.entries({
    ...taskMeasures(parts),
    ...storeMeasures(parts),
    ...feedMeasures(parts),
  })) {
    new Gauge({
      name: `breakwater_${name}`,
      help,
      labelNames: label === undefined ? [] : [label],
      registers: [registry],
      collect() {
        this.reset();
        for (const { of, value } of read()) this.set(label === undefined ? {} : { [label]: of ?? '' }, value);
      },
    });
  }
  return registry;
}

function taskMeasures({ job }: MetricsParts): Record<string, Measure> {
  const ofTasks = (help: string, value: (status: TaskStatus) => number): Measure => ({
    help,
    label: 'task',
    read: () =>
      job.statuses().map((status) => ({
        of: `${status.task.job}/${status.task.partition}`,
        value: value(status),
      })),
  });
  return {
    task_running: ofTasks('1 while the task runs.', ({ state }) => (state === 'running' ? 1 : 0)),
    task_poisoned: ofTasks('1 while a message stops the task.', ({ poison }) => (poison ? 1 : 0)),
    task_epoch: ofTasks('Last committed epoch.', ({ epoch }) => epoch),
    task_steps: ofTasks('Steps since the start.', ({ counts }) => counts.steps),
    task_records_in: ofTasks('Records read since the start.', ({ counts }) => counts.recordsIn),
    task_records_out: ofTasks('Records written since the start.', ({ counts }) => counts.recordsOut),
    task_dead_letters: ofTasks('Messages put aside since the start.', ({ counts }) => counts.deadLetters),
  };
}

function feedMeasures({ feeds }: MetricsParts): Record<string, Measure> {
  const ofFeeds = (help: string, value: (status: FeedStatus) => number): Measure => ({
    help,
    label: 'feed',
    read: () => feeds().map((status) => ({ of: status.name, value: value(status) })),
  });
  return {
    feed_live: ofFeeds('1 while the feed is live.', ({ state }) => (state === 'live' ? 1 : 0)),
    feed_books_live: ofFeeds('Books that are live.', ({ live }) => live),
    feed_books_wanted: ofFeeds('Books that are wanted.', ({ wanted }) => wanted),
    feed_messages: ofFeeds('Messages since the start.', ({ messages }) => messages),
    feed_lost: ofFeeds('Messages refused, and places at which some were missing.', ({ lost }) => lost),
    feed_conflated: ofFeeds('Quotes replaced before they were kept.', ({ conflated }) => conflated),
    feed_connections: ofFeeds('Connections since the start.', ({ connections }) => connections),
    feed_clock_offset_seconds: ofFeeds(
      "How far the venue's clock is ahead; NaN where nothing is known.",
      ({ clockOffset }) => (clockOffset ?? Number.NaN) / 1e6,
    ),
  };
}

function storeMeasures({ folder, job, sinks, simulated, troubles }: MetricsParts): Record<string, Measure> {
  const { log } = folder.backend;
  const single = (help: string, value: () => number): Measure => ({ help, read: () => [{ value: value() }] });
  return {
    input_lag_messages: single('Messages of the inputs not read yet.', () => job.lag()),
    simulated_events: single('Events of the simulator since the start.', simulated),
    log_bytes: single('Size of the log.', () => folder.backend.health().usedBytes),
    log_quota_bytes: single('Size at which intake stops.', () => folder.backend.health().quotaBytes),
    ready: single('1 when nothing is wrong.', () => (troubles().length === 0 ? 1 : 0)),
    topic_next_offset: {
      help: 'Where the next message of a topic goes, all partitions together.',
      label: 'topic',
      read: () =>
        log.topics().map(({ name, partitions }) => {
          const ends = Array.from({ length: partitions }, (_, partition) =>
            log.ends({ topic: name, partition }),
          );
          return { of: name, value: ends.reduce((sum, { next }) => sum + next, 0) };
        }),
    },
    sink_lag_seconds: {
      help: 'Age of the oldest message that a sink has not delivered.',
      label: 'sink',
      read: () => sinks().map(({ name, lagSeconds }) => ({ of: name, value: lagSeconds })),
    },
  };
}
