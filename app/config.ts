/**
 * The configuration file: `breakwater.json` where the command is run, or `--config FILE`. Typed, and validated whole:
 * every mistake is told at once with its path; a key that is not known is refused, for it is more often a misspelling.
 * Without a file everything has its default. Nothing in it is secret: of what is it says where that stands.
 */
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { hasRetention, RETENTION_DAYS_MAX } from '../sinks/clickhouse/retention';
import { tableCatalogue } from '../sinks/clickhouse/tables';
import { venueApis } from '../sources/live/registry';
import { alertsSchema } from './alerts/alerts-config';
import { CommandError, ExitCode } from './exit-codes';
import type { JobOptions } from './job';
import type { WantedLayout } from './layout';
import { markRulesSchema, rulesOf } from './mark-rules';
import { parseStrictJson, readStrictText } from './strict-json';

const historyTables = tableCatalogue.sinks.filter(hasRetention).map(({ table }) => table) as [
  string,
  ...string[],
];
const venueNames = venueApis.map(({ name }) => name) as [string, ...string[]];
const address = (schemes: RegExp) => z.url({ protocol: schemes }).max(1000);

const feed = z.strictObject({
  venue: z.enum(venueNames).describe('Whose feed.'),
  symbols: z
    .array(z.string().min(1).max(64))
    .min(1)
    .max(2000)
    .describe("The venue's symbols, or words such as BTC-options."),
  instruments: z
    .record(z.string().min(1).max(128), z.string().min(1).max(128))
    .default({})
    .describe('Names of instruments by symbol, where reference data have their own.'),
  stream: address(/^wss?$/)
    .optional()
    .describe("Address of the stream, instead of the venue's."),
  requests: address(/^https?$/)
    .optional()
    .describe("Address for requests, instead of the venue's."),
});

export type FeedConfig = z.infer<typeof feed>;

const megabytes = z.number().int().min(64).max(16_777_216);

const schema = z.strictObject({
  dataFolder: z.string().min(1).default('data').describe('Where everything is kept; relative to this file.'),
  quotaMegabytes: megabytes.default(20_480).describe('Size of the log at which intake stops.'),
  workers: z
    .number()
    .int()
    .min(1)
    .max(64)
    .optional()
    .describe('Threads that run tasks; as many as the machine has cores for unless given.'),
  partitions: z
    .strictObject({
      instruments: z.number().int().min(1).max(64).default(1).describe('Of topics by instrument.'),
      accounts: z.number().int().min(1).max(64).default(1).describe('Of topics by account.'),
    })
    .optional()
    .describe('Decided when the folder is made: as many as there are workers unless given.'),
  simulator: z
    .strictObject({
      enabled: z.boolean().default(true).describe('Whether `start` makes a market of its own.'),
      seed: z
        .number()
        .int()
        .min(0)
        .max(0xffffffff)
        .default(1)
        .describe('The same seed makes the same market.'),
      eventsPerSecond: z
        .number()
        .min(1)
        .max(1_000_000)
        .default(2000)
        .describe('Quotes, each with what follows.'),
    })
    .prefault({}),
  feeds: z
    .array(feed)
    .max(32)
    .refine(
      (feeds) => new Set(feeds.map(({ venue }) => venue)).size === feeds.length,
      'one venue is named twice',
    )
    .default([])
    .describe('Venues that `start` connects to; with any, it makes no market of its own.'),
  newNames: z
    .enum(['allot', 'refuse'])
    .optional()
    .describe(
      'Names that reference data do not have. Left out, instruments are refused, and accounts and venues as soon as any are listed.',
    ),
  marks: z
    .strictObject({
      rules: markRulesSchema.describe('By kind of instrument, where they are not as usual.'),
    })
    .prefault({}),
  http: z
    .strictObject({
      enabled: z.boolean().default(true).describe('Whether `start` serves metrics and health.'),
      host: z.enum(['127.0.0.1', '::1', 'localhost']).default('127.0.0.1').describe('A loopback address.'),
      port: z.number().int().min(0).max(65_535).default(9464).describe('0 takes any free port.'),
    })
    .prefault({}),
  logs: z
    .strictObject({
      level: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']).default('info'),
      file: z.string().min(1).optional().describe('Instead of standard error; relative to this file.'),
    })
    .prefault({}),
  clickhouse: z
    .strictObject({
      enabled: z.boolean().default(true).describe('Whether committed topics are followed into ClickHouse.'),
      lagSecondsMax: z.number().min(1).max(86_400).default(60).describe('Beyond this the job is not ready.'),
      retentionDays: z
        .partialRecord(z.enum(historyTables), z.number().int().min(1).max(RETENTION_DAYS_MAX))
        .default({})
        .describe('How long tables keep what happened; one that is not named keeps everything.'),
    })
    .prefault({}),
  alerts: alertsSchema,
});

export interface Config extends z.infer<typeof schema> {
  /** The file that it comes from, undefined where there is none. */
  readonly file: string | undefined;
}

/** How a new folder's topics are divided; one that is there keeps what it has, and is refused if the file says otherwise. */
export const layoutWanted = ({
  partitions,
  workers = 1,
}: Pick<Config, 'partitions' | 'workers'>): WantedLayout => ({
  wanted: partitions,
  otherwise: { instruments: workers, accounts: workers },
});

/** How jobs compute. */
export const jobOptionsOf = ({ marks }: Pick<Config, 'marks'>): JobOptions => ({
  markRules: rulesOf(marks.rules),
});

const DEFAULT_FILE = 'breakwater.json';

export interface ConfigSource {
  /** From the command line; missing, the default file is read if it is there. */
  readonly file?: string | undefined;
  /** Where the command was called. */
  readonly cwd: string;
}

/** Reads and validates the configuration. Throws a CommandError that names every mistake. */
export function loadConfig({ file, cwd }: ConfigSource): Config {
  const path = resolve(cwd, file ?? DEFAULT_FILE);
  const exists = file !== undefined || existsSync(path);
  const config = parse(exists ? readJson(path) : {}, path);
  const folder = dirname(path);
  const { dataFolder, logs } = config;
  return {
    ...config,
    dataFolder: resolve(folder, dataFolder),
    logs: { ...logs, ...(logs.file !== undefined && { file: resolve(folder, logs.file) }) },
    file: exists ? path : undefined,
  };
}

function readJson(path: string): unknown {
  try {
    return parseStrictJson(readStrictText(path));
  } catch (error) {
    const what = error instanceof SyntaxError ? `is no JSON: ${error.message}` : (error as Error).message;
    throw new CommandError(
      `configuration ${path}: ${what}. Mend it, or name another with --config.`,
      ExitCode.Usage,
    );
  }
}

function parse(json: unknown, path: string): z.infer<typeof schema> {
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  throw new CommandError(`configuration ${path} is wrong:\n${z.prettifyError(result.error)}`, ExitCode.Usage);
}
