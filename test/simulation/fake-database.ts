/**
 * A database in memory for one table, as a sink sees it, to which things happen: inserts are refused, take effect without
 * an answer, reach some partitions of the table only, are done twice, or hang and land late. Understands the statements of a
 * follower and nothing else. What is in the table outlives the process.
 */
import { type BlockInsert, type Database, DatabaseTimeoutError } from '../../runtime/ports/database';
import type { FaultyBackend } from './faulty-backend';
import type { Random } from './random';

export interface FakeRow {
  readonly key: number;
  readonly amount: number;
  readonly partition: number;
  readonly offset: number;
  readonly index: number;
}

/** The table, on its disk. */
export class FakeTable {
  rows: FakeRow[] = [];
  /** Of inserts that took effect: the engine drops what comes under them again. */
  readonly tokens = new Set<string>();
}

const DAY_MICROS = 86_400_000_000;

/** As `toYYYYMMDD` answers. */
const dayOf = ({ amount }: FakeRow): number =>
  Number(
    new Date(Math.floor(amount / DAY_MICROS) * 86_400_000).toISOString().slice(0, 10).replaceAll('-', ''),
  );

export type DatabaseFault = 'refused' | 'unanswered' | 'some days' | 'twice' | 'hangs';
const FAULTS: readonly DatabaseFault[] = ['refused', 'unanswered', 'some days', 'twice', 'hangs'];

export class FakeDatabase implements Database {
  readonly met: Partial<Record<DatabaseFault, number>> = {};
  private late: BlockInsert | undefined;

  constructor(
    private readonly table: FakeTable,
    private readonly random: Random,
    private readonly backend: FaultyBackend,
    /** Share of inserts that something happens to. */
    private readonly faulty: number,
  ) {}

  async insert(insert: BlockInsert): Promise<void> {
    await this.turns();
    const fault = this.random.chance(this.faulty) ? this.random.pick(FAULTS) : undefined;
    if (fault) this.met[fault] = (this.met[fault] ?? 0) + 1;
    if (fault === 'refused') throw new Error('connection refused');
    if (fault === 'hangs') {
      this.late = insert;
      throw new DatabaseTimeoutError('no answer');
    }
    const rows = readBlock(insert);
    this.land(insert.tag, fault === 'some days' ? rows.filter((row) => dayOf(row) % 2 === 0) : rows);
    if (fault === 'twice') this.table.rows.push(...rows);
    await this.turns();
    if (fault) throw new Error(`broken off: ${fault}`);
  }

  async rows<Row>(sql: string): Promise<readonly Row[]> {
    await this.turns();
    return answer(sql, this.table.rows.filter(filterOf(sql))) as readonly Row[];
  }

  async command(sql: string): Promise<void> {
    await this.turns();
    if (!sql.startsWith('ALTER TABLE') || !sql.includes(' DELETE WHERE '))
      throw new Error(`no follower says: ${sql}`);
    const goes = filterOf(sql);
    this.table.rows = this.table.rows.filter((row) => !goes(row));
  }

  /** What hangs lands while it is asked about, or is stopped. */
  async ended(): Promise<boolean> {
    await this.turns();
    if (!this.late) return true;
    if (this.random.chance(0.3)) return false;
    if (this.random.chance(0.5)) this.land(this.late.tag, readBlock(this.late));
    this.late = undefined;
    return true;
  }

  async close(): Promise<void> {}

  private land(token: string, rows: readonly FakeRow[]): void {
    if (this.table.tokens.has(token)) return;
    this.table.tokens.add(token);
    this.table.rows.push(...rows);
  }

  /** Time passes; a process that is dead by then never comes back. */
  private async turns(): Promise<void> {
    for (let turns = this.random.below(3); turns > 0; turns -= 1) await new Promise(setImmediate);
    if (!this.backend.isDead && this.random.chance(this.backend.deadliness / 4))
      this.backend.kill('database');
    if (this.backend.isDead) await new Promise(() => undefined);
  }
}

function answer(sql: string, rows: readonly FakeRow[]): readonly object[] {
  const count = (of: readonly FakeRow[]) => ({
    rows: String(of.length),
    places: String(new Set(of.map(({ offset, index }) => `${offset}/${index}`)).size),
  });
  if (sql.includes('GROUP BY place')) {
    const days = [...new Set(rows.map(dayOf))];
    return days.map((day) => ({ place: day, ...count(rows.filter((row) => dayOf(row) === day)) }));
  }
  if (sql.includes('sipHash64')) {
    const hash = rows.reduce((sum, row) => sum + BigInt(row.amount) * BigInt(row.offset + 1), 0n);
    return [{ rows: String(rows.length), hash: String(BigInt.asUintN(64, hash)) }];
  }
  if (sql.startsWith('SELECT count() AS rows')) return [count(rows)];
  throw new Error(`no follower asks: ${sql}`);
}

/** What a statement's condition says of a row. */
function filterOf(sql: string): (row: FakeRow) => boolean {
  const number = (pattern: RegExp, otherwise: number): number => Number(pattern.exec(sql)?.[1] ?? otherwise);
  const partition = number(/_partition = (\d+)/, Number.NaN);
  const from = number(/_offset >= (\d+)/, 0);
  const before = number(/_offset < (\d+)/, Number.POSITIVE_INFINITY);
  const listed = /toYYYYMMDD\(\S+\) (?:= (\d+)|IN \(([\d, ]+)\))/.exec(sql);
  const days = listed && (listed[1] ?? listed[2]!).split(',').map(Number);
  return (row) =>
    row.partition === partition &&
    row.offset >= from &&
    row.offset < before &&
    (!days || days.includes(dayOf(row)));
}

/** The rows of a block in the Native format. */
function readBlock({ block }: BlockInsert): FakeRow[] {
  const bytes = Buffer.concat(block);
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = bytes[at++]!;
      value += (byte & 127) * shift;
      if (byte < 128) return value;
    }
  };
  const text = (): string => {
    const length = varint();
    at += length;
    return bytes.toString('utf8', at - length, at);
  };
  const [columns, count] = [varint(), varint()];
  const values: Record<string, number[]> = {};
  for (let column = 0; column < columns; column += 1) {
    const name = text();
    const read = READERS[text()]!;
    values[name] = Array.from({ length: count }, (_, row) => read.of(bytes, at + row * read.bytes));
    at += count * read.bytes;
  }
  return Array.from({ length: count }, (_, row) => ({
    key: values['key']![row]!,
    amount: values['amount']![row]!,
    partition: values['_partition']![row]!,
    offset: values['_offset']![row]!,
    index: values['_index']![row]!,
  }));
}

const READERS: Readonly<Record<string, { readonly bytes: number; of(from: Buffer, at: number): number }>> = {
  Int32: { bytes: 4, of: (from, at) => from.readInt32LE(at) },
  Int64: { bytes: 8, of: (from, at) => Number(from.readBigInt64LE(at)) },
  UInt16: { bytes: 2, of: (from, at) => from.readUInt16LE(at) },
  UInt32: { bytes: 4, of: (from, at) => from.readUInt32LE(at) },
  UInt64: { bytes: 8, of: (from, at) => Number(from.readBigUInt64LE(at)) },
};
