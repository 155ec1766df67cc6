/** What stands in the environment or in a file, and is never printed. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { CommandError, ExitCode } from '../exit-codes';

export interface SecretPlaces {
  /** The configuration file, which paths are relative to. */
  readonly file: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Throws a CommandError that says where it was looked for, and for what. */
export function secretOf(reference: string, purpose: string, { file, environment }: SecretPlaces): string {
  const [kind, ...rest] = reference.split(':');
  const place = rest.join(':');
  const found =
    kind === 'env' ? environment[place] : readText(resolve(file ? dirname(file) : '.', place), purpose);
  const text = found?.trim() ?? '';
  if (text !== '') return text;
  const where = kind === 'env' ? `the environment has no ${place}` : `${place} is empty`;
  throw new CommandError(`${purpose}: ${where}. Set it, or name another place.`, ExitCode.Usage);
}

function readText(path: string, purpose: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new CommandError(
      `${purpose}: ${(error as Error).message}. Mend it, or name another place.`,
      ExitCode.Usage,
    );
  }
}
