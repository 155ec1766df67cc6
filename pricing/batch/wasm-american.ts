/**
 * Exercise premiums in WebAssembly SIMD, two puts at a time. Source: `kernel/american.as`.
 *
 * The kernel keeps a small memory to itself: the scheme's table, its work space and one portion of columns. Each thread
 * has an instance of its own.
 */
import { normalCdf, normalPdf } from '../math/normal';
import { FAST_SCHEME } from '../models/american-scheme';
import { AMERICAN_KERNEL_BASE64 } from './american-kernel';
import { type AmericanSolver, PORTION, SOLVER_COLUMNS, solverColumns } from './american-solver';
import { instantiate, kernelMemoryOf, wasmAvailable } from './web-assembly';

type Premiums = (
  count: number,
  tables: number,
  work: number,
  puts: number,
  out: number,
  stride: number,
) => void;

interface Exports {
  readonly premiums: Premiums;
  readonly keptPremiums: Premiums;
}

/** The normal distribution: N and its slope a cell, as the kernel's source has it. */
const NORMAL_AT = 1024;
const NORMAL_FAR = 8.5;
const CELLS = 32;
const NORMAL_NUMBERS = 2 * (2 * NORMAL_FAR * CELLS + 2);
const TABLE_AT = NORMAL_AT + 8 * NORMAL_NUMBERS;
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
  FAST_SCHEME.half.map((half) => 1 / half),
  FAST_SCHEME.priceHalf.map((half) => 1 / half),
];

const writeNormal = (buffer: ArrayBufferLike): void => {
  const table = new Float64Array(buffer, NORMAL_AT, NORMAL_NUMBERS);
  for (let i = 0; i < NORMAL_NUMBERS / 2; i++) {
    const z = i / CELLS - NORMAL_FAR;
    table[2 * i] = normalCdf(z);
    table[2 * i + 1] = normalPdf(z) / CELLS;
  }
};

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
  writeNormal(memory.buffer);
  const table = new Float64Array(memory.buffer, TABLE_AT, numbers);
  let at = 0;
  for (const part of tables) {
    table.set(part, at);
    at += part.length;
  }
  const { puts, premiums, depths } = solverColumns(memory.buffer, columns);
  const kernel = instantiate(AMERICAN_KERNEL_BASE64, memory) as Exports;
  const by =
    (run: Premiums) =>
    (count: number): void =>
      run(count, TABLE_AT, work, columns, premiums.value.byteOffset, stride);
  const [solve, solveKept] = [by(kernel.premiums), by(kernel.keptPremiums)];
  return { name: 'wasm-simd', puts, premiums, depths, solve, solveKept };
};
