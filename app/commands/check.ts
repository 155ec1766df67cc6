/** `breakwater check`: whether a data folder holds what was written, and whether the configuration is right. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { count } from '../amounts';
import type { CheckReport } from '../check-report';
import { CommandError, ExitCode } from '../exit-codes';
import { openAccess } from '../open-access';
import { systemClock } from '../system-clock';
import { configOf, type PlaceOptions, withPlace } from './options';

interface CheckOptions extends PlaceOptions {
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  breakwater check                 the configuration, and the data folder that it names
  breakwater check backup/monday   another folder

Every stored value is read and held against its checksum, every epoch against the one before, every table against its
count and hash. Exit code 3 when anything is not as it was written.`;

export function addCheckCommand(program: Command): void {
  withPlace(program.command('check'))
    .description('verify the configuration and everything stored')
    .argument('[folder]', 'data folder, instead of --dir')
    .option('--json', 'one JSON object')
    .addHelpText('after', EXAMPLES)
    .action((folder: string | undefined, options: CheckOptions) => check(folder, options));
}

async function check(folder: string | undefined, options: CheckOptions): Promise<void> {
  const config = configOf({
    ...options,
    ...(folder !== undefined && { dir: resolve(process.cwd(), folder) }),
  });
  const access = await openAccess({ config, clock: systemClock, create: false });
  let report: CheckReport;
  try {
    report = await access.check();
  } finally {
    await access.close();
  }
  const { checked, damage } = report;
  if (options.json)
    process.stdout.write(`${JSON.stringify({ type: 'checked', dir: config.dataFolder, ...report })}\n`);
  else
    for (const [what, number] of Object.entries(checked)) process.stdout.write(`${what}: ${count(number)}\n`);
  if (damage.length > 0) {
    const listed = damage.map((one) => `\n  ${one}`).join('');
    throw new CommandError(`${config.dataFolder} is damaged:${listed}`, ExitCode.Damaged);
  }
  if (!options.json) process.stdout.write(`${config.dataFolder} is as it was written\n`);
}
