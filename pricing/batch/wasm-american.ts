/**
 * Exercise premiums in WebAssembly SIMD, two puts at a time. Source: `kernel/american.as`.
 *
 * The kernel keeps a small memory to itself: the scheme's table, its work space and one portion of columns. Each thread
 * has an instance of its own.
 */
import { FAST_SCHEME } from '../models/american-scheme.js';
import { AMERICAN_KERNEL_BASE64 } from './american-kernel.js';
import { type AmericanSolver, PORTION, SOLVER_COLUMNS, solverColumns } from './american-solver.js';
import { instantiate, kernelMemoryOf, wasmAvailable } from './web-assembly.js';

interface Exports {
  readonly premiums: (
    count: number,
    tables: number,
    work: number,
    puts: number,
    out: number,
    stride: number,
  ) => void;
}

const TABLE_AT = 1024;
/** As compiled into the kernel's import. */
const PAGES_MAX = 16;
/** Vectors: depth and square of the nodes, two discount factors of each point of their integrals. */
const WORK_VECTORS = 2 * (FAST_SCHEME.n + 1) * (1 + FAST_SCHEME.l);

/** The order in which the kernel reads them. */
const tables = [
  FAST_SCHEME.scale,
  FAST_SCHEME.half,
  FAST_SCHEME.weight,
  FAST_SCHEME.boundaryAt,
  FAST_SCHEME.priceHalf,
  FAST_SCHEME.priceWeight,
  FAST_SCHEME.priceBoundaryAt,
];

const aligned = (at: number): number => Math.ceil(at / 16) * 16;

/** Whether this Node can run the kernel. */
export const americanAvailable = (): boolean => wasmAvailable(AMERICAN_KERNEL_BASE64);

export const wasmSolver = (): AmericanSolver => {
  const numbers = tables.reduce((sum, table) => sum + table.length, 0);
  const work = aligned(TABLE_AT + 8 * numbers);
  const columns = work + 16 * WORK_VECTORS;
  const stride = 8 * PORTION;
  const memory = kernelMemoryOf({
    bytes: columns + stride * SOLVER_COLUMNS,
    pagesMax: PAGES_MAX,
    shared: false,
  });
  const table = new Float64Array(memory.buffer, TABLE_AT, numbers);
  let at = 0;
  for (const part of tables) {
    table.set(part, at);
    at += part.length;
  }
  const { puts, premiums } = solverColumns(memory.buffer, columns);
  const kernel = instantiate(AMERICAN_KERNEL_BASE64, memory) as Exports;
  const solve = (count: number): void =>
    kernel.premiums(count, TABLE_AT, work, columns, premiums.value.byteOffset, stride);
  return { name: 'wasm-simd', puts, premiums, solve };
};
