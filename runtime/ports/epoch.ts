/**
 * An epoch is the unit of commitment: one or more steps with their input ranges, outputs, table changes and clock
 * readings, in one atomic commit. A computed epoch is never computed again in the same process; a commit that fails is
 * repeated with the same bytes. So there is no rollback of state anywhere.
 *
 * Epochs are themselves recorded (cuts, interleaving, clock): a run can be replayed and compared byte for byte.
 */

import type { Phase } from '../graph/shape';
import type { TableChanges } from '../tables/table';
import type { Chunk } from '../wire/messages';

/** One partition of a job. */
export interface TaskId {
  readonly job: string;
  readonly partition: number;
}

export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/** How far a task has read one topic partition. */
export interface Progress extends TopicPartition {
  /** The offset to be read next. */
  readonly next: number;
}

/** Everything that went into a step besides the tables: enough to run it again. */
export interface RecordedStep {
  readonly now: number;
  /** How far each input had been read when the step had run; inputs that brought nothing are left out. */
  readonly read: readonly Progress[];
  /** Of the timers that were due only the first fired: the step was part of a hunt for poison. */
  readonly oneTimer?: boolean;
  /** Messages and timers that the step passed over to dead letters, each with its reason. */
  readonly dead: readonly DeadMessage[];
  /** What the step wrote of snapshots, after its records. */
  readonly snapshots: readonly SnapshotSlice[];
}

/**
 * A part of a state topic in frames, written whole: the slots of its table from `from` to before `to`. A snapshot is a
 * round of such slices over many steps; what changes meanwhile is written by its step, behind the slice that it was in.
 */
export interface SnapshotSlice {
  readonly topic: string;
  readonly from: number;
  readonly to: number;
}

/**
 * A round of slices begins or ends in an epoch. Once it has ended, a reader from where it began meets every key, and
 * whatever lies before may be dropped. A round that never ends (its task was opened anew) says nothing.
 */
export interface SnapshotMark extends TopicPartition {
  readonly mark: 'begins' | 'ends';
}

export interface DeadMessage extends TopicPartition {
  readonly offset: number;
  readonly reason: string;
  readonly detail: string;
  /** Who said so: `runtime`, or the person who skipped it. */
  readonly by: string;
}

/** Messages to be appended to one topic partition. */
export interface Output extends TopicPartition {
  readonly messages: Chunk;
}

export interface Epoch {
  readonly task: TaskId;
  /** Counts from 1 for a task's life. */
  readonly number: number;
  /** Which build computed it: byte-exact replay is for that build and Node major. */
  readonly build: string;
  /** Number of the first step. */
  readonly firstStep: number;
  readonly steps: readonly RecordedStep[];
  readonly outputs: readonly Output[];
  readonly tables: readonly TableChanges[];
  /** In order. One that begins counts from before the epoch's outputs. */
  readonly marks?: readonly SnapshotMark[] | undefined;
  /** Set where another phase of the task begins with this epoch. While pipelines are filled, what steps read is theirs. */
  readonly phase?: Phase | undefined;
}

/** An epoch as it was recorded: enough to run it again, and to hold the new outputs against the old. */
export interface RecordedEpoch {
  readonly task: TaskId;
  readonly number: number;
  readonly build: string;
  readonly firstStep: number;
  readonly steps: readonly RecordedStep[];
  /** Microseconds since 1970 UTC, by the backend's clock. */
  readonly committedAt: number;
  readonly outputs: readonly EpochOutput[];
  readonly tables: readonly EpochTable[];
  readonly phase?: Phase | undefined;
}

/** Where messages of an epoch lie in the log; a long output is several of these. */
export interface EpochOutput extends TopicPartition {
  readonly first: number;
  readonly next: number;
  /** CRC-32 of the packed messages. */
  readonly crc: number;
}

/** What an epoch changed in a table, and how the table stood after it. */
export interface EpochTable {
  readonly table: string;
  readonly changed: number;
  readonly live: number;
  /** Sum of the hashes of all live records, modulo 2^48. */
  readonly hash: number;
  readonly nextSlot: number;
  /** CRC-32 of the changes. */
  readonly crc: number;
}
