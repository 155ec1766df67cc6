/**
 * Numbers for names. One thread allots the next free number of the domain, durable together with its record in the topic
 * of names before anyone hears of it; then all threads do.
 */
import { BackendError, type Log, type NameBook, type SchemaRegistry } from '../../runtime/ports/backend';
import type { Output } from '../../runtime/ports/epoch';
import { changesOf } from '../../runtime/stream/changes';
import { Outlet } from '../../runtime/task/outlet';
import { type NumberedName, names as namesTopic } from '../../schemas/reference';
import { layArena } from './arena';
import type { Connection } from './connection';
import { KEY_TEXT_BYTES_MAX, Kind, keyOf, textOfKey } from './keys';
import { nameKey } from './operations';
import { unsealJson } from './seal';
import { prefixed, type View } from './store';

/** Names of one domain at most: arrays are indexed by their numbers. */
const NAMES_MAX = 1 << 24;

interface Domain {
  readonly names: string[];
  readonly numbers: Map<string, number>;
  /** Allotted and on their way to the store: nobody hears of them before they are durable. */
  readonly coming: Map<string, Promise<void>>;
  next: number;
}

export class EmbeddedNames implements NameBook {
  private readonly domains = new Map<string, Domain>();

  constructor(
    private readonly connection: Connection | undefined,
    private readonly registry: SchemaRegistry,
    private readonly log: Pick<Log, 'createTopics'>,
    private readonly view: View,
  ) {
    this.load();
  }

  /** Takes in what is stored. */
  load(): void {
    this.view.refresh();
    for (const { key, value } of this.view.range(prefixed(keyOf(Kind.Name)))) {
      const [domain = '', name = ''] = textOfKey(key).split('\0');
      this.learn([{ domain, name, number: unsealJson<number>(key, value) }]);
    }
  }

  async numbersOf(domain: string, names: readonly string[]): Promise<Int32Array> {
    const known = this.domain(domain);
    const fresh = [...new Set(names)].filter((name) => !known.numbers.has(name) && !known.coming.has(name));
    for (const name of fresh) checkName(domain, name);
    if (known.next + fresh.length > NAMES_MAX)
      throw new BackendError(`domain "${domain}" has its limit of ${NAMES_MAX} names.`);
    if (fresh.length > 0) this.allot(domain, fresh);
    await Promise.all(names.map((name) => known.coming.get(name)));
    return Int32Array.from(names, (name) => known.numbers.get(name)!);
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

  private allot(domain: string, names: readonly string[]): void {
    const known = this.domain(domain);
    const entries = names.map((name, index) => ({ domain, name, number: known.next + index }));
    known.next += names.length;
    const durable = this.write(entries)
      .then(() => {
        this.learn(entries);
      })
      // What could not be written was never allotted: whoever asks again tries again.
      .finally(() => {
        for (const name of names) known.coming.delete(name);
      });
    for (const name of names) known.coming.set(name, durable);
  }

  private async write(entries: readonly NumberedName[]): Promise<void> {
    if (!this.connection)
      throw new BackendError(
        'numbers for names are allotted by the thread that opened the folder for writing. Ask it there.',
      );
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
    outlet.write(changesOf(entries), { number: 0, now: 0 }, 'names');
    return outlet.take();
  }

  /** Takes in what was allotted: by this thread, or by another. */
  learn(entries: readonly NumberedName[]): void {
    for (const { domain, name, number } of entries) {
      const known = this.domain(domain);
      known.numbers.set(name, number);
      known.names[number] = name;
      known.next = Math.max(known.next, number + 1);
    }
  }

  private domain(name: string): Domain {
    let domain = this.domains.get(name);
    if (!domain) {
      domain = { names: [], numbers: new Map(), coming: new Map(), next: 0 };
      this.domains.set(name, domain);
    }
    return domain;
  }
}

function checkName(domain: string, name: string): void {
  const shown = `${JSON.stringify(name.slice(0, 40))} is no name of domain "${domain}".`;
  if (name === '' || name.includes('\0') || domain.includes('\0'))
    throw new BackendError(`${shown} Names are not empty and have no zero bytes.`);
  if (Buffer.byteLength(nameKey(domain, name)) >= KEY_TEXT_BYTES_MAX)
    throw new BackendError(`${shown} It is longer than ${KEY_TEXT_BYTES_MAX} bytes. Use a shorter name.`);
}
