/**
 * What the crash test runs: a job, and numbered batches of input that are the same whenever they are made, so that a
 * producer can go on after a crash and an undisturbed run can be held against the disturbed one.
 */

import type { Job } from '../../runtime/graph/job';
import type { ProducerAppend } from '../../runtime/ports/backend';
import type { SchemaVersions } from '../../runtime/stream/codec';
import type { Topic } from '../../runtime/stream/topic';
import type { DeadLetterRow } from '../../runtime/task/runner';
import type { CompareOptions } from '../support/compare-runs';

export interface Scenario {
  readonly job: Job;
  readonly deadLetters: Topic<readonly DeadLetterRow[]>;
  readonly versions?: SchemaVersions;
  /** Names that are allotted before anything is sent. */
  readonly names: Readonly<Record<string, readonly string[]>>;
  /** Inputs of the batch; `schemaIds` by topic. */
  readonly batch: (sequence: number, schemaIds: ReadonlyMap<string, number>) => ProducerAppend['outputs'];
  readonly compared: CompareOptions;
}

export const PRODUCER = 'crash-test';
export const BUILD = 'crash-test';
export const QUOTA_BYTES = 2 ** 30;
const START = 1_700_000_000_000_000;
const BATCH_MICROS = 10_000;

/** Time follows the producer, so that every run sees the same. */
export const timeOf = (sequence: number): number => START + sequence * BATCH_MICROS;
/** When all is sent time leaps, and whatever waits for it comes to rest. */
export const END_OF_TIME = START + 3_600_000_000;
