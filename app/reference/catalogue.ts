/** All reference data there would be: what is stored, with a folder's rows in the place of those of the same key. */
import { Effective, endOf } from '../../operators/reference/effective';
import type { Topic } from '../../runtime/stream/topic';
import { codes, instruments, parties, scopes, venues } from '../../schemas/reference';
import { nameOf, type ReferenceRow, validFrom } from './reference-row';

interface Version {
  readonly validFrom: number;
  readonly validTo: number;
  readonly row: ReferenceRow;
}

export class Catalogue {
  readonly rows: readonly ReferenceRow[];
  private readonly byTopic = new Map<string, Effective<string, Version>>();

  /** Of rows with one key the last counts. */
  constructor(stored: readonly ReferenceRow[], folder: readonly ReferenceRow[]) {
    const byKey = new Map<string, ReferenceRow>();
    for (const row of [...stored, ...folder]) byKey.set(`${row.of.topic.name} ${row.key}`, row);
    this.rows = [...byKey.values()];
    for (const row of this.rows) if (row.of.isDated) this.versionsOf(row.of.topic).set(versionOf(row));
  }

  /** What holds at a time; 0 is as long ago as anything. */
  at(topic: Topic, subject: string, time: number): ReferenceRow | undefined {
    return this.versionsOf(topic).at(subject, time)?.row;
  }

  /** Versions of one thing in growing order of time. */
  versions(topic: Topic, subject: string): readonly ReferenceRow[] {
    return this.versionsOf(topic)
      .of(subject)
      .map(({ row }) => row);
  }

  subjects(topic: Topic): Iterable<string> {
    return this.versionsOf(topic).subjects();
  }

  private versionsOf({ name }: Topic): Effective<string, Version> {
    const found = this.byTopic.get(name);
    if (found) return found;
    const made = new Effective<string, Version>(({ row }) => row.subject, endOf);
    this.byTopic.set(name, made);
    return made;
  }
}

const versionOf = (row: ReferenceRow): Version => ({
  validFrom: validFrom(row),
  validTo: row.row['validTo'] as number,
  row,
});

/** What a field of a row refers to. */
export interface Reference {
  readonly field: string;
  readonly topic: Topic;
  /** What people call what it refers to. */
  readonly noun: string;
  /** The subject that a name stands for. */
  readonly subject: (name: string) => string;
  /** Whether what is found is of the sort that is wanted; left out, all are. */
  readonly fits?: (row: ReferenceRow) => boolean;
}

const coded =
  (kind: number): ((name: string) => string) =>
  (name) =>
    `${kind}/${name}`;
const itself = (name: string): string => name;
const CURRENCY = { topic: codes, noun: 'currency', subject: coded(0) };
const COUNTRY = { topic: codes, noun: 'country', subject: coded(1) };
const SECTOR = { topic: codes, noun: 'sector', subject: coded(2) };
const CALENDAR = { topic: codes, noun: 'calendar', subject: coded(3) };
const scope = (noun: string, kind?: number) => ({
  topic: scopes,
  noun,
  subject: itself,
  ...(kind !== undefined && { fits: ({ row }: ReferenceRow) => row['kind'] === kind }),
});
const party = (noun: string, role?: string) => ({
  topic: parties,
  noun,
  subject: itself,
  ...(role !== undefined && {
    fits: ({ row }: ReferenceRow) => String(row['roles']).split(';').includes(role),
  }),
});

/** By topic: which fields name something that must be there, too. */
export const REFERENCES: Readonly<Record<string, readonly Reference[]>> = {
  'reference.instruments': [
    { field: 'currency', ...CURRENCY },
    { field: 'quoteCurrency', ...CURRENCY },
    { field: 'base', ...CURRENCY },
    { field: 'underlying', topic: instruments, noun: 'instrument', subject: itself },
    { field: 'issuer', ...party('issuer', 'Issuer') },
    { field: 'sector', ...SECTOR },
    { field: 'venue', topic: venues, noun: 'venue', subject: itself },
    { field: 'calendar', ...CALENDAR },
  ],
  'reference.accounts': [
    { field: 'book', ...scope('book', 2) },
    { field: 'trader', ...scope('trader', 3) },
    { field: 'strategy', ...scope('strategy', 4) },
    { field: 'legalEntity', ...party('legal entity', 'LegalEntity') },
    { field: 'counterparty', ...party('counterparty', 'Counterparty') },
  ],
  'reference.scopes': [
    { field: 'parent', ...scope('scope') },
    { field: 'baseCurrency', ...CURRENCY },
    { field: 'calendar', ...CALENDAR },
  ],
  'reference.parties': [
    { field: 'country', ...COUNTRY },
    { field: 'sector', ...SECTOR },
    { field: 'parent', ...party('party') },
  ],
  'reference.venues': [
    { field: 'country', ...COUNTRY },
    { field: 'calendar', ...CALENDAR },
  ],
  'reference.codes': [{ field: 'parent', ...SECTOR }],
  'reference.trading_days': [{ field: 'calendar', ...CALENDAR }],
};

/** Names of one sort of thing, for whoever misspelt one. */
export function namesOf(catalogue: Catalogue, { topic, subject, fits }: Reference): string[] {
  const names: string[] = [];
  for (const one of catalogue.subjects(topic)) {
    const row = catalogue.versions(topic, one).at(-1)!;
    if (subject(nameOf(row)) === one && (!fits || fits(row))) names.push(nameOf(row));
  }
  return names;
}
