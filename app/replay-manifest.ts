/**
 * What a replay reads: a JSON file that names its inputs, the instruments in them, and the rule by which fills are
 * derived from other people's trades. Validated whole, like the configuration.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { DecimalTextError, parseDecimal } from '../schemas/decimals';
import { InstrumentKind, instruments as reference } from '../schemas/reference';
import { instrumentUntold } from '../schemas/untold';
import type { FillRule } from '../sources/derive-fills';
import type { Feed, FeedRecord, Records } from '../sources/feed';
import { CURRENCY_BYTES_MAX, checkName, checkRow, NAME_BYTES_MAX, RangeFault } from '../sources/field-ranges';
import { FieldTextError } from '../sources/field-text';
import { lobsterExecutions } from '../sources/lobster-executions';
import { formatOf, recordFile } from '../sources/record-file';
import { SourceError } from '../sources/source-error';
import { midnightMicros, TradingDayError } from '../sources/trading-day';
import { usEquityQuotes } from '../sources/us-equity-quotes';
import { usEquityTrades } from '../sources/us-equity-trades';
import { CommandError, ExitCode } from './exit-codes';
import { inputFile } from './input-file';
import type { NewNames } from './known-names';
import { openTopic } from './produce-door';
import { parseStrictJson, readStrictText } from './strict-json';
import { topicNamed } from './tail-topic';
import { ToldTerms } from './told-terms';

const decimal = z.string().refine(isDecimal, 'a decimal text with at most 9 places');
const text = (bytesMax: number, what: string) =>
  z.string().superRefine((value, context) => {
    try {
      checkName(value, bytesMax, what);
    } catch (error) {
      if (!(error instanceof FieldTextError)) throw error;
      context.addIssue(error.message);
    }
  });
const name = text(NAME_BYTES_MAX, 'name');
const currency = text(CURRENCY_BYTES_MAX, 'currency');
const fillRule = z.strictObject({
  accounts: z.array(name).min(1).max(1000),
  minSize: z.number().int().min(1),
  feePerUnit: decimal,
  feeCurrency: currency,
});
const day = {
  file: z.string().min(1),
  instrument: name,
  date: z.string(),
  utcOffset: z.string(),
};
const input = z.discriminatedUnion('format', [
  z.strictObject({
    format: z.literal('us-equity-quotes'),
    ...day,
    consolidatedAs: name.optional(),
  }),
  z.strictObject({ format: z.literal('us-equity-trades'), ...day, fills: fillRule.optional() }),
  z.strictObject({
    format: z.literal('lobster'),
    ...day,
    venue: name,
    fills: fillRule.optional(),
  }),
  z.strictObject({ format: z.literal('records'), file: z.string().min(1), topic: z.string().min(1) }),
]);
const kinds = Object.keys(InstrumentKind) as [
  keyof typeof InstrumentKind,
  ...(keyof typeof InstrumentKind)[],
];
const schema = z.strictObject({
  newNames: z.enum(['allot', 'refuse']).optional(),
  instruments: z.array(
    z.strictObject({
      name,
      currency,
      multiplier: decimal.refine(isPositive, 'above 0').default('1'),
      kind: z.enum(kinds).default('Other'),
      inverse: z.boolean().default(false),
      base: currency.optional(),
    }),
  ),
  inputs: z.array(input).min(1).max(1000),
});

type Input = z.infer<typeof input>;

export interface Manifest {
  readonly reference: readonly FeedRecord[];
  readonly feeds: readonly Feed[];
  /** What becomes of names that are not listed; undefined where the manifest does not say. */
  readonly newNames: NewNames | undefined;
  /** The files that may have brought a record of a topic, for messages. */
  readonly filesOf: (topic: string) => readonly string[];
  /**
   * The same for the same manifest and the same bytes in its files: see `replay`. Reads them all. Throws a CommandError
   * for one that cannot be read, and for one that brings what another brings, too.
   */
  readonly identity: () => Promise<string>;
}

export interface ManifestSource {
  readonly file: string;
  /** Files are relative to this folder; missing, to the manifest's own. */
  readonly data?: string | undefined;
  /** Micros, by the clock of this machine. */
  readonly now: number;
}

/** Reads a manifest. Opens none of its files yet. Throws a CommandError that names every mistake. */
export function readManifest({ file, data, now }: ManifestSource): Manifest {
  const text = readText(file);
  const result = schema.safeParse(parseJson(file, text));
  if (!result.success) {
    throw new CommandError(`manifest ${file} is wrong:\n${z.prettifyError(result.error)}`, ExitCode.Usage);
  }
  const { instruments, inputs, newNames } = result.data;
  const base = data ?? dirname(file);
  const terms = new ToldTerms();
  const listed = instruments.map(recordOf);
  const wrong = `manifest ${file} is wrong`;
  for (const [index, { row }] of listed.entries())
    withPlace(`${wrong}: instruments[${index}]`, ExitCode.Usage, () => {
      checkRow(reference, row, now);
      terms.take(row);
    });
  for (const [index, one] of inputs.entries())
    withPlace(`${wrong}: inputs[${index}]`, ExitCode.Usage, () =>
      one.format === 'records' ? formatOf(one.file) : midnightMicros(one),
    );
  return {
    reference: listed,
    newNames,
    filesOf: (topic) =>
      inputs.filter((one) => one.format !== 'records' || one.topic === topic).map((one) => one.file),
    feeds: inputs.map((one) => feedOf(one, base, now, terms)),
    identity: () => identityOf(text, inputs, base),
  };
}

const recordOf = (row: z.infer<typeof schema>['instruments'][number], index: number): FeedRecord => ({
  topic: reference.name,
  time: 0,
  sequence: index + 1,
  row: {
    ...instrumentUntold,
    ...row,
    instrument: row.name,
    multiplier: parseDecimal(row.multiplier, 9),
    kind: InstrumentKind[row.kind],
  },
});

/** Feeds go by their file's name as the manifest has it: the order of equal times must not hang on where files lie. */
function feedOf(one: Input, base: string, now: number, terms: ToldTerms): Feed {
  const file = resolve(base, one.file);
  const name = one.file;
  switch (one.format) {
    case 'us-equity-quotes':
      return { name, records: inRange(usEquityQuotes({ ...one, file }), file, now) };
    case 'us-equity-trades':
      return {
        name,
        records: inRange(
          usEquityTrades({ ...one, file, fills: one.fills satisfies FillRule | undefined }),
          file,
          now,
        ),
      };
    case 'lobster':
      return { name, records: inRange(lobsterExecutions({ ...one, file }), file, now) };
    case 'records': {
      const records = recordFile({ file, topic: openTopic(one.topic), now, complete: true });
      return { name, records: one.topic === reference.name ? checked(records, file, terms) : records };
    }
  }
}

async function* checked(batches: Records, file: string, terms: ToldTerms): Records {
  for await (const batch of batches) {
    for (const { row, sequence } of batch)
      withPlace(`${file}, row ${sequence}`, ExitCode.Failure, () => terms.take(row));
    yield batch;
  }
}

/** What a tick file says passes the same ranges as what a file of records says. */
async function* inRange(batches: Records, file: string, now: number): Records {
  for await (const batch of batches) {
    for (const { topic, row, sequence } of batch)
      withPlace(`${file}, row ${sequence}`, ExitCode.Failure, () => checkRow(topicNamed(topic), row, now));
    yield batch;
  }
}

function withPlace(place: string, exitCode: ExitCode, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (error instanceof RangeFault) throw new CommandError(`${place}, ${error.message}.`, exitCode);
    if (error instanceof TradingDayError || error instanceof SourceError)
      throw new CommandError(`${place}: ${error.message}`, exitCode);
    throw error;
  }
}

async function identityOf(manifest: string, inputs: readonly Input[], base: string): Promise<string> {
  const files = inputs.map(({ file }) => inputFile(file, base));
  const pipe = files.find(({ isPipe }) => isPipe);
  if (pipe)
    throw new CommandError(
      `input ${pipe.path} is a pipe, and a replay reads its files more than once. Write it to a file first.`,
      ExitCode.Usage,
    );
  const all = createHash('sha256').update(manifest);
  const known = new Map<string, string>();
  for (const [index, { path }] of files.entries()) {
    const one = createHash('sha256');
    let bytes = 0;
    for await (const chunk of createReadStream(path)) {
      one.update(chunk as Buffer);
      bytes += (chunk as Buffer).length;
    }
    const digest = one.digest();
    const { file: _, ...as } = inputs[index]!;
    const what = `${digest.toString('hex')} ${JSON.stringify(as)}`;
    const before = known.get(what);
    if (before !== undefined && bytes > 0)
      throw new CommandError(
        `inputs ${before} and ${path} hold the same: their rows would count twice. Leave one of them out.`,
        ExitCode.Usage,
      );
    known.set(what, path);
    all.update(digest);
  }
  return all.digest('hex');
}

function readText(file: string): string {
  try {
    return readStrictText(file);
  } catch (error) {
    throw new CommandError(`manifest ${file} cannot be read: ${(error as Error).message}.`, ExitCode.Usage);
  }
}

function parseJson(file: string, text: string): unknown {
  try {
    return parseStrictJson(text);
  } catch (error) {
    throw new CommandError(`manifest ${file} is no JSON: ${(error as Error).message}.`, ExitCode.Usage);
  }
}

function isDecimal(text: string): boolean {
  try {
    parseDecimal(text, 9);
    return true;
  } catch (error) {
    if (error instanceof DecimalTextError) return false;
    throw error;
  }
}

function isPositive(text: string): boolean {
  return isDecimal(text) && parseDecimal(text, 9) > 0n;
}
