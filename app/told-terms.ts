/**
 * What instruments were told to be, as far as their prices and quantities become money by it. Reference data and fills
 * are topics of their own, and nothing orders one against the other: terms that take the place of others say from when
 * on they hold, or it would hang on what is read first which fills are booked on them. An instrument's first terms hold
 * since ever. Said without a date where history has fills of that instrument, other terms hold from right behind the last
 * of them: whatever came before them was traded on the old ones.
 */
import { baseOf } from '../operators/ledger/base-of';
import type { Backend } from '../runtime/ports/backend';
import { formatDecimal, QUANTITY_SCALE } from '../schemas/decimals';
import { schemaVersions } from '../schemas/evolution/schema-versions';
import { type Instrument, instruments } from '../schemas/reference';
import type { FeedRow } from '../sources/feed';
import { RangeFault } from '../sources/field-ranges';
import { formatTime } from '../sources/field-text';
import { lastFills } from './last-fill';
import { TopicDecoder } from './topic-decoder';

const SLICE_BYTES = 1 << 20;

/** The terms of an instrument as people are shown them: those told last, and those that hold since ever. */
interface Known {
  readonly last: string;
  readonly undated: string | undefined;
  /** From when on those told last hold; 0: since ever. */
  readonly lastFrom: number;
}

/** A row as it is to be kept, and what people are told where that is not as it was said. */
export interface TakenTerms {
  readonly row: FeedRow;
  readonly note?: string;
}

export class ToldTerms {
  private readonly known: Map<string, Known>;

  /** `before`: by name of the instrument. `lastFill`: when its last fill was, where history has been asked and has one. */
  constructor(
    before?: ReadonlyMap<string, Known>,
    private readonly lastFill: (instrument: string) => number | undefined = () => undefined,
  ) {
    this.known = new Map(before);
  }

  /**
   * Takes a row of reference.instruments whose instrument is still a name. Throws a RangeFault for terms without a date,
   * where no fill says from when on they may hold.
   */
  take(row: FeedRow): TakenTerms {
    const { instrument, validFrom } = row as { readonly instrument: string; readonly validFrom?: number };
    const now = termsText(row);
    const known = this.known.get(instrument);
    const before = known?.undated ?? known?.last;
    const isDated = before === undefined || before === now || Boolean(validFrom);
    const taken = isDated ? { row } : this.dated(row, { instrument, known, before, now });
    this.known.set(instrument, knownAfter(known, taken.row));
    return taken;
  }

  private dated(
    row: FeedRow,
    {
      instrument,
      known,
      before,
      now,
    }: { instrument: string; known: Known | undefined; before: string; now: string },
  ): TakenTerms {
    const lastFill = this.lastFill(instrument);
    if (lastFill === undefined)
      throw new RangeFault(
        'validFrom',
        `is empty, and ${instrument} is known with other terms: ${before} before, ${now} now. Say from when on these hold; if those were wrong from the beginning, a time before the first fill`,
      );
    // Said once more they are what they were, whatever was traded since.
    const isAgain = known?.last === now;
    const validFrom = isAgain ? known.lastFrom : lastFill + 1;
    const note = `${instrument}: ${now} from ${formatTime(validFrom)} on, right behind its last fill ${isAgain ? 'then' : 'so far'}; ${isAgain ? before : known!.last} before. If that is wrong, say validFrom.`;
    return { row: { ...row, validFrom }, note };
  }

  /** Takes a row that was taken before: it is what it is. */
  know(row: FeedRow): void {
    const instrument = row['instrument'] as string;
    this.known.set(instrument, knownAfter(this.known.get(instrument), row));
  }
}

const knownAfter = (before: Known | undefined, row: FeedRow): Known => {
  const last = termsText(row);
  const lastFrom = (row['validFrom'] as number | undefined) ?? 0;
  return { last, lastFrom, undated: lastFrom ? before?.undated : last };
};

function termsText(row: FeedRow): string {
  const instrument = { ...row, base: row['base'] ?? undefined } as unknown as Instrument;
  const { currency, multiplier, inverse } = instrument;
  const base = baseOf(instrument);
  const more = `${inverse ? ', inverse' : ''}${base === undefined ? '' : `, base ${base}`}`;
  return `${currency}, multiplier ${formatDecimal(multiplier, QUANTITY_SCALE)}${more}`;
}

/** The terms that a log holds, read as far as it goes whenever they are asked for. */
export class LoggedTerms {
  private readonly next = new Map<number, number>();
  private readonly known = new Map<string, Known>();
  private readonly decoder: TopicDecoder;

  constructor(private readonly backend: Pick<Backend, 'log' | 'registry' | 'names'>) {
    const { registry } = backend;
    this.decoder = new TopicDecoder({ topic: instruments, registry, versions: schemaVersions });
  }

  /** A copy: what it takes stays with it. */
  read(): ToldTerms {
    const topic = instruments.name;
    const partitions = this.backend.log.topics().find(({ name }) => name === topic)?.partitions ?? 0;
    for (let partition = 0; partition < partitions; partition += 1) this.readOn(topic, partition);
    let last: ReadonlyMap<string, number> | undefined;
    return new ToldTerms(this.known, (instrument) => {
      last ??= lastFills(this.backend);
      return last.get(instrument);
    });
  }

  private readOn(topic: string, partition: number): void {
    const { log } = this.backend;
    const { first, next: end } = log.ends({ topic, partition });
    let next = Math.max(first, this.next.get(partition) ?? 0);
    if (next >= end) return;
    const reader = log.reader({ topic, partition, next }, 'tail');
    try {
      for (let chunk = reader.poll(SLICE_BYTES); chunk; chunk = reader.poll(SLICE_BYTES)) {
        for (const { row } of this.decoder.decode(chunk)) if (row) this.keep(row);
        next = chunk.nextOffset;
      }
    } finally {
      reader.close();
    }
    this.next.set(partition, next);
  }

  /** What was withdrawn may be held still: its terms stay. */
  private keep(row: FeedRow): void {
    const name = this.backend.names.nameOf('instrument', row['instrument'] as number);
    if (name !== undefined) this.known.set(name, knownAfter(this.known.get(name), row));
  }
}
