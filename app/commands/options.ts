/** What most commands have in common: where the configuration and the data are. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type Config, loadConfig } from '../config';

export interface PlaceOptions {
  readonly config?: string;
  readonly dir?: string;
}

/** Adds --config and --dir. */
export const withPlace = (command: Command): Command =>
  command
    .option('-c, --config <file>', 'configuration file (default: breakwater.json, if it is there)')
    .option('-d, --dir <folder>', 'data folder (default: "dataFolder" of the configuration)');

/** The configuration, with the data folder of the command line in it. */
export function configOf({ config: file, dir }: PlaceOptions): Config {
  const cwd = process.cwd();
  const config = loadConfig({ file, cwd });
  return dir === undefined ? config : { ...config, dataFolder: resolve(cwd, dir) };
}
