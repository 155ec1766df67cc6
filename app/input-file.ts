/** A file that a command line or a manifest names: found wanting before anything is done, and before a folder is made. */
import { accessSync, constants, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { STANDARD_INPUT } from '../sources/file-lines';
import { CommandError, ExitCode } from './exit-codes';

export interface InputFile {
  readonly path: string;
  /** What can be read but once: a pipe, or what is piped in. */
  readonly isPipe: boolean;
}

/** Throws a CommandError for what is no file that may be read. */
export function inputFile(name: string, folder = process.cwd()): InputFile {
  if (name === STANDARD_INPUT) return { path: name, isPipe: true };
  const path = resolve(folder, name);
  try {
    accessSync(path, constants.R_OK);
    const found = statSync(path);
    if (found.isDirectory()) throw new CommandError(`${path} is a folder, and no file.`, ExitCode.Usage);
    return { path, isPipe: !found.isFile() };
  } catch (error) {
    if (error instanceof CommandError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new CommandError(
      `${path} cannot be read (${code}). Check the path and its permissions. Nothing was done.`,
      ExitCode.Usage,
    );
  }
}
