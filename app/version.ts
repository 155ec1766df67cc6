/** The version of this program. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const version = versionOf();

function versionOf(): string {
  const text = readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}
