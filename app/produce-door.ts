/**
 * What every record from outside passes, whichever door it comes by: its topic is open, its fields are in their ranges,
 * and its batch follows the producer's last one. One batch of a producer at a time: two that send the same rows at once
 * would both find them new. One batch of reference data at a time, whoever sends it: terms are held against those before.
 */
import type { ProducerState } from '../runtime/ports/backend';
import type { Clock } from '../runtime/ports/clock';
import type { Topic } from '../runtime/stream/topic';
import { deadLetters } from '../schemas/ops';
import { instruments, names } from '../schemas/reference';
import type { FeedRecord } from '../sources/feed';
import { checkRow, RangeFault } from '../sources/field-ranges';
import type { Appended, ProduceRequest } from './access';
import { CommandError, ExitCode } from './exit-codes';
import { riskJob } from './job';
import { type KnownNames, UNKNOWN_NAME_REMEDY, unknownText } from './known-names';
import { topicNamed } from './tail-topic';
import type { ToldTerms } from './told-terms';

export const PRODUCE_RECORDS_MAX = 10_000;
const PRODUCER_BYTES_MAX = 200;
const STATE_BYTES_MAX = 4096;
/** A producer counts records, or rows with some left out: further than this it does not leap. */
const LEAP_MAX = 1_000_000;
/** Producers of this program's own. */
const RESERVED = /^(simulator|replay|names)/;

/** Two names that differ by half a character would be one. */
const UNSHOWN = /[\p{Cc}\p{Cs}]/u;

const CLOSED: ReadonlySet<string> = new Set([...riskJob.writes, names, deadLetters].map(({ name }) => name));

/** Throws a CommandError for a topic that is this program's own to write. */
export function openTopic(name: string): Topic {
  const topic = topicNamed(name);
  if (!CLOSED.has(name)) return topic;
  throw refused(
    `topic "${name}" is written by the job itself, and closed to everybody else. Send what it is made of.`,
  );
}

/** Waiting for names: whoever sends a record and whoever lists its names may have begun at the same time. */
export interface Patience {
  readonly micros: number;
  readonly clock: Pick<Clock, 'now' | 'after'>;
  /** Told once of each batch that waits, by name. */
  readonly onWaiting: (what: string) => void;
}

export interface DoorParts {
  readonly producer: (name: string) => Promise<ProducerState | undefined>;
  readonly now: () => number;
  readonly terms: () => ToldTerms;
  readonly known: KnownNames;
  readonly patience: Patience | undefined;
}

const LOOK_AGAIN_MICROS = 100_000;

export class ProduceDoor {
  private readonly turns = new Map<string, Promise<unknown>>();

  constructor(private readonly parts: DoorParts) {}

  /** Calls `append` once everything is as it must be. Throws a CommandError otherwise. */
  async pass(
    request: ProduceRequest,
    append: (records: readonly FeedRecord[]) => Promise<{ readonly duplicate: boolean }>,
  ): Promise<Appended> {
    checkRequest(request);
    checkRecords(request.records, this.parts.now());
    const { producer, records } = request;
    const hasTerms = records.some(({ topic }) => topic === instruments.name);
    const keys = hasTerms ? [`of ${producer}`, 'of reference data'] : [`of ${producer}`];
    const turn = Promise.all(keys.map((key) => this.turns.get(key))).then(async () => {
      const last = (await this.parts.producer(producer))?.sequence ?? 0;
      if (isDuplicate(request, last)) return { duplicate: true };
      const notes: string[] = [];
      const kept = hasTerms ? this.keptTerms(records, notes) : records;
      await this.checkNames(kept, hasTerms);
      const { duplicate } = await append(kept);
      return notes.length === 0 || duplicate ? { duplicate } : { duplicate, notes };
    });
    const settled = turn.catch(() => undefined);
    for (const key of keys) this.turns.set(key, settled);
    try {
      return await turn;
    } finally {
      for (const key of keys) if (this.turns.get(key) === settled) this.turns.delete(key);
    }
  }

  /** Waits for names that are not listed, and refuses the first that is not in time. */
  private async checkNames(records: readonly FeedRecord[], isReference: boolean): Promise<void> {
    const { known, patience } = this.parts;
    let unknown = firstUnknown(records, known);
    // Reference data are loaded one batch at a time: who waits there keeps out what it waits for.
    if (unknown && patience && !isReference) {
      patience.onWaiting(`${unknown.record.topic} waits: ${unknownText(unknown.name)}`);
      const until = patience.clock.now() + patience.micros;
      while (unknown && patience.clock.now() < until) {
        await new Promise<void>((resolve) => patience.clock.after(LOOK_AGAIN_MICROS, resolve));
        unknown = firstUnknown(records, known);
      }
    }
    if (!unknown) return;
    const { index, record, name } = unknown;
    throw refused(
      `record ${index + 1} of the batch, for ${record.topic}, ${unknownText(name)}. ${UNKNOWN_NAME_REMEDY}.`,
    );
  }

  /** The records as they are to be kept; what of them is not as it was said is told in `notes`. */
  private keptTerms(records: readonly FeedRecord[], notes: string[]): readonly FeedRecord[] {
    const terms = this.parts.terms();
    const kept: FeedRecord[] = [];
    checkEach(records, (record) => {
      if (record.topic !== instruments.name) kept.push(record);
      else {
        const { row, note } = terms.take(record.row);
        kept.push(row === record.row ? record : { ...record, row });
        if (note) notes.push(note);
      }
    });
    return kept;
  }
}

function firstUnknown(records: readonly FeedRecord[], known: KnownNames) {
  known.readOn();
  const check = known.checker();
  for (const [index, record] of records.entries()) {
    const name = check(record);
    if (name) return { index, record, name };
  }
  return undefined;
}

function checkRequest({ producer, sequence, after, records, state = '' }: ProduceRequest): void {
  const bytes = typeof producer === 'string' ? Buffer.byteLength(producer) : 0;
  if (bytes === 0 || bytes > PRODUCER_BYTES_MAX || RESERVED.test(producer) || UNSHOWN.test(producer))
    throw refused(
      `a producer has a name of 1 to ${PRODUCER_BYTES_MAX} bytes that can be shown and is not one of this program's own.`,
    );
  if (after !== undefined && !Number.isSafeInteger(after))
    throw refused(`"${after}" is no sequence to come after.`);
  if (!Number.isSafeInteger(sequence) || sequence < 1)
    throw refused(`"${sequence}" is no sequence: those of a producer count up from 1.`);
  if (records.length === 0 || records.length > PRODUCE_RECORDS_MAX)
    throw refused(`a batch has 1 to ${PRODUCE_RECORDS_MAX} records, and this one ${records.length}.`);
  if (Buffer.byteLength(state) > STATE_BYTES_MAX)
    throw refused(`the state of a producer has ${STATE_BYTES_MAX} bytes at most.`);
}

function checkRecords(records: readonly FeedRecord[], now: number): void {
  checkEach(records, ({ topic, row }) => checkRow(openTopic(topic), row, now));
}

function checkEach(records: readonly FeedRecord[], check: (record: FeedRecord) => void): void {
  for (const [index, record] of records.entries()) {
    try {
      check(record);
    } catch (error) {
      if (!(error instanceof RangeFault)) throw error;
      throw refused(`record ${index + 1} of the batch, for ${record.topic}, ${error.message}.`);
    }
  }
}

function isDuplicate({ producer, sequence, after }: ProduceRequest, last: number): boolean {
  if (sequence <= last) return true;
  if (after !== undefined && after !== last)
    throw new CommandError(
      `"${producer}" stands at ${last} and not at ${after}: another produce is at the same rows. Run again when it has ended.`,
    );
  if (sequence <= last + LEAP_MAX) return false;
  throw refused(
    `"${producer}" stands at ${last}; ${sequence} is more than ${LEAP_MAX} ahead, and what comes between would count as sent.`,
  );
}

const refused = (what: string): CommandError => new CommandError(what, ExitCode.Usage);
