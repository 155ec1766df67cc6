/** `breakwater check`: whether a data folder holds what was written, and whether the configuration is right. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { count } from '../amounts';
import { checkFolder, type CheckOptions as FolderCheck } from '../check-folder';
import type { CheckReport } from '../check-report';
import { CommandError, ExitCode } from '../exit-codes';
import { noFolderError, remoteAccess } from '../open-access';
import { systemClock } from '../system-clock';
import { configOf, type PlaceOptions, withPlace } from './options';

interface CheckOptions extends PlaceOptions {
  readonly json?: boolean;
  readonly repair?: boolean;
}

const EXAMPLES = `
Examples:
  breakwater check                 the configuration, and the data folder that it names
  breakwater check backup/monday   another folder
  breakwater check --repair        … and mend ClickHouse's tables from the log

Every stored value is read and held against its checksum, every epoch against the one before, every table against its
count and hash. Exit code 3 when anything is not as it was written.`;

export function addCheckCommand(program: Command): void {
  withPlace(program.command('check'))
    .description('verify the configuration and everything stored')
    .argument('[folder]', 'data folder, instead of --dir')
    .option('--repair', 'fill ClickHouse tables that differ anew from the log')
    .option('--json', 'one JSON object')
    .addHelpText('after', EXAMPLES)
    .action((folder: string | undefined, options: CheckOptions) => check(folder, options));
}

async function check(folder: string | undefined, options: CheckOptions): Promise<void> {
  const { repair = false, json } = options;
  const config = configOf({
    ...options,
    ...(folder !== undefined && { dir: resolve(process.cwd(), folder) }),
  });
  const { dataFolder: dir, quotaMegabytes, clickhouse } = config;
  const report = await reportOf({
    dir,
    quotaBytes: quotaMegabytes * 1e6,
    clock: systemClock,
    clickhouse: clickhouse.enabled,
    repair,
    newNames: config.newNames,
  });
  if (json) process.stdout.write(`${JSON.stringify({ type: 'checked', dir, ...report })}\n`);
  else {
    const lines = [
      ...Object.entries(report.checked).map(([what, number]) => `${what}: ${count(number)}`),
      ...report.notes,
    ];
    for (const line of lines) process.stdout.write(`${line}\n`);
  }
  if (report.damage.length > 0) {
    const listed = report.damage.map((one) => `\n  ${one}`).join('');
    throw new CommandError(`${dir} is damaged:${listed}`, ExitCode.Damaged);
  }
  if (!json) process.stdout.write(`${dir} is as it was written\n`);
}

async function reportOf(options: FolderCheck): Promise<CheckReport> {
  const { dir, repair } = options;
  const remote = await remoteAccess(dir);
  if (remote && repair) {
    throw new CommandError(
      `${dir} is held by a running job. Stop it before anything is repaired.`,
      ExitCode.Usage,
    );
  }
  if (remote) return remote.check();
  if (!existsSync(dir)) throw noFolderError(dir);
  return checkFolder(options);
}
