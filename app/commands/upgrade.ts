/** `breakwater upgrade`: makes a data folder of an earlier version one of this version's. */
import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { upgradeFolder } from '../../backends/embedded/upgrade';
import { rebuildChanged, refusedOf } from '../../runtime/evolution/retire';
import { refuseHeld } from '../decide';
import { CommandError, ExitCode } from '../exit-codes';
import { openFolder } from '../folder';
import { judgedAnew } from '../judged-anew';
import { noFolderError } from '../open-access';
import { shapeBefore } from '../shape-before';
import { systemClock } from '../system-clock';
import { configOf, type PlaceOptions, withPlace } from './options';

interface UpgradeOptions extends PlaceOptions {
  readonly json?: boolean;
  readonly partial?: boolean;
}

const EXAMPLES = `
Examples:
  cp -a data data.before && breakwater upgrade
  breakwater upgrade --partial            … though older quotes or trades are no longer kept

What topics hold stays as it is, byte for byte; what this version keeps besides is added. State that this version makes
otherwise is forgotten, and filled anew from the topics by the next "start", which changes ClickHouse's tables, too.
Earlier versions refuse the folder from then on, so keep a copy until you trust the new one. An upgrade that was cut
short is begun anew, and one that is through changes nothing.`;

export function addUpgradeCommand(program: Command): void {
  withPlace(program.command('upgrade'))
    .description('make a data folder of an earlier version one of this version')
    .option('--partial', 'also where events that made the state are no longer kept')
    .option('--json', 'one JSON object')
    .addHelpText('after', EXAMPLES)
    .action((options: UpgradeOptions) => upgrade(options));
}

async function upgrade({ json = false, partial = false, ...place }: UpgradeOptions): Promise<void> {
  const { dataFolder: dir, quotaMegabytes } = configOf(place);
  if (!existsSync(dir)) throw noFolderError(dir);
  await refuseHeld(dir);
  const done = await upgradeFolder({ dir, shapeOf: shapeBefore });
  const { from, to, unknown } = done;
  const lines = [
    from === to ? `${dir} is of format ${to}` : `${dir} was of format ${from}, and is of ${to} now`,
    ...unknown.map(
      (job) => `job "${job}" did not keep what pipelines it had: those that this version adds begin empty`,
    ),
  ];
  // Said before what may be refused, for it is done.
  if (!json) process.stdout.write(`${lines.join('\n')}\n`);
  const { rebuilt, refused, notes } = await rebuildIn({ dir, quotaBytes: quotaMegabytes * 1e6, partial });
  const report = { type: 'upgraded', dir, ...done, rebuilt, refused, notes };
  const told = rebuilt.length > 0 ? [...rebuilt, ...notes].join('\n') : 'no state is to be made anew';
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : `${told}\n`);
  if (refused.length === 0) return;
  const left = refused.map((one) => `\n  ${one}`).join('');
  throw new CommandError(`a start would refuse the folder still, until you decide:${left}`, ExitCode.Failure);
}

/** All that a start would refuse to go on with, and that can be made anew from topics. */
async function rebuildIn({
  partial,
  ...place
}: {
  readonly dir: string;
  readonly quotaBytes: number;
  readonly partial: boolean;
}): Promise<{
  readonly rebuilt: readonly string[];
  readonly refused: readonly string[];
  readonly notes: readonly string[];
}> {
  const { backend, jobs, close } = await openFolder({ ...place, clock: systemClock });
  try {
    const { done } = await rebuildChanged(backend, jobs, { partial });
    const notes = done.some((one) => one.includes('"positions"')) ? judgedAnew(backend.log) : [];
    return { rebuilt: done, refused: refusedOf(backend, jobs), notes };
  } finally {
    await close();
  }
}
