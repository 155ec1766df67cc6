import type { ColumnsCodec } from '../runtime/stream/codec';
import type { Columns } from '../runtime/stream/step';
import type { Growing } from '../schemas/frames/room';

/** The columns that an operator emits: allotted once, written anew in every step, wider when a step needs more room. */
export class OutColumns<C extends Columns> {
  columns: Growing<C>;
  private capacity = 1024;

  constructor(private readonly codec: ColumnsCodec<C>) {
    this.columns = codec.allocate(this.capacity);
  }

  /** Starts a step that writes at most `count` records. */
  clear(count: number): void {
    if (count > this.capacity) {
      this.capacity = Math.max(count, this.capacity * 2);
      this.columns = this.codec.allocate(this.capacity);
    }
    this.codec.clear(this.columns);
  }
}
