/**
 * The commit thread as the crash test runs it: it leaves a note of where it is for whoever looks after its death,
 * dies at the failpoint it is told, and, as a saboteur, does what the product must never do.
 */
import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { type CommitterClass, runCommitThread } from '../../backends/embedded/commit-loop';
import { Committer, type GroupResult } from '../../backends/embedded/committer';
import { Kind, textKey } from '../../backends/embedded/keys';
import type { CommitRequest, Request } from '../../backends/embedded/protocol';
import { type TaskRecord, taskName } from '../../backends/embedded/records';
import type { Transaction } from '../../backends/embedded/transaction';

export interface CrashOrders {
  /** An open file: its first 64 bytes name the phase. */
  readonly phaseFile: number;
  /** Where to die, and at which passing. */
  readonly failpoint?: { readonly name: string; readonly passing: number };
  readonly sabotage?: Sabotage;
}

export type Sabotage = 'progress-before-outputs' | 'table-outside-transaction';

const orders = (workerData as { readonly data: CrashOrders }).data;
let passings = 0;

function enter(phase: string): void {
  writeSync(orders.phaseFile, phase.padEnd(64), 0);
}

function failpoint(name: string): void {
  enter(name);
  if (orders.failpoint?.name !== name) return;
  passings += 1;
  if (passings === orders.failpoint.passing) process.kill(process.pid, 'SIGKILL');
}

class Watched extends Committer {
  override group(requests: readonly Request[]): GroupResult {
    const result = super.group(requests);
    enter('outside');
    return result;
  }
}

/** What is left for a second transaction, which is one too many. */
abstract class Saboteur extends Watched {
  protected later: ((tx: Transaction) => void)[] = [];

  override group(requests: readonly Request[]): GroupResult {
    const first = super.group(requests);
    if (this.later.length === 0) return first;
    failpoint('sabotage.between');
    const ends = this.transact(0, (tx) => {
      for (const write of this.later.splice(0)) write(tx);
      return tx.newEnds();
    });
    return { ...first, ends: [...first.ends, ...ends] };
  }
}

class ProgressBeforeOutputs extends Saboteur {
  protected override writeOutputs(
    tx: Transaction,
    task: TaskRecord,
    request: CommitRequest,
  ): ReturnType<Committer['writeOutputs']> {
    const deferring: Transaction = Object.create(tx, {
      put: {
        value: (key: Buffer, value: Buffer) => this.later.push((second) => second.put(key, value)),
      },
    });
    return super.writeOutputs(deferring, task, request);
  }
}

class TableOutsideTransaction extends Saboteur {
  protected override writeTables(
    tx: Transaction,
    task: TaskRecord,
    request: CommitRequest,
  ): ReturnType<Committer['writeTables']> {
    const [first, ...others] = request.tables;
    if (!first) return super.writeTables(tx, task, request);
    this.later.push((second) => {
      const key = textKey(Kind.Task, taskName(task));
      const now = second.json<TaskRecord>(key)!;
      const { records } = super.writeTables(second, now, { ...request, tables: [first] });
      second.putJson(key, { ...now, tables: records });
    });
    return super.writeTables(tx, task, { ...request, tables: others });
  }
}

const COMMITTERS: Readonly<Record<Sabotage, CommitterClass>> = {
  'progress-before-outputs': ProgressBeforeOutputs,
  'table-outside-transaction': TableOutsideTransaction,
};

runCommitThread({ failpoint, committer: orders.sabotage ? COMMITTERS[orders.sabotage] : Watched });
