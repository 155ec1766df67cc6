/** What prices the columns of a book: WebAssembly where there is SIMD, else JavaScript. */
import type { VanillaColumns } from './columns';

export interface VanillaKernel {
  readonly name: 'wasm-simd' | 'javascript';
  /** Forward, discount and the rest of nodes 0 to before `count`, `now` in years after the book's origin. */
  readonly nodes: (count: number, now: number) => void;
  /** The same of the first `count` nodes of `nodeList`. */
  readonly listedNodes: (count: number, now: number) => void;
  /** Price and Greeks of the options from `start`, which is even, to before `end`. */
  readonly vanillas: (start: number, end: number) => void;
  /** The same of the first `count` rows of `rowList`. */
  readonly listedVanillas: (count: number) => void;
}

export type KernelFactory = (columns: VanillaColumns) => VanillaKernel;
