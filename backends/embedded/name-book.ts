/**
 * Numbers for names. One thread allots: the next free number of the domain, durable together with its record in the
 * topic of names before anyone hears of it.
 */
import { BackendError, type NameBook } from '../../runtime/backend';
import type { Chunk } from '../../runtime/messages';
import { layArena } from './arena';
import type { Connection } from './connection';
import { Kind, keyOf, textOfKey } from './keys';
import { unsealJson } from './seal';
import { prefixed, type View } from './store';

/** Names of one domain at most: arrays are indexed by their numbers. */
const NAMES_MAX = 1 << 24;

export interface NumberedName {
  readonly domain: string;
  readonly name: string;
  readonly number: number;
}

/** How new numbers are told to the world: messages for the compacted topic that everyone reads first. */
export interface NamesTopic {
  readonly topic: string;
  messages(names: readonly NumberedName[]): Promise<Chunk>;
}

interface Domain {
  readonly names: string[];
  readonly numbers: Map<string, number>;
}

export class EmbeddedNames implements NameBook {
  private readonly domains = new Map<string, Domain>();
  /** Numbers given out but not yet durable wait for this. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly connection: Connection | undefined,
    private readonly topic: () => NamesTopic | undefined,
    view: View,
  ) {
    for (const { key, value } of view.range(prefixed(keyOf(Kind.Name)))) {
      const [domain = '', name = ''] = textOfKey(key).split('\0');
      this.learn({ domain, name, number: unsealJson<number>(key, value) });
    }
  }

  async numbersOf(domain: string, names: readonly string[]): Promise<Int32Array> {
    const known = this.domain(domain);
    const fresh: NumberedName[] = [];
    const numbers = Int32Array.from(names, (name) => {
      const number = known.numbers.get(name);
      if (number !== undefined) return number;
      if (known.names.length >= NAMES_MAX)
        throw new BackendError(`domain "${domain}" has its limit of ${NAMES_MAX} names.`);
      if (name === '' || name.includes('\0') || domain.includes('\0'))
        throw new BackendError(
          `${JSON.stringify(name)} is no name of domain "${domain}". Names are not empty and have no zero bytes.`,
        );
      const entry = { domain, name, number: known.names.length };
      this.learn(entry);
      fresh.push(entry);
      return entry.number;
    });
    if (fresh.length > 0) this.last = Promise.all([this.last, this.write(fresh)]);
    await this.last;
    return numbers;
  }

  nameOf(domain: string, number: number): string | undefined {
    return this.domains.get(domain)?.names[number];
  }

  numberOf(domain: string, name: string): number | undefined {
    return this.domains.get(domain)?.numbers.get(name);
  }

  size(domain: string): number {
    return this.domains.get(domain)?.names.length ?? 0;
  }

  private async write(entries: readonly NumberedName[]): Promise<void> {
    if (!this.connection)
      throw new BackendError('the data folder is open for reading only: no name can be given a number.');
    const topic = this.topic();
    const outputs = topic
      ? [{ topic: topic.topic, partition: 0, messages: await topic.messages(entries) }]
      : [];
    const { buffer, outputs: places } = layArena({ outputs, tables: [], computed: new Uint8Array(0) });
    await this.connection.ask({ kind: 'names', entries, buffer, outputs: places }, [buffer]);
  }

  private learn({ domain, name, number }: NumberedName): void {
    const known = this.domain(domain);
    known.numbers.set(name, number);
    known.names[number] = name;
  }

  private domain(name: string): Domain {
    let domain = this.domains.get(name);
    if (!domain) {
      domain = { names: [], numbers: new Map() };
      this.domains.set(name, domain);
    }
    return domain;
  }
}
