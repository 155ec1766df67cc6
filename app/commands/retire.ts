/** `breakwater retire`: lets go of state whose job, pipeline, table or topic is gone for good. */
import type { Command } from 'commander';
import { retireNamed } from '../../runtime/evolution/retire';
import { decide } from '../decide';
import { configOf, type PlaceOptions, withPlace } from './options';

interface RetireOptions extends PlaceOptions {
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  breakwater retire volumes            a pipeline that this version has no more: its tables go
  breakwater retire traded_volumes     a table that its pipeline has no more
  breakwater retire old-risk           a job that was renamed: it holds nothing back any more

"start" refuses a folder whose state this version would not go on with, and says what to retire or rebuild. Topics keep
what they hold. What is part of this version cannot be retired. Nobody may hold the folder meanwhile.`;

export function addRetireCommand(program: Command): void {
  withPlace(program.command('retire'))
    .description('let go of the state of what is gone for good')
    .argument('<name>', 'of a job, pipeline, table or topic, as "start" tells it')
    .option('--json', 'one JSON object')
    .addHelpText('after', EXAMPLES)
    .action((name: string, { json = false, ...place }: RetireOptions) =>
      decide({ config: configOf(place), json, type: 'retired', name }, (backend, jobs) =>
        retireNamed(backend, jobs, name),
      ),
    );
}
