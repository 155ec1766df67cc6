/** Opens the sinks of the job on a folder. */
import type { Folder } from './folder';
import type { Logger } from './log-to';
import type { Sinks } from './sinks';

export interface OpenSinksOptions {
  readonly folder: Folder;
  readonly logger: Logger;
}

export function openSinks(_: OpenSinksOptions): Promise<Sinks | undefined> {
  return Promise.resolve(undefined);
}
