/** `breakwater rebuild`: makes the state of a pipeline anew from what its topics hold. */
import type { Command } from 'commander';
import { rebuildNamed } from '../../runtime/evolution/retire';
import { decide } from '../decide';
import { configOf, type PlaceOptions, withPlace } from './options';

interface RebuildOptions extends PlaceOptions {
  readonly json?: boolean;
  readonly partial?: boolean;
}

const EXAMPLES = `
Examples:
  breakwater rebuild positions            from all that ledger.fills and reference.instruments hold
  breakwater rebuild volumes --partial    … though older trades are no longer kept

The state of the pipeline, and of those that read in memory what it writes, is forgotten; the next "start" fills them
before they run, says how far back it could go, and removes from state topics the keys that there are no more. Events
that were told are not told again. Nobody may hold the folder meanwhile.`;

export function addRebuildCommand(program: Command): void {
  withPlace(program.command('rebuild'))
    .description("make a pipeline's state anew from what its topics hold")
    .argument('<pipeline>', 'for example positions')
    .option('--partial', 'also where events that made the state are no longer kept')
    .option('--json', 'one JSON object')
    .addHelpText('after', EXAMPLES)
    .action((name: string, { json = false, partial = false, ...place }: RebuildOptions) =>
      decide({ config: configOf(place), json, type: 'to-rebuild', name }, (backend, jobs) =>
        rebuildNamed(backend, jobs, name, { partial }),
      ),
    );
}
