/**
 * The vanilla kernel in WebAssembly SIMD, two options at a time, over a shared memory that holds the columns.
 *
 * Source: `kernel/vanilla.as`. Node 20 has SIMD and shared memories; where they are missing, `vanillaAvailable` says so.
 */
import { bytesOf, type ColumnSizes, columnsOver, HEADER_AT, type VanillaColumns } from './columns';
import type { VanillaKernel } from './kernel';
import { VANILLA_KERNEL_BASE64 } from './vanilla-kernel';
import { instantiate, type KernelMemory, kernelMemoryOf, wasmAvailable } from './web-assembly';

interface Exports {
  readonly nodes: (count: number, now: number) => void;
  readonly listedNodes: (count: number, now: number) => void;
  readonly vanillas: (start: number, end: number) => void;
  readonly listedVanillas: (count: number) => void;
}

/** As compiled into the kernel's import. */
const PAGES_MAX = 65_536;

export const vanillaAvailable = (): boolean => wasmAvailable(VANILLA_KERNEL_BASE64);

/** A zeroed memory for the columns; other threads may be given it. Throws where WebAssembly is missing. */
export const kernelMemory = (sizes: ColumnSizes): KernelMemory =>
  kernelMemoryOf({ bytes: bytesOf(sizes), pagesMax: PAGES_MAX, shared: true });

export interface WasmBook {
  readonly columns: VanillaColumns;
  readonly kernel: VanillaKernel;
}

/** Tells the kernel where the columns are, in the order in which its source numbers them. */
const writeHeader = (c: VanillaColumns): void => {
  const addresses = [
    c.spotOf,
    c.rateOf,
    c.yieldOf,
    c.styleOf,
    c.expiry,
    c.spots,
    c.logSpots,
    c.rateValues,
    c.yieldValues,
    c.nodeTable,
    c.nodeList,
    c.nodeOf,
    c.signs,
    c.strikes,
    c.logStrikes,
    c.volatilities,
    c.price,
  ].map((column) => column.byteOffset);
  const stride = c.delta.byteOffset - c.price.byteOffset;
  const rest = [stride, c.rowList.byteOffset, c.reasons.byteOffset];
  new Uint32Array(c.buffer, HEADER_AT, addresses.length + rest.length).set([...addresses, ...rest]);
};

/** Lays the columns over the memory and binds the kernel to them. */
export const wasmBook = (memory: KernelMemory, sizes: ColumnSizes): WasmBook => {
  const run = instantiate(VANILLA_KERNEL_BASE64, memory) as Exports;
  const columns = columnsOver(memory.buffer, sizes);
  writeHeader(columns);
  const { nodes, listedNodes, vanillas } = run;
  const listedVanillas = (count: number): void => {
    // Rows go in pairs: the last one of an odd list keeps itself company.
    if (count % 2 === 1) columns.rowList[count] = columns.rowList[count - 1]!;
    run.listedVanillas(count);
  };
  return { columns, kernel: { name: 'wasm-simd', nodes, listedNodes, vanillas, listedVanillas } };
};
