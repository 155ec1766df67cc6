/** The queue of late fills as people see it, and how a decision about one gets to the job. */
import { createHash } from 'node:crypto';
import { setTimeout as after } from 'node:timers/promises';
import { LateAction, lateFills, lateResolutions } from '../schemas/ledger';
import type { Access } from './access';
import { CommandError, ExitCode } from './exit-codes';

/** How long a job that runs may take to carry a decision out, before it is said that it has not. */
const PATIENCE_MILLIS = 10_000;
const POLL_MILLIS = 50;

/** A row of ledger.late_fills with the names of things. */
export interface LateRow {
  /** Twelve hexadecimal digits made of what the fill is known by. */
  readonly reference: string;
  readonly identity: string;
  readonly executionId: string;
  readonly account: string;
  readonly instrument: string;
  readonly venue: string;
  readonly broker: string | null;
  readonly tradingDay: string | null;
  readonly kind: string;
  readonly refersTo: string | null;
  readonly quantity: string;
  readonly price: string;
  readonly fee: string;
  readonly feeCurrency: string;
  readonly time: string;
  readonly status: string;
  readonly detail: string;
  readonly knownAt: string;
}

export interface Decision {
  readonly action: keyof typeof LateAction;
  readonly by: string;
  readonly why: string;
  /** Micros. */
  readonly now: number;
}

export interface Settled {
  /** As it is now. */
  readonly row: LateRow;
  readonly outcome: 'done' | 'pending';
}

/** What the queue holds, in the order in which its fills happened. */
export async function lateRows(access: Access): Promise<readonly LateRow[]> {
  const rows = new Map<string, LateRow>();
  const signal = new AbortController().signal;
  const partitions = await access.partitions(lateFills.name);
  for (let partition = 0; partition < partitions; partition += 1) {
    const request = { topic: lateFills.name, partition, from: 'start', follow: false } as const;
    for await (const records of access.tail(request, signal))
      for (const { key, record } of records) {
        if (record === null) rows.delete(key);
        else
          rows.set(key, {
            reference: referenceOf(String(record['identity'])),
            ...record,
          } as unknown as LateRow);
      }
  }
  return [...rows.values()].sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
}

/** Throws a CommandError where no fill, or more than one, is called that. */
export function rowNamed(name: string, rows: readonly LateRow[]): LateRow {
  const found = rows.filter(({ reference }) => reference === name);
  const named = found.length > 0 ? found : rows.filter(({ executionId }) => executionId === name);
  if (named.length === 1) return named[0]!;
  const what =
    named.length === 0
      ? `no late fill is called "${name}"`
      : `${named.length} late fills have the execution id "${name}": ${named.map(({ reference, account, instrument }) => `${reference} of ${account} in ${instrument}`).join(', ')}`;
  throw new CommandError(`${what}. \`breakwater late list --all\` shows the references.`, ExitCode.Usage);
}

/** Says the decision once, and waits for a job that runs to carry it out. Throws a CommandError for what is settled. */
export async function settle(access: Access, row: LateRow, decision: Decision): Promise<Settled> {
  if (row.status === 'Booked' || row.status === 'Discarded')
    throw new CommandError(`${row.executionId} is settled: ${row.status}, ${row.detail}.`, ExitCode.Usage);
  const producer = `late ${row.reference}`;
  const { sequence, state: saidBefore } = await access.producer(producer);
  // Of a row as it stands one thing is said: it changes when that has been carried out, or could not be.
  const before = saidBefore === undefined ? undefined : (JSON.parse(saidBefore) as Said);
  if (before?.of === row.knownAt && before.action !== decision.action)
    throw new CommandError(
      `${row.executionId} was decided otherwise by ${before.by}, and that is not carried out yet: ${before.action}.`,
      ExitCode.Usage,
    );
  const state = JSON.stringify({ of: row.knownAt, action: decision.action, by: decision.by } satisfies Said);
  if (before?.of !== row.knownAt) await say(access, row, decision, { producer, sequence, state });
  return access.through === 'socket' ? untilChanged(access, row) : { row, outcome: 'pending' };
}

/** The last decision, kept with its producer. */
interface Said {
  /** When the row became what was decided about. */
  readonly of: string;
  readonly action: Decision['action'];
  readonly by: string;
}

async function say(
  access: Access,
  { executionId, account, instrument, venue, broker, tradingDay }: LateRow,
  { action, by, why, now }: Decision,
  { producer, sequence, state }: { producer: string; sequence: number; state: string },
): Promise<void> {
  const named = { executionId, account, instrument, venue, broker: broker ?? undefined };
  const row = {
    ...named,
    tradingDay: tradingDay ?? undefined,
    action: LateAction[action],
    by,
    why,
    time: now,
  };
  const record = { topic: lateResolutions.name, time: now, sequence: sequence + 1, row };
  await access.produce({ producer, sequence: sequence + 1, after: sequence, state, records: [record] });
}

async function untilChanged(access: Access, before: LateRow): Promise<Settled> {
  for (let waited = 0; waited < PATIENCE_MILLIS; waited += POLL_MILLIS) {
    const row = (await lateRows(access)).find(({ reference }) => reference === before.reference);
    if (row && row.knownAt !== before.knownAt) {
      if (row.status === 'Open')
        throw new CommandError(`${row.executionId} stays in the queue: ${row.detail}.`, ExitCode.Failure);
      return { row, outcome: 'done' };
    }
    await after(POLL_MILLIS);
  }
  throw new CommandError(
    `the job has not carried it out within ${PATIENCE_MILLIS / 1000} seconds. It is decided all the same: see \`breakwater late list --all\`, and ledger.refused_fills for why not.`,
  );
}

const referenceOf = (identity: string): string =>
  createHash('sha256').update(identity).digest('hex').slice(0, 12);
