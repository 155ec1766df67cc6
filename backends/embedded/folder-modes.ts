/** Whose business a data folder is: its owner's alone. What holds fills and positions is readable by nobody else. */
import { chmodSync, existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { BackendError } from '../../runtime/ports/backend';

/** What may lie in a folder that is about to become a data folder: what a first start left, logs, the system's own. */
const OWN =
  /^(witness|owner(\..*)?|FORMAT\.new|(data|lock)\.mdb|breakwater\.(sock|socket)|.*\.log|lost\+found|\.DS_Store)$/;

/** Refuses a folder that holds anything but what a first start may have left: it is somebody else's. */
export function refuseForeign(dir: string): void {
  if (existsSync(join(dir, 'FORMAT')) || existsSync(join(dir, 'data.mdb'))) return;
  const foreign = readdirSync(dir).filter((name) => !OWN.test(name));
  if (foreign.length === 0) return;
  const some = foreign.slice(0, 3).join(', ');
  throw new BackendError(
    `${dir} is no data folder, and it is not empty: it holds ${some}${foreign.length > 3 ? ' and more' : ''}. Name an empty folder, or one that does not exist yet.`,
  );
}

/** Takes from others what they may do with the folder and the files in it that are ours. */
export function closeToOthers(dir: string): void {
  closeOne(dir, 0o700);
  for (const name of ['FORMAT', 'witness', 'owner', 'data.mdb', 'lock.mdb']) closeOne(join(dir, name), 0o600);
}

function closeOne(path: string, mode: number): void {
  try {
    if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, mode);
  } catch {
    // Not there yet, or another user's: then it is theirs to close.
  }
}
