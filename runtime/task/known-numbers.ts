/**
 * Which numbers of a topic's records have names. What was once known stays known, so a record costs one look into an
 * array for each of its number fields.
 */
import type { NameBook } from '../ports/backend';
import { grown } from '../stream/marker';
import type { Columns } from '../stream/step';

const NOBODY = -1;

/** A number that a record speaks of and nobody has allotted yet. */
export interface UnknownNumber {
  readonly domain: string;
  readonly number: number;
}

export class KnownNumbers {
  private readonly known = new Map<string, Uint8Array>();
  private readonly fields: readonly (readonly [field: string, domain: string])[];

  constructor(
    numbers: Readonly<Record<string, string>>,
    private readonly names: Pick<NameBook, 'nameOf'>,
  ) {
    this.fields = Object.entries(numbers);
    for (const [, domain] of this.fields) this.known.set(domain, new Uint8Array(1024));
  }

  /** The first unknown number from record `from` on. */
  inColumns(columns: Columns, from: number): UnknownNumber | undefined {
    for (const [field, domain] of this.fields) {
      const column = (columns as unknown as Record<string, Int32Array>)[field]!;
      let at = firstUnknown(column, from, columns.length, this.known.get(domain)!);
      while (at >= 0) {
        if (!this.learn(domain, column[at]!)) return { domain, number: column[at]! };
        at = firstUnknown(column, at + 1, columns.length, this.known.get(domain)!);
      }
    }
    return undefined;
  }

  /** Fields that a key lacks, or that hold nothing, are passed over; so is −1, which in a key stands for nobody. */
  inRow(row: Readonly<Record<string, unknown>>): UnknownNumber | undefined {
    for (const [field, domain] of this.fields) {
      const number = row[field] as number | undefined;
      if (number === undefined || number === NOBODY) continue;
      if (this.known.get(domain)![number] !== 1 && !this.learn(domain, number)) return { domain, number };
    }
    return undefined;
  }

  /** Whether a number has a name by now. */
  learn(domain: string, number: number): boolean {
    if (number < 0 || this.names.nameOf(domain, number) === undefined) return false;
    let known = this.known.get(domain)!;
    if (number >= known.length) {
      known = grown(known, number, 0);
      this.known.set(domain, known);
    }
    known[number] = 1;
    return true;
  }
}

// Stands alone over typed arrays: it runs for every tick.
function firstUnknown(column: Int32Array, from: number, to: number, known: Uint8Array): number {
  for (let index = from; index < to; index += 1) if (known[column[index]!] !== 1) return index;
  return -1;
}
