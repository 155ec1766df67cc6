/**
 * How many bytes a step reads, so that it holds the thread for about so long: measured as it runs, because what a byte
 * costs depends on the operators. Cuts are recorded, so that a run is computed again as it was.
 */
const LEAST_BYTES = 4 << 10;

export class Pace {
  private bytes: number;

  constructor(private readonly options: { readonly bytesMax: number; readonly micros: number }) {
    this.bytes = Math.min(options.bytesMax, 64 << 10);
  }

  get stepBytes(): number {
    return this.bytes;
  }

  /** Says how long a step took. One that found little to read says nothing of what more would have cost. */
  took(micros: number, wasFull: boolean): void {
    const { bytesMax, micros: aim } = this.options;
    if (micros > aim)
      this.bytes = Math.max(LEAST_BYTES, Math.floor(this.bytes * Math.max(0.25, aim / micros)));
    else if (wasFull)
      this.bytes = Math.min(bytesMax, Math.ceil(this.bytes * Math.min(1.5, aim / Math.max(micros, 1))));
  }
}
