/**
 * The vanilla kernel in WebAssembly SIMD, two options at a time, over a shared memory that holds the columns.
 *
 * Source: `kernel/vanilla.as`. Node 20 has SIMD and shared memories; where they are missing, `vanillaAvailable` says so.
 */
import { bytesOf, type ColumnSizes, columnsOver, type VanillaColumns } from './columns.js';
import type { VanillaKernel } from './kernel.js';
import { VANILLA_KERNEL_BASE64 } from './vanilla-kernel.js';
import { instantiate, type KernelMemory, kernelMemoryOf, wasmAvailable } from './web-assembly.js';

interface Exports {
  readonly nodes: (...at: readonly number[]) => void;
  readonly vanillas: (...at: readonly number[]) => void;
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

/** Lays the columns over the memory and binds the kernel to them. */
export const wasmBook = (memory: KernelMemory, sizes: ColumnSizes): WasmBook => {
  const run = instantiate(VANILLA_KERNEL_BASE64, memory) as Exports;
  const c = columnsOver(memory.buffer, sizes);
  const at = (column: { readonly byteOffset: number }): number => column.byteOffset;
  const stride = at(c.delta) - at(c.price);
  const kernel: VanillaKernel = {
    name: 'wasm-simd',
    nodes: (now) =>
      run.nodes(
        c.nodes,
        at(c.spotOf),
        at(c.rateOf),
        at(c.yieldOf),
        at(c.expiry),
        at(c.spots),
        at(c.logSpots),
        at(c.rateValues),
        at(c.yieldValues),
        now,
        at(c.nodeTable),
      ),
    vanillas: (start, end) =>
      run.vanillas(
        start,
        end,
        at(c.nodeOf),
        at(c.signs),
        at(c.strikes),
        at(c.logStrikes),
        at(c.volatilities),
        at(c.nodeTable),
        at(c.price),
        stride,
      ),
  };
  return { columns: c, kernel };
};
