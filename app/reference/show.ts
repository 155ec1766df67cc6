/** What reference data say of a name at a time. */
import { formatTime, parseField } from '../../sources/field-text';
import { CommandError } from '../exit-codes';
import { nearest } from '../nearest';
import { printable } from '../terminal/printable';
import type { ShownRow } from '../topic-decoder';
import { Catalogue } from './catalogue';
import { told } from './check-versions';
import { nameOf, type ReferenceRow, validFrom, validTo } from './reference-row';

export interface Shown {
  readonly topic: string;
  readonly noun: string;
  /** What holds at the time; undefined where nothing does. */
  readonly holds: ShownRow | undefined;
  /** When which version begins and ends, by itself or because the next one begins; null: until further notice. */
  readonly versions: readonly {
    readonly validFrom: number;
    readonly validTo: number | null;
    readonly version: unknown;
  }[];
}

/** What fields hold of which nothing is told. */
const NOTHING: ReadonlySet<unknown> = new Set([null, '', 'None', formatTime(0)]);

/** Told below, for each version. */
const SPAN: ReadonlySet<string> = new Set(['validFrom', 'validTo']);

/** Micros. Throws a FieldTextError for what is no time. */
export const timeOf = (text: string): number =>
  parseField({ name: 'asOf', type: { kind: 'time' }, nullable: false, byDefault: undefined }, text) as number;

/** Throws a CommandError for a name that nothing has. */
export function showName(rows: readonly ReferenceRow[], name: string, asOf: number): readonly Shown[] {
  const catalogue = new Catalogue(rows, []);
  const dated = rows.filter(({ of }) => of.isDated);
  const subjects = new Map(
    dated.filter((row) => nameOf(row) === name).map((row) => [`${row.of.topic.name} ${row.subject}`, row]),
  );
  if (subjects.size === 0) {
    const meant = nearest(name, new Set(dated.map(nameOf)));
    throw new CommandError(
      `reference data have no "${printable(name)}"${meant === undefined ? '' : `; the nearest is "${printable(meant)}"`}. breakwater tail reference.instruments --from start shows what there is.`,
    );
  }
  return [...subjects.values()].map(({ of, subject }) => ({
    topic: of.topic.name,
    noun: of.noun,
    holds: catalogue.at(of.topic, subject, asOf)?.shown,
    versions: catalogue.versions(of.topic, subject).map((row, index, all) => {
      const next = all[index + 1];
      const end = Math.min(validTo(row), next ? validFrom(next) : Number.POSITIVE_INFINITY);
      return {
        validFrom: validFrom(row),
        validTo: Number.isFinite(end) ? end : null,
        version: row.shown['version'],
      };
    }),
  }));
}

export function showLines(found: readonly Shown[], asOf: number): string[] {
  return found.flatMap(({ noun, holds, versions }) => {
    const title = holds ? `${noun}, as of ${told(asOf)}` : `${noun}: nothing holds as of ${told(asOf)}`;
    const fields = Object.entries(holds ?? {}).filter(
      ([field, value]) => !NOTHING.has(value) && !SPAN.has(field),
    );
    const width = Math.max(0, ...fields.map(([field]) => field.length));
    const lines = fields.map(([field, value]) => `  ${field.padEnd(width)}  ${String(value)}`);
    const spans = versions.map(({ validFrom, validTo, version }) => {
      const begin = validFrom === 0 ? 'since ever' : `from ${told(validFrom)}`;
      const end = validTo === null ? 'until further notice' : `until ${told(validTo)}`;
      return `  ${begin} ${end}  (load ${String(version)})`;
    });
    return [title, ...lines, '  versions:', ...spans];
  });
}
