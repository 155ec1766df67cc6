/**
 * The command line. Each command is a file in `commands/`, named in `commands.ts`; this one turns what goes wrong into a
 * message and an exit code (`exit-codes.ts`).
 */
import { type Command, CommanderError } from 'commander';
import { EvolutionError } from '../runtime/evolution/evolution';
import { RetireError } from '../runtime/evolution/retire-error';
import { BackendError, CorruptionError, OutOfOrderError, QuotaError } from '../runtime/ports/backend';
import { SourceError } from '../sources/source-error';
import { programFor } from './commands';
import { CommandError, ExitCode } from './exit-codes';
import { printableLines } from './terminal/printable';
import { version } from './version';

const EXIT_CODES = `
Exit codes: 0 done; 1 it did not work, what was done before stays; 2 wrong command line or configuration, or a file that
they name is not there: nothing was done; 3 stored data are damaged; 130 stopped by Ctrl-C before it was through.`;
const ON_COLOURS = `
Only a terminal gets colours and pictures; NO_COLOR turns colours off.`;

function programOf(): Command {
  const program = programFor(process.argv.slice(2), version)
    .description('Real-time risk for trading firms: positions and P&L, exact and at once.')
    .showHelpAfterError('(say --help for all there is)')
    .addHelpText('after', ON_COLOURS);
  for (const command of withCommands(program)) command.exitOverride().addHelpText('after', EXIT_CODES);
  return program;
}

/** A command and those below it. */
const withCommands = (command: Command): Command[] => [command, ...command.commands.flatMap(withCommands)];

function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.Ok : ExitCode.Usage;
  if (error instanceof CommandError) return error.exitCode;
  return error instanceof CorruptionError ? ExitCode.Damaged : ExitCode.Failure;
}

/** Errors that tell a person what to do; of all others the stack is wanted. */
const TOLD = [
  CommandError,
  BackendError,
  QuotaError,
  OutOfOrderError,
  CorruptionError,
  EvolutionError,
  RetireError,
  SourceError,
];

/** Node, LMDB and ClickHouse each say it in their own words, and wherever a file happened to be opened. */
const FEW_FILES = /\bEMFILE\b|too many open files/i;
const RAISE_FILES =
  'This process may open too few files: raise the limit (ulimit -n 4096). Nothing that was committed is lost.';

/** Says what went wrong, and with which code the process is to end. */
function fail(error: unknown): void {
  process.exitCode = exitCodeOf(error);
  // Commander has said what is wrong.
  if (error instanceof CommanderError) return;
  const isTold = TOLD.some((kind) => error instanceof kind);
  const text =
    error instanceof Error ? (isTold ? error.message : (error.stack ?? error.message)) : String(error);
  const said = FEW_FILES.test(text) ? `${text.split('\n')[0]} ${RAISE_FILES}` : text;
  process.stderr.write(`breakwater: ${printableLines(said)}\n`);
}

// What nobody caught ends the process as Node would have it, but in the words and with the code of what it is.
process.on('uncaughtException', (error) => {
  fail(error);
  process.exit();
});

// Whoever reads the output may stop reading: `breakwater tail … | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(ExitCode.Ok);
  throw error;
});

programOf().parseAsync().catch(fail);
