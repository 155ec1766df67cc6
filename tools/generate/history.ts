/**
 * The committed history of what records were written with: `schemas/versions/<record>/<n>.avsc`, docs left out. A schema
 * that changed is added to it, if every version before can be read as it; none is ever changed or taken away, because
 * topics and tables out there hold records of each.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { incompatibilities } from '../../schemas/evolution/compatible';
import { withoutDocs, writtenSchema } from './frame-schema';
import type { RecordModel } from './model';
import { historyOf } from './naming';

export const VERSIONS = 'schemas/versions';

export interface HistoryOutcome {
  /** Versions to be added, as text by path. */
  readonly added: ReadonlyMap<string, string>;
  readonly refusals: readonly string[];
}

export function historyFiles(root: string, records: readonly RecordModel[]): HistoryOutcome {
  const added = new Map<string, string>();
  const refusals: string[] = [];
  for (const record of records) {
    const history = historyOf(record);
    const known = committed(root, history);
    const text = `${JSON.stringify(withoutDocs(writtenSchema(record)), undefined, 2)}\n`;
    if (known.at(-1)?.text === text) continue;
    const problems = known.flatMap(({ file, text: before }) =>
      incompatibilities(text, before).map(
        (reason) => `schemas/${record.file} cannot read ${file}: ${reason}.`,
      ),
    );
    if (problems.length > 0) refusals.push(...problems, adviceFor(history, known.length));
    else added.set(`${VERSIONS}/${history}/${known.length + 1}.avsc`, text);
  }
  const current = new Set(records.map(historyOf));
  for (const history of foldersOf(root)) {
    if (!current.has(history))
      refusals.push(
        `${VERSIONS}/${history} has no schema any more. Keep the schema while its records exist, or remove its history with them.`,
      );
  }
  return { added, refusals };
}

const adviceFor = (history: string, versions: number): string =>
  `Give new fields a default and keep the types of old ones, or make a record of another name. If no data of version ${versions} exists anywhere, remove ${VERSIONS}/${history}/${versions}.avsc and generate again.`;

interface Version {
  readonly file: string;
  readonly text: string;
}

/** In order of their numbers, which are dense from 1. */
function committed(root: string, history: string): readonly Version[] {
  const versions: Version[] = [];
  for (let number = 1; ; number += 1) {
    const file = `${VERSIONS}/${history}/${number}.avsc`;
    if (!existsSync(join(root, file))) return versions;
    versions.push({ file, text: readFileSync(join(root, file), 'utf8') });
  }
}

function foldersOf(root: string): readonly string[] {
  const folder = join(root, VERSIONS);
  return existsSync(folder) ? readdirSync(folder) : [];
}
