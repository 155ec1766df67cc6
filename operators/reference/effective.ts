/**
 * What holds when: versions of things, each from a time on, until the next takes its place or its own end has come. What
 * is asked of a time before the first version is not there; a version from 0 holds since ever.
 *
 * Where a version ends before the next begins there is a gap, in which the thing is not there: a symbol that is used again
 * years later. Asking costs a search in the versions of one thing.
 */

/** One version of a thing; microseconds. */
interface Dated {
  readonly validFrom: number;
}

/** The end that reference data give a version. */
export const endOf = ({ validTo }: { readonly validTo: number }): number => validTo;

export class Effective<Subject, Row extends Dated> {
  /** By subject, in growing order of `validFrom`; no two have the same. */
  private readonly versions = new Map<Subject, Row[]>();

  constructor(
    private readonly subjectOf: (row: Row) => Subject,
    /** When a version ends by itself; 0: it does not. */
    private readonly endOf: (row: Row) => number,
  ) {}

  /** Takes the place of the version of the same subject and `validFrom`. */
  set(row: Row): void {
    const subject = this.subjectOf(row);
    const known = this.versions.get(subject);
    if (!known) {
      this.versions.set(subject, [row]);
      return;
    }
    const at = firstFrom(known, row.validFrom);
    known.splice(at, known[at]?.validFrom === row.validFrom ? 1 : 0, row);
  }

  delete(subject: Subject, from: number): void {
    const known = this.versions.get(subject);
    const at = known ? firstFrom(known, from) : 0;
    if (known?.[at]?.validFrom !== from) return;
    known.splice(at, 1);
    if (known.length === 0) this.versions.delete(subject);
  }

  /** The version that holds at a time; undefined where none does. */
  at(subject: Subject, time: number): Row | undefined {
    const known = this.versions.get(subject);
    const row = known?.[firstFrom(known, time + 1) - 1];
    const end = row ? this.endOf(row) : 0;
    return end === 0 || time < end ? row : undefined;
  }

  /** When, after a time, another version holds or none; undefined where nothing changes any more. */
  nextChange(subject: Subject, time: number): number | undefined {
    const known = this.versions.get(subject) ?? [];
    const next = firstFrom(known, time + 1);
    const [row, following] = [known[next - 1], known[next]];
    const own = row ? this.endOf(row) : 0;
    const end = own > time ? own : undefined;
    if (end === undefined || following === undefined) return end ?? following?.validFrom;
    return Math.min(end, following.validFrom);
  }

  has(subject: Subject): boolean {
    return this.versions.has(subject);
  }

  subjects(): IterableIterator<Subject> {
    return this.versions.keys();
  }

  /** In growing order of `validFrom`. */
  of(subject: Subject): readonly Row[] {
    return this.versions.get(subject) ?? [];
  }
}

/** Where the first version lies that begins at a time or later. */
function firstFrom(versions: readonly Dated[], time: number): number {
  let low = 0;
  let high = versions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (versions[middle]!.validFrom < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
