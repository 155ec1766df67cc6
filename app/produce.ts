/**
 * Records of a file into a topic, resumably. A file is known by what is in it and not by its name: rows are counted under
 * its first record, and the digest of the rows that were taken stands beside their count. The same command run again
 * reads them once more, and goes on behind them only if they are what they were.
 */
import { createHash, type Hash } from 'node:crypto';
import type { Topic } from '../runtime/stream/topic';
import type { FeedRecord, FeedRow, Records } from '../sources/feed';
import { defaultOf } from '../sources/field-text';
import { recordFields } from '../sources/record-fields';
import type { Access } from './access';
import { CommandError, ExitCode } from './exit-codes';

const BATCH_RECORDS = 1000;
/** Of text, about: a batch is one message to whoever holds the folder. */
const BATCH_CHARACTERS = 256 * 1024;

export interface ProduceOptions {
  readonly access: Access;
  readonly topic: Topic;
  /** For messages. */
  readonly file: string;
  /** Under which rows are counted; the first record's digest where left out. */
  readonly producer?: string | undefined;
  /** Takes the file whole, although it begins like one that was taken. */
  readonly again: boolean;
  /** Reads the file from its beginning. */
  readonly read: () => Records;
  /** A pipe: what was read of it is gone, and `read` gives it no second time. */
  readonly isPipe: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (taken: number) => void;
}

export interface Produced {
  readonly producer: string;
  /** Records that this run appended. */
  readonly appended: number;
  /** Records that were there from an earlier run. */
  readonly before: number;
  /** The row that was taken last; 0 for a file without records. */
  readonly row: number;
  /** What is kept otherwise than the file says, in words for people. */
  readonly notes?: readonly string[];
}

/** What was taken of a file: so many records, the last of them sent under `base + records`. */
interface Taken {
  readonly base: number;
  readonly records: number;
  readonly digest: string;
}

/** What was appended before an error of the reading stays appended. */
export async function produce(options: ProduceOptions): Promise<Produced> {
  const isState = options.topic.kind === 'state';
  // Of a state the last word holds, however often it was said: others may have said something else since.
  const again = (): Promise<Produced> => attempt({ ...options, again: true });
  if (isState && options.isPipe) return again();
  try {
    const produced = await attempt(options);
    const isOld = produced.appended === 0 && produced.before > 0 && !options.signal.aborted;
    return isState && isOld ? await again() : produced;
  } catch (error) {
    if (!(error instanceof OtherFileError) || !isState) throw error;
    return again();
  }
}

async function attempt(options: ProduceOptions): Promise<Produced> {
  const run = new ProduceRun(options);
  try {
    for await (const batch of options.read()) {
      for (const record of batch) await run.take(record);
      if (options.signal.aborted) break;
    }
  } catch (error) {
    await run.flush();
    throw error;
  }
  await run.flush();
  return run.end();
}

/** A record, and what its digest is made of. */
interface Sending {
  readonly record: FeedRecord;
  readonly text: string;
}

class ProduceRun {
  private producer = '';
  private taken: Taken | undefined;
  /** Under which the record numbered 0 would be sent. */
  private base = 0;
  private readonly hash: Hash = createHash('sha256');
  private count = 0;
  private sent = 0;
  private appended = 0;
  private row = 0;
  private readonly notes: string[] = [];
  private batch: Sending[] = [];
  /** Of all that was taken before the batch. */
  private sentHash: Hash = createHash('sha256');
  private characters = 0;

  constructor(private readonly options: ProduceOptions) {}

  async take(record: FeedRecord): Promise<void> {
    const text = textOf(this.options.topic, record.row);
    if (this.count === 0) await this.begin(text);
    this.hash.update(text);
    this.count += 1;
    const { taken } = this;
    if (taken && this.count <= taken.records) {
      this.row = record.sequence;
      this.sentHash.update(text);
      if (this.count === taken.records) this.compare(taken);
      return;
    }
    this.batch.push({ record, text });
    this.characters += text.length;
    if (this.batch.length >= BATCH_RECORDS || this.characters >= BATCH_CHARACTERS) await this.flush();
  }

  async flush(): Promise<void> {
    const { batch } = this;
    if (batch.length === 0) return;
    this.batch = [];
    this.characters = 0;
    try {
      await this.send(batch);
    } catch (error) {
      if (!(error instanceof CommandError) || error.exitCode !== ExitCode.Usage) throw error;
      // What comes before the record that is refused is taken, as of one that cannot be read.
      for (const one of batch) await this.sendAlone(one);
    }
  }

  private async sendAlone(one: Sending): Promise<void> {
    try {
      await this.send([one]);
    } catch (error) {
      if (!(error instanceof CommandError) || error.exitCode !== ExitCode.Usage) throw error;
      const what = error.message.replace(/^record 1 of the batch, for [^ ]+, /, '');
      throw new CommandError(
        `${this.options.file}, row ${one.record.sequence}, ${what} What came before it is taken.`,
      );
    }
  }

  private async send(batch: readonly Sending[]): Promise<void> {
    const { producer, base, sent } = this;
    const records = sent + batch.length;
    const hash = this.sentHash.copy();
    for (const { text } of batch) hash.update(text);
    const digest = hash.copy().digest('hex');
    const state = JSON.stringify({ base, records, digest } satisfies Taken);
    const after = sent === 0 ? this.after : base + sent;
    const { duplicate, notes = [] } = await this.options.access.produce({
      producer,
      sequence: base + records,
      after,
      state,
      records: batch.map(({ record }) => record),
    });
    if (duplicate) throw takenMeanwhile(this.options.file);
    this.notes.push(...notes);
    this.sent = records;
    this.sentHash = hash;
    this.row = batch.at(-1)!.record.sequence;
    this.appended += batch.length;
    this.options.onProgress(this.appended);
  }

  end(): Produced {
    const { taken, count } = this;
    if (taken && count < taken.records) this.isOther(`has ${count} records`);
    return {
      producer: this.producer,
      appended: this.appended,
      before: this.taken?.records ?? 0,
      row: this.row,
      ...(this.notes.length > 0 && { notes: this.notes }),
    };
  }

  /** The producer's last sequence when this began. */
  private after = 0;

  private async begin(first: string): Promise<void> {
    const { access, topic, producer, again } = this.options;
    const begins = createHash('sha256').update(first).digest('hex').slice(0, 16);
    this.producer = `${producer ?? `file that begins with ${begins}`} → ${topic.name}`;
    const { sequence, state } = await access.producer(this.producer);
    this.after = sequence;
    this.taken = state === undefined || again ? undefined : (JSON.parse(state) as Taken);
    this.base = this.taken?.base ?? sequence;
    this.sent = this.taken?.records ?? 0;
  }

  private compare({ digest }: Taken): void {
    if (this.hash.copy().digest('hex') !== digest) this.isOther('differs from it there');
  }

  private isOther(how: string): never {
    const { file } = this.options;
    throw new OtherFileError(
      `${file} begins like what was taken before, ${this.taken!.records} records, and ${how}. Nothing was taken of it: rows could count twice. Send what is new in a file of its own, or say --again to take this one whole, as another file.`,
    );
  }
}

class OtherFileError extends CommandError {}

const takenMeanwhile = (file: string): CommandError =>
  new CommandError(`another produce takes ${file} at this moment. Run again when it has ended.`);

/**
 * The same for the same values, whatever kind of file they stood in, and whatever fields a later version of the topic has
 * besides: what a file says nothing of is no part of it.
 */
function textOf(topic: Topic, row: FeedRow): string {
  const told = recordFields(topic)
    .filter((field) => {
      const value = row[field.name];
      return value !== undefined && value !== null && !Object.is(value, defaultOf(field));
    })
    .map(({ name }) => [name, typeof row[name] === 'bigint' ? `${row[name]}n` : row[name]]);
  return `${JSON.stringify(told)}\n`;
}
