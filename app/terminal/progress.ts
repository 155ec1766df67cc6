/**
 * Progress of long work on standard error: one line that is redrawn on a terminal, a plain line every few seconds
 * elsewhere, nothing for work that is soon done.
 */
import type { Output } from './output';

const QUIET_MILLIS = 700;
const TERMINAL_MILLIS = 100;
const PLAIN_MILLIS = 5000;

export class Progress {
  private readonly started: number;
  private last: number;
  private drawn = false;

  constructor(
    private readonly output: Output,
    private readonly clock: () => number = Date.now,
  ) {
    this.started = clock();
    this.last = this.started + QUIET_MILLIS - TERMINAL_MILLIS;
  }

  /** Shows how far the work has come, if it is time. */
  show(text: () => string): void {
    const now = this.clock();
    if (now - this.last < (this.output.isTerminal ? TERMINAL_MILLIS : PLAIN_MILLIS)) return;
    this.last = now;
    if (!this.output.isTerminal) return this.output.write(`${text()}\n`);
    this.output.write(`\r${text().slice(0, this.output.columns - 1)}\x1b[K`);
    this.drawn = true;
  }

  /** Says what comes now, whatever the time. */
  say(text: string): void {
    this.last = Number.NEGATIVE_INFINITY;
    this.show(() => text);
  }

  /** Takes the line away. */
  done(): void {
    if (this.drawn) this.output.write('\r\x1b[K');
    this.drawn = false;
  }

  get seconds(): number {
    return (this.clock() - this.started) / 1000;
  }
}
