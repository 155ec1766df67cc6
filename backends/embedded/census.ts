/**
 * How many records of each small kind there are, and in which transaction the store was last written: kept under the
 * first and the last key of the store, rewritten with every transaction. A page that went astray takes records with it
 * that nobody would miss, a task's or a producer's; the count misses them. Two copies at both ends of the tree: no
 * subtree holds both.
 */
import { CorruptionError } from '../../runtime/ports/backend';
import { Kind, keyOf } from './keys';
import { unseal } from './seal';
import { prefixed, type View } from './store';

/** Kinds that are counted: all whose absence would pass for "not yet". */
export const COUNTED = [
  Kind.Text,
  Kind.Topic,
  Kind.Ends,
  Kind.Task,
  Kind.Producer,
  Kind.Bookmark,
  Kind.Skip,
  Kind.Schema,
  Kind.Name,
  Kind.Shape,
] as const;

const counted: ReadonlySet<number> = new Set(COUNTED);
export const isCounted = (kind: number): boolean => counted.has(kind);

export interface Census {
  /** LMDB's number of the transaction that wrote this. */
  readonly transaction: number;
  /** The latest time that was believed, micros (`store-time.ts`): it goes on from there though the clock goes back. */
  readonly now: number;
  readonly counts: Readonly<Record<number, number>>;
  /** What entries of log, epochs and tables take of the file, bytes, about: freed pages are not in it. */
  readonly stored: number;
}

export const CENSUS_KEYS = [Buffer.from([Kind.Store, 0]), Buffer.from([255, 255])] as const;

export const noCensus: Census = { transaction: 0, now: 0, counts: {}, stored: 0 };

/** Reads the census and counts everything it counts, opening every seal. Throws CorruptionError. */
export function takeCensus(view: View, lastTransaction: number): Census {
  const [first, last] = CENSUS_KEYS.map((key) => view.json<Census>(key));
  if (!first && !last && lastTransaction === 0) return noCensus;
  if (!first || !last || first.transaction !== last.transaction || first.transaction !== lastTransaction)
    throw new CorruptionError(
      `the store says it was last written in transactions ${first?.transaction} and ${last?.transaction}, LMDB says ${lastTransaction}. Restore the folder from a copy.`,
    );
  for (const kind of COUNTED) {
    let count = 0;
    for (const { key, value } of view.range(prefixed(keyOf(kind)))) {
      unseal(key, value);
      count += 1;
    }
    if (count !== (first.counts[kind] ?? 0))
      throw new CorruptionError(
        `the store holds ${count} records of kind ${kind} where ${first.counts[kind] ?? 0} were written. Restore the folder from a copy; "breakwater check" lists what is damaged.`,
      );
  }
  return first;
}
