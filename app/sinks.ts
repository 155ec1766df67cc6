/** What the application needs of the sinks that follow committed topics. */
import { CommandError, ExitCode } from './exit-codes';

export interface SinkStatus {
  readonly name: string;
  /** Age of the oldest message not delivered; 0 when it has kept up. */
  readonly lagSeconds: number;
  /** Why it does not go on, in a sentence. */
  readonly trouble: string | undefined;
}

export interface Sinks {
  statuses(): readonly SinkStatus[];
  /** Resolves when everything committed before has been delivered. */
  drained(): Promise<void>;
  /** The answer of the analytical database in one of its formats, piece by piece. */
  query(sql: string, format: string, signal?: AbortSignal): AsyncIterable<string>;
  close(): Promise<void>;
}

/** Why steps should wait: a sink is behind by more than the limit. */
export function pressOf(statuses: readonly SinkStatus[], lagSecondsMax: number): string | undefined {
  const behind = statuses.find(({ lagSeconds }) => lagSeconds > lagSecondsMax);
  if (!behind) return undefined;
  const { name, lagSeconds, trouble } = behind;
  const how = Number.isFinite(lagSeconds) ? `is ${lagSeconds.toFixed(0)} s behind` : 'has ended';
  return `sink ${name} ${how}${trouble === undefined ? '' : `: ${trouble}`}`;
}

/** Throws a CommandError where there is no analytical database. */
export function queryOf(
  sinks: Sinks | undefined,
  sql: string,
  format: string,
  signal?: AbortSignal,
): AsyncIterable<string> {
  if (sinks) return sinks.query(sql, format, signal);
  throw new CommandError(
    'ClickHouse is turned off in the configuration. Set "clickhouse.enabled" to true.',
    ExitCode.Usage,
  );
}
