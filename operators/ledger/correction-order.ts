/**
 * Which of several corrections of one execution counts: the greatest version, then the latest time, then the one that
 * corrects the other, then the greater id. Never the last to arrive: a correction of 10:05 that overtook that of 10:02
 * stands.
 */
import type { Execution } from '../../schemas/tables';

export interface Rank {
  readonly version: number;
  /** Micros. */
  readonly asOf: number;
  /** Corrections between it and the execution, itself included. */
  readonly depth: number;
  readonly id: string;
}

/** Of a correction that refers to the execution itself, or to another correction of it. */
export function rankOf(
  message: Pick<Execution, 'version' | 'time' | 'executionId'>,
  parent: Pick<Execution, 'version' | 'asOf' | 'depth'> | undefined,
): Rank {
  return {
    version: Math.max(message.version, parent?.version ?? 0),
    asOf: Math.max(message.time, parent?.asOf ?? 0),
    depth: (parent?.depth ?? 0) + 1,
    id: message.executionId,
  };
}

/** Of the correction in force; undefined while an execution is as it was told. */
export const rankInForce = ({ version, asOf, depth, restatedBy }: Execution): Rank | undefined =>
  restatedBy === undefined ? undefined : { version, asOf, depth, id: restatedBy };

export function isLater(a: Rank, b: Rank): boolean {
  if (a.version !== b.version) return a.version > b.version;
  if (a.asOf !== b.asOf) return a.asOf > b.asOf;
  if (a.depth !== b.depth) return a.depth > b.depth;
  return a.id > b.id;
}
