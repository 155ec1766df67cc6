/** Takes committed messages of one topic partition off the log, and ends a cut where its limits are. */

import type { Cut } from '../../runtime/graph/sink';
import type { LogReader } from '../../runtime/ports/backend';
import { type Chunk, MessageCursor } from '../../runtime/wire/messages';
import type { CutRecords } from './cut-records';

const POLL_BYTES = 4 * 1024 * 1024;

export interface CutLimits {
  /** A single frame of more is a cut of its own. */
  readonly records: number;
  readonly bytes: number;
}

export class Collector {
  private readonly cursor = new MessageCursor();
  private chunk: Chunk | undefined;
  /** The cursor stands at a message not yet taken. */
  private waiting = false;
  private first: number | undefined;
  private next = 0;
  private bytes = 0;

  constructor(
    private readonly reader: LogReader,
    private readonly records: CutRecords,
    private readonly limits: CutLimits,
    /** Messages before it are passed over: a log may hand out the whole entry that an offset lies in. */
    private readonly from = 0,
  ) {}

  /**
   * Takes what has come, until a limit is reached (true) or nothing more is there (false). Messages from `before` on
   * are left.
   */
  async take(before = Number.POSITIVE_INFINITY): Promise<boolean> {
    while (this.advance()) {
      if (this.cursor.offset >= before || this.isFull()) return true;
      const schema = this.cursor.schemaId();
      if (!this.records.knows(schema)) await this.records.learn(schema);
      this.records.add(this.cursor);
      this.first ??= this.cursor.offset;
      this.next = this.cursor.offset + 1;
      this.bytes += this.cursor.valueEnd - this.cursor.valueStart;
      this.waiting = false;
    }
    return this.isFull();
  }

  /** The cut taken so far, if there is one. Records stay until `clear`. */
  cut(): Cut | undefined {
    if (this.first === undefined) return undefined;
    return {
      ...this.reader.partition,
      firstOffset: this.first,
      nextOffset: this.next,
      records: this.records.length,
    };
  }

  clear(): void {
    this.records.clear();
    this.first = undefined;
    this.bytes = 0;
  }

  whenArrived(): Promise<void> {
    return this.waiting ? Promise.resolve() : this.reader.whenArrived();
  }

  private isFull(): boolean {
    return this.records.length >= this.limits.records || this.bytes >= this.limits.bytes;
  }

  private advance(): boolean {
    while (!this.waiting) {
      if (this.chunk && this.cursor.next()) this.waiting = this.cursor.offset >= this.from;
      else {
        this.chunk = this.reader.poll(POLL_BYTES);
        if (!this.chunk) return false;
        this.cursor.over(this.chunk);
      }
    }
    return true;
  }
}
