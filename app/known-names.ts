/**
 * Which names records from outside may use. An instrument must be in reference data before anything is said of it.
 * Accounts and venues are closed, too, as soon as the folder has reference data of them; before that there is no list to
 * hold a name against, and a new one is allotted. A person may say otherwise for all of them: `allot` takes every new
 * name, for trials, and `refuse` none.
 */
import type { Backend } from '../runtime/ports/backend';
import type { Topic } from '../runtime/stream/topic';
import { schemaVersions } from '../schemas/evolution/schema-versions';
import { accounts, instruments, venues } from '../schemas/reference';
import { topics } from '../schemas/topics';
import type { FeedRecord } from '../sources/feed';
import { nearest } from './nearest';
import { TopicDecoder } from './topic-decoder';

export type NewNames = 'allot' | 'refuse';

const LISTED: readonly (readonly [domain: string, topic: Topic])[] = [
  ['instrument', instruments],
  ['account', accounts],
  ['venue', venues],
];
const SLICE_BYTES = 1 << 20;

/** A name that nobody listed, in a field of a record. */
export interface UnknownName {
  readonly domain: string;
  readonly field: string;
  readonly name: string;
  /** The listed name that is most like it. */
  readonly meant: string | undefined;
}

export const unknownText = ({ domain, field, name, meant }: UnknownName): string =>
  `field "${field}": ${domain} ${JSON.stringify(name)} is not in reference data${meant === undefined ? '' : `; the nearest is ${JSON.stringify(meant)}`}`;

/** What whoever sends such a name can do. */
export const UNKNOWN_NAME_REMEDY =
  'Mend the name, or list it: breakwater reference load (docs/REFERENCE.md). For trials "newNames": "allot" takes every name';

/** The names that the log lists, read as far as it goes whenever they are asked for. */
class ListedNames {
  readonly names = new Set<string>();
  private next = 0;
  private readonly decoder: TopicDecoder;

  constructor(
    private readonly backend: NamesBackend,
    private readonly domain: string,
    private readonly topic: Topic,
  ) {
    this.decoder = new TopicDecoder({ topic, registry: backend.registry, versions: schemaVersions });
  }

  /** All that is not divided by a field lies in the first partition. */
  readOn(): void {
    const { log, names } = this.backend;
    const place = { topic: this.topic.name, partition: 0 };
    const { first, next: end } = log.ends(place);
    this.next = Math.max(this.next, first);
    if (this.next >= end) return;
    const reader = log.reader({ ...place, next: this.next }, 'tail');
    try {
      for (let chunk = reader.poll(SLICE_BYTES); chunk; chunk = reader.poll(SLICE_BYTES)) {
        for (const { row } of this.decoder.decode(chunk)) {
          const name = row && names.nameOf(this.domain, row[this.topic.key[0]!] as number);
          if (name !== undefined) this.names.add(name);
        }
        this.next = chunk.nextOffset;
      }
    } finally {
      reader.close();
    }
  }
}

type NamesBackend = Pick<Backend, 'log' | 'registry' | 'names'>;

export class KnownNames {
  private readonly listed: ReadonlyMap<string, ListedNames>;

  /** `newNames` left out: as the comment above says. */
  constructor(
    backend: NamesBackend,
    private readonly newNames: NewNames | undefined,
  ) {
    const known = new Set(backend.log.topics().map(({ name }) => name));
    this.listed = new Map(
      // A folder of an earlier version, opened to look at, does not have all topics.
      LISTED.filter(([, topic]) => known.has(topic.name)).map(([domain, topic]) => [
        domain,
        new ListedNames(backend, domain, topic),
      ]),
    );
  }

  /** Reads what has been listed since. */
  readOn(): void {
    if (this.newNames !== 'allot') for (const one of this.listed.values()) one.readOn();
  }

  /**
   * Answers, for one record of a batch after the other, a name that it must not use. What lists a name opens it to what
   * comes behind it in its batch.
   */
  checker(): (record: FeedRecord) => UnknownName | undefined {
    if (this.newNames === 'allot') return () => undefined;
    const own = new Map(LISTED.map(([domain]) => [domain, new Set<string>()]));
    return ({ topic, row }) => {
      const lists = DOMAINS.get(topic);
      if (lists) own.get(lists.domain)!.add(row[lists.field] as string);
      for (const [field, domain] of NUMBERS.get(topic) ?? []) {
        const name = row[field] as string | undefined;
        if (name === undefined || own.get(domain)?.has(name) || this.listed.get(domain)?.names.has(name))
          continue;
        if (!this.isClosed(domain, own.get(domain)?.size)) continue;
        const known = [...this.listed.get(domain)!.names, ...own.get(domain)!];
        return { domain, field, name, meant: nearest(name, known) };
      }
      return undefined;
    };
  }

  /** What is not listed and so is allotted, as people are told it; undefined where nothing is. */
  note(): string | undefined {
    this.readOn();
    const open = [...this.listed.keys()]
      .filter((domain) => !this.isClosed(domain))
      .map((domain) => `${domain}s`);
    return open.length === 0 ? undefined : `${open.join(' and ')}: not listed, names are allotted`;
  }

  private isClosed(domain: string, besides = 0): boolean {
    const listed = this.listed.get(domain);
    if (!listed || this.newNames === 'allot') return false;
    return this.newNames === 'refuse' || domain === 'instrument' || listed.names.size + besides > 0;
  }
}

const DOMAINS: ReadonlyMap<string, { readonly domain: string; readonly field: string }> = new Map(
  LISTED.map(([domain, { name, key }]) => [name, { domain, field: key[0]! }]),
);
/** Fields with names, of topics that list none: reference data name what may come behind them, and are checked whole. */
const NUMBERS: ReadonlyMap<string, readonly [string, string][]> = new Map(
  topics
    .filter(({ name }) => !name.startsWith('reference.'))
    .map(({ name, numbers }) => [name, Object.entries(numbers)]),
);
