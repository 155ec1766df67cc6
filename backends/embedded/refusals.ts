/**
 * Appends that were refused and have not been taken since. One of them that is offered again after a later one was taken
 * is no duplicate, and must not pass for one; and what a producer had sent behind it, not knowing that it would be
 * refused, must not overtake it.
 *
 * State: sequences of refused appends, at most SEQUENCES_MAX a producer; forgotten with the process.
 */
import { OutOfOrderError } from '../../runtime/ports/backend';
import type { AppendRequest } from './protocol';

const SEQUENCES_MAX = 1024;

type Append = Pick<AppendRequest, 'producer' | 'sequence' | 'behind'>;

export class Refusals {
  private readonly refused = new Map<string, Set<number>>();

  /** Throws OutOfOrderError where an append was sent behind one that was refused. */
  check({ producer, sequence, behind }: Append): void {
    if (behind === undefined) return;
    for (const one of this.refused.get(producer) ?? [])
      if (one <= behind && one < sequence)
        throw new OutOfOrderError(
          `append ${sequence} of producer "${producer}" was sent behind ${one}, which was refused. Offer ${one} again first.`,
        );
  }

  /** Throws OutOfOrderError where what looks like a duplicate was never taken. */
  checkDuplicate({ producer, sequence }: Append): void {
    if (!this.refused.get(producer)?.has(sequence)) return;
    throw new OutOfOrderError(
      `append ${sequence} of producer "${producer}" was refused, and a later one has been taken since. Offer its records again under a sequence of their own.`,
    );
  }

  add({ producer, sequence }: Append): void {
    const sequences = this.refused.get(producer) ?? new Set();
    this.refused.set(producer, sequences.add(sequence));
    if (sequences.size > SEQUENCES_MAX) sequences.delete(Math.min(...sequences));
  }

  taken({ producer, sequence }: Append): void {
    const sequences = this.refused.get(producer);
    if (sequences?.delete(sequence) && sequences.size === 0) this.refused.delete(producer);
  }
}
