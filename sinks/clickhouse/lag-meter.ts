/** How old the oldest message is that has not been delivered: offsets tell how far, this tells for how long. */
const SAMPLES_MAX = 1024;

export class LagMeter {
  /** Where the topic ended when it was looked at, as far as that is not delivered. */
  private samples: { readonly now: number; readonly end: number }[] = [];

  /** Micros since something beyond `done` was first seen. */
  measure({ now, done, end }: { readonly now: number; readonly done: number; readonly end: number }): number {
    this.samples = this.samples.filter((sample) => sample.end > done);
    if (end > done && (this.samples.at(-1)?.end ?? done) < end) this.samples.push({ now, end });
    if (this.samples.length > SAMPLES_MAX) this.samples = this.samples.filter((_, index) => index % 2 === 0);
    const oldest = this.samples[0];
    return oldest === undefined ? 0 : Math.max(now - oldest.now, 0);
  }
}
