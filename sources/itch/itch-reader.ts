/**
 * NASDAQ TotalView-ITCH 5.0, as it lies in files: each message after two bytes of its length (some files have zeros there).
 * Fields are read where they lie, when they are asked for; nothing is copied.
 *
 * Offsets and lengths: "Nasdaq TotalView-ITCH 5.0", section 1 (messages). Prices are whole numbers of 1/10,000 (of
 * 1/100,000,000 for the levels of market-wide circuit breakers); times nanoseconds since midnight New York.
 */
import { SourceError } from '../source-error';

const PREFIX_BYTES = 2;

/** Bytes of each message, by its first letter. */
// biome-ignore format: a table
const LENGTHS: Readonly<Record<string, number>> = {
  S: 12, R: 39, H: 25, Y: 20, L: 26, V: 35, W: 12, K: 28, J: 35, h: 21, A: 36, F: 40, E: 31, C: 36, X: 23,
  D: 19, U: 35, P: 44, Q: 40, B: 19, I: 50, N: 20, O: 48,
};

const lengthOf = new Uint8Array(256);
for (const [letter, bytes] of Object.entries(LENGTHS)) lengthOf[letter.charCodeAt(0)] = bytes;

const code = (letter: string): number => letter.charCodeAt(0);

/** Message types by name, as `next` answers them. */
export const Itch = {
  SystemEvent: code('S'),
  StockDirectory: code('R'),
  TradingAction: code('H'),
  AddOrder: code('A'),
  AddOrderAttributed: code('F'),
  Executed: code('E'),
  ExecutedWithPrice: code('C'),
  Cancelled: code('X'),
  Deleted: code('D'),
  Replaced: code('U'),
  Trade: code('P'),
  CrossTrade: code('Q'),
  BrokenTrade: code('B'),
} as const;

export class ItchReader {
  private bytes: Buffer = Buffer.alloc(0);
  /** Start of the current message, behind its prefix; and of the next prefix. */
  private start = 0;
  private end = 0;
  /** Messages read so far. */
  messages = 0;

  constructor(private readonly file: string) {}

  /** Reads on in `bytes`; what an earlier piece left over comes before it. */
  over(bytes: Buffer): void {
    this.bytes = this.end < this.bytes.length ? Buffer.concat([this.bytes.subarray(this.end), bytes]) : bytes;
    this.start = 0;
    this.end = 0;
  }

  /** The type of the next whole message (its letter's code), 0 where none is left in this piece. */
  next(): number {
    const { bytes, end } = this;
    const start = end + PREFIX_BYTES;
    if (start >= bytes.length) return 0;
    const type = bytes[start]!;
    const length = lengthOf[type]!;
    if (length === 0) throw this.fault(`there is no message type ${describe(type)}`);
    const said = (bytes[end]! << 8) | bytes[end + 1]!;
    if (said !== 0 && said !== length)
      throw this.fault(`message ${describe(type)} says ${said} bytes and has ${length}`);
    if (start + length > bytes.length) return 0;
    this.start = start;
    this.end = start + length;
    this.messages += 1;
    return type;
  }

  /** Bytes that no message has come of: of a whole file, none may be left. */
  get leftOver(): number {
    return this.bytes.length - this.end;
  }

  /** The venue's number of the instrument, for the day. */
  get locate(): number {
    return this.u16(1);
  }
  /** Nanoseconds since midnight New York. */
  get time(): number {
    return this.u16(5) * 4_294_967_296 + this.u32(7);
  }
  /** Of orders and what befalls them; of a broken trade its match number. */
  get reference(): number {
    return this.u64(11);
  }
  /** 1 buy, −1 sell: of added orders and of trades. */
  get side(): 1 | -1 {
    return this.bytes[this.start + 19] === 0x42 ? 1 : -1;
  }
  /** Of an added order, or of a trade. */
  get shares(): number {
    return this.u32(20);
  }
  /** Of an added order, a trade, or an execution at a price of its own: in 1/10,000. */
  get price(): number {
    return this.u32(32);
  }
  /** Executed or cancelled. */
  get sharesGone(): number {
    return this.u32(19);
  }
  get match(): number {
    return this.u64(23);
  }
  /** The order that a replacement makes: its reference, shares and price. */
  get newReference(): number {
    return this.u64(19);
  }
  get newShares(): number {
    return this.u32(27);
  }
  get newPrice(): number {
    return this.u32(31);
  }
  /** The symbol in a directory entry or trading action (`at` 11) or in an added order or trade (`at` 24). */
  symbol(at: 11 | 24): string {
    return this.bytes.toString('latin1', this.start + at, this.start + at + 8).trimEnd();
  }
  /** One letter of the message. */
  letter(at: number): string {
    return String.fromCharCode(this.bytes[this.start + at]!);
  }

  private u16(at: number): number {
    const from = this.start + at;
    return (this.bytes[from]! << 8) | this.bytes[from + 1]!;
  }

  private u32(at: number): number {
    const { bytes } = this;
    const from = this.start + at;
    return (
      bytes[from]! * 16_777_216 + ((bytes[from + 1]! << 16) | (bytes[from + 2]! << 8) | bytes[from + 3]!)
    );
  }

  private u64(at: number): number {
    const high = this.u32(at);
    if (high >= 2_097_152) throw this.fault('a reference is beyond 2^53');
    return high * 4_294_967_296 + this.u32(at + 4);
  }

  private fault(what: string): SourceError {
    const place = { file: this.file, row: this.messages + 1 };
    return new SourceError(place, what, 'The file is damaged, or not ITCH 5.0.');
  }
}

const describe = (type: number): string =>
  type > 32 && type < 127 ? `"${String.fromCharCode(type)}"` : `of byte ${type}`;
