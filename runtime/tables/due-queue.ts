/**
 * Keys by when they are due, then by key: a binary heap that knows where each key is, so that a key which is moved or
 * removed leaves nothing behind. Keys are small integers.
 *
 * State: one entry a key that is set; where each key is, by key.
 */
import { grown } from '../stream/marker';

const ABSENT = -1;

export class DueQueue {
  size = 0;
  private heap = new Int32Array(64);
  private due = new Float64Array(64);
  private placeOf = new Int32Array(64).fill(ABSENT);

  has(key: number): boolean {
    return key < this.placeOf.length && this.placeOf[key] !== ABSENT;
  }

  /** Sets or moves a key. */
  set(key: number, due: number): void {
    if (key >= this.placeOf.length) {
      this.placeOf = grown(this.placeOf, key, ABSENT);
      this.due = grown(this.due, key, 0);
    }
    this.due[key] = due;
    let place = this.placeOf[key]!;
    if (place === ABSENT) {
      if (this.size === this.heap.length) this.heap = grown(this.heap, this.size, 0);
      place = this.size;
      this.size += 1;
    }
    this.settle(key, place);
  }

  remove(key: number): void {
    if (!this.has(key)) return;
    const place = this.placeOf[key]!;
    this.placeOf[key] = ABSENT;
    this.size -= 1;
    if (place < this.size) this.settle(this.heap[this.size]!, place);
  }

  nextDue(): number | undefined {
    return this.size === 0 ? undefined : this.due[this.heap[0]!]!;
  }

  /** The key that is due next; there is one. */
  first(): number {
    return this.heap[0]!;
  }

  /** Puts a key where it belongs, from a place that is free or its own. */
  private settle(key: number, place: number): void {
    const { heap } = this;
    let at = place;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.isBefore(key, heap[parent]!)) break;
      this.put(heap[parent]!, at);
      at = parent;
    }
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.size) break;
      if (child + 1 < this.size && this.isBefore(heap[child + 1]!, heap[child]!)) child += 1;
      if (!this.isBefore(heap[child]!, key)) break;
      this.put(heap[child]!, at);
      at = child;
    }
    this.put(key, at);
  }

  private put(key: number, place: number): void {
    this.heap[place] = key;
    this.placeOf[key] = place;
  }

  private isBefore(one: number, other: number): boolean {
    const difference = this.due[one]! - this.due[other]!;
    return difference < 0 || (difference === 0 && one < other);
  }
}
