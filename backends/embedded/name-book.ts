/**
 * Numbers for names. One thread allots: the next free number of the domain, durable together with its record in the
 * topic of names before anyone hears of it.
 */
import { BackendError, type Log, type NameBook, type SchemaRegistry } from '../../runtime/backend';
import type { Output } from '../../runtime/epoch';
import { Outlet } from '../../runtime/outlet';
import { type NumberedName, names as namesTopic } from '../../schemas/reference';
import { layArena } from './arena';
import { type Connection, readOnlyError } from './connection';
import { Kind, keyOf, textOfKey } from './keys';
import { unsealJson } from './seal';
import { prefixed, type View } from './store';

/** Names of one domain at most: arrays are indexed by their numbers. */
const NAMES_MAX = 1 << 24;

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
    private readonly registry: SchemaRegistry,
    private readonly log: Pick<Log, 'createTopics'>,
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
    if (!this.connection) throw readOnlyError();
    const outputs = await this.messages(entries);
    const { buffer, outputs: places } = layArena({ outputs, tables: [], computed: new Uint8Array(0) });
    await this.connection.ask({ kind: 'names', entries, buffer, outputs: places }, [buffer]);
  }

  /** What the compacted topic of names is to say, which is created with the first name. */
  private async messages(entries: readonly NumberedName[]): Promise<readonly Output[]> {
    const { name, kind, codec, retentionHours } = namesTopic;
    await this.log.createTopics([{ name, kind, layout: codec.layout, partitions: 1, retentionHours }]);
    const schemaId = await this.registry.register(`${name}-value`, codec.schema);
    const outlet = new Outlet({ topic: namesTopic, partitions: 1, schemaId, envelope: undefined });
    outlet.write(entries, { number: 0, now: 0 }, 'names');
    return outlet.take();
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
