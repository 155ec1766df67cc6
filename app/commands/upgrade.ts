/** `breakwater upgrade`: makes a data folder of an earlier version one of this version's. */
import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { upgradeFolder } from '../../backends/embedded/upgrade';
import { refuseHeld } from '../decide';
import { noFolderError } from '../open-access';
import { shapeBefore } from '../shape-before';
import { configOf, type PlaceOptions, withPlace } from './options';

interface UpgradeOptions extends PlaceOptions {
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  cp -a data data.before && breakwater upgrade

What is stored stays as it is, byte for byte; what this version keeps besides is added. Earlier versions refuse the
folder from then on, so keep a copy until you trust the new one. An upgrade that was cut short is begun anew.`;

export function addUpgradeCommand(program: Command): void {
  withPlace(program.command('upgrade'))
    .description('make a data folder of an earlier version one of this version')
    .option('--json', 'one JSON object')
    .addHelpText('after', EXAMPLES)
    .action((options: UpgradeOptions) => upgrade(options));
}

async function upgrade({ json = false, ...place }: UpgradeOptions): Promise<void> {
  const { dataFolder: dir } = configOf(place);
  if (!existsSync(dir)) throw noFolderError(dir);
  await refuseHeld(dir);
  const done = await upgradeFolder({ dir, shapeOf: shapeBefore });
  const { from, to, unknown } = done;
  const lines =
    from === to
      ? [`${dir} is of format ${to} already`]
      : [`${dir} was of format ${from}, and is of ${to} now`];
  for (const job of unknown)
    lines.push(`job "${job}" did not keep what pipelines it had: those that this version adds begin empty`);
  process.stdout.write(
    json ? `${JSON.stringify({ type: 'upgraded', dir, ...done })}\n` : `${lines.join('\n')}\n`,
  );
}
