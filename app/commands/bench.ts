/** `breakwater bench`: what the machine makes of the shipped pipelines. */
import { type Command, InvalidArgumentError } from 'commander';
import { CommandError, ExitCode } from '../exit-codes';

/** Of `bench/all` and `bench/report`, which are not compiled where the job is only to be started. */
interface Benches {
  readonly benches: readonly { readonly name: string }[];
}

interface Runner {
  readonly runBenches: (
    benches: Benches['benches'],
    options: { readonly scale: number; readonly json: boolean; readonly print: (line: string) => void },
  ) => Promise<void>;
}

interface BenchOptions {
  readonly scale: number;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  breakwater bench                       all of them; a few minutes on a machine that does nothing else
  breakwater bench fills --scale 0.1     one, with a tenth of the work
  breakwater bench --json > figures.ndjson

Results with command and machine: bench/RESULTS.md.`;

export function addBenchCommand(program: Command): void {
  program
    .command('bench')
    .description('measure throughput and latency')
    .argument('[name]', 'one bench; all if left out')
    .option('--scale <factor>', 'factor on the amount of work', factor, 1)
    .option('--json', 'one JSON object a bench')
    .addHelpText('after', EXAMPLES)
    .action((name: string | undefined, options: BenchOptions) => bench(name, options));
}

function factor(text: string): number {
  const value = Number(text);
  if (value > 0 && value <= 100) return value;
  throw new InvalidArgumentError('Write a number above 0, at most 100.');
}

async function bench(name: string | undefined, { scale, json = false }: BenchOptions): Promise<void> {
  // Benches bring a good part of the tests' tools with them: only those who ask for them load them.
  const { benches } = require('../../bench/all') as Benches;
  const { runBenches } = require('../../bench/report') as Runner;
  const chosen = benches.filter((one) => name === undefined || one.name === name);
  if (chosen.length === 0) {
    const known = benches.map((one) => one.name).join(', ');
    throw new CommandError(`there is no bench "${name}". There are ${known}.`, ExitCode.Usage);
  }
  await runBenches(chosen, { scale, json, print: (line) => process.stdout.write(`${line}\n`) });
}
