/** The small records of the store, as JSON behind a seal. Their shapes are the stored format. */

import type { Phase } from '../../runtime/graph/shape';
import { CorruptionError, type TopicSpec } from '../../runtime/ports/backend';

export interface TopicRecord extends TopicSpec {
  readonly number: number;
}

export interface EndsRecord {
  /** Offset of the first message still kept, or of the next where none is. */
  readonly first: number;
  readonly next: number;
  /** What its entries weigh. */
  readonly bytes: number;
  /** State topics in rows: below this offset each key has been left its last record, and how much that weighs. */
  readonly clean: number;
  readonly cleanBytes: number;
  /** State topics in frames: where the latest snapshot begins. */
  readonly snapshot?: { readonly offset: number };
  /** … and where the one begins that has not ended yet. */
  readonly round?: number;
}

export const NO_ENDS: EndsRecord = { first: 0, next: 0, bytes: 0, clean: 0, cleanBytes: 0 };

export const missingEnds = (topic: number, partition: number): CorruptionError =>
  new CorruptionError(
    `the ends of topic number ${topic}, partition ${partition} are missing. Restore the folder from a copy; "breakwater check" lists what is damaged.`,
  );

export interface TableRecord {
  readonly name: string;
  readonly live: number;
  readonly hash: number;
  readonly nextSlot: number;
  /** Entries of the table are kept under the sequences from `first` to before `next`, without gaps. */
  readonly first: number;
  readonly next: number;
}

export interface TaskRecord {
  readonly job: string;
  readonly partition: number;
  readonly number: number;
  /** Grows with each opening; commits of an older one are refused. */
  readonly generation: number;
  readonly epoch: number;
  readonly nextStep: number;
  readonly now: number;
  /** SHA-256 of the record of the last epoch, hexadecimal. */
  readonly chain: string;
  /** The oldest epoch still recorded. */
  readonly firstEpoch: number;
  readonly progress: readonly (readonly [topic: string, partition: number, next: number])[];
  readonly tables: readonly TableRecord[];
  /** How far pipelines that are being filled have read. */
  readonly filled?: readonly (readonly [topic: string, partition: number, next: number])[];
}

/** The phases of a task, each with the epoch that it begins with; those of epochs no longer recorded are left out. */
export interface ShapeRecord {
  readonly phases: readonly PhaseRecord[];
}

export interface PhaseRecord {
  readonly from: number;
  readonly phase: Phase;
}

export interface ProducerRecord {
  readonly sequence: number;
  /** Base64. */
  readonly state: string | undefined;
}

export interface SchemaRecord {
  readonly subject: string;
  readonly schema: string;
}

export interface BookmarkRecord {
  /** Base64. */
  readonly state: string;
  readonly needs: readonly (readonly [topic: string, partition: number, next: number])[];
}

export interface SkipRecord {
  readonly task: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly by: string;
  readonly why: string;
  readonly epoch?: number;
}

/** The name under which a task is kept. */
export const taskName = ({ job, partition }: { readonly job: string; readonly partition: number }): string =>
  `${job}/${partition}`;
