/** Verifies what a folder holds, while this process holds it. */
import type { CheckReport } from './check-report';
import type { Folder } from './folder';

export function checkFolder(_: Folder): Promise<CheckReport> {
  return Promise.reject(new Error('not yet'));
}
