/** A folder of a test's own, removed when its tests are through. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'breakwater-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
