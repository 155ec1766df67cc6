/** What prices the columns of a book: WebAssembly where there is SIMD, else JavaScript. */
import type { VanillaColumns } from './columns.js';

export interface VanillaKernel {
  readonly name: 'wasm-simd' | 'javascript';
  /** Forward, discount and the rest of every node, `now` in years after the book's origin. */
  readonly nodes: (now: number) => void;
  /** Price and Greeks of the options from `start`, which is even, to before `end`. */
  readonly vanillas: (start: number, end: number) => void;
}

export type KernelFactory = (columns: VanillaColumns) => VanillaKernel;
