/** Structured logs: JSON lines, written at once (a worker that writes them loses the last ones at exit). */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { destination, type Logger, pino } from 'pino';

export type { Logger } from 'pino';

export interface LogOptions {
  readonly level: string;
  /** Standard error if undefined. */
  readonly file?: string | undefined;
}

export function logTo({ level, file }: LogOptions): Logger {
  if (file !== undefined) mkdirSync(dirname(file), { recursive: true });
  const base = { pid: process.pid };
  const timestamp = (): string => `,"time":"${new Date().toISOString()}"`;
  const formatters = { level: (label: string) => ({ level: label }) };
  return pino({ level, base, timestamp, formatters }, destination({ dest: file ?? 2, sync: true }));
}
