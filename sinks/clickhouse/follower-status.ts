/** How far a follower is, and what ails it: for health, metrics and people. */
import type { Clock } from '../../runtime/ports/clock';
import type { DeliveryTrouble } from './delivery';
import { LagMeter } from './lag-meter';

export type FollowerState = 'recovering' | 'following' | 'stopped';

export interface FollowerStatus {
  readonly table: string;
  readonly topic: string;
  readonly partition: number;
  readonly state: FollowerState;
  /** Why it stopped, or what it is repeating. Empty when all is well. */
  readonly reason: string;
  /** Every message before this offset is in the table. */
  readonly doneOffset: number;
  /** The offset that the topic partition will give next. */
  readonly endOffset: number;
  /** Records in the table for sure. */
  readonly records: number;
  readonly cuts: number;
  readonly failedInserts: number;
  readonly unreadable: number;
  /** How long the oldest message that is not in the table has been there. */
  readonly lagMicros: number;
}

/** What a follower notes about itself as it goes. */
export class FollowerRecord {
  state: FollowerState = 'recovering';
  reason = '';
  doneOffset = 0;
  failedInserts = 0;
  unreadable = 0;
  private readonly lag = new LagMeter();

  constructor(private readonly clock: Pick<Clock, 'now'>) {}

  trouble(trouble: DeliveryTrouble): void {
    if (trouble.kind !== 'insert-failed') return;
    this.failedInserts += 1;
    this.reason = `repeating an insert: ${trouble.error.message}`;
  }

  following(): void {
    this.state = 'following';
    this.reason = '';
  }

  delivered(nextOffset: number): void {
    this.doneOffset = nextOffset;
    this.reason = '';
  }

  stopped(error: Error): void {
    this.state = 'stopped';
    this.reason = error.message;
  }

  status(
    rest: Pick<FollowerStatus, 'table' | 'topic' | 'partition' | 'endOffset' | 'records' | 'cuts'>,
  ): FollowerStatus {
    const { state, reason, doneOffset, failedInserts, unreadable } = this;
    const lagMicros = this.lag.measure({ now: this.clock.now(), done: doneOffset, end: rest.endOffset });
    return { ...rest, state, reason, doneOffset, failedInserts, unreadable, lagMicros };
  }
}
