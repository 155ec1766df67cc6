/**
 * The vanilla kernel in WebAssembly SIMD, two options at a time, over a shared memory that holds the columns.
 *
 * Source: `kernel/vanilla.as`. Node 20 has SIMD and shared memories; where they are missing, `wasmAvailable` says so.
 */
import { bytesOf, type ColumnSizes, columnsOver, type VanillaColumns } from './columns.js';
import type { VanillaKernel } from './kernel.js';
import { VANILLA_KERNEL_BASE64 } from './vanilla-kernel.js';

/** The little of WebAssembly's interface that is used; the compiler's library for Node does not declare it. */
export interface KernelMemory {
  readonly buffer: ArrayBufferLike;
}
interface Exports {
  readonly nodes: (...at: readonly number[]) => void;
  readonly vanillas: (...at: readonly number[]) => void;
}
interface WebAssemblyInterface {
  readonly Memory: new (pages: { initial: number; maximum: number; shared: boolean }) => KernelMemory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: { readonly env: { readonly memory: KernelMemory } },
  ) => { readonly exports: unknown };
  readonly validate: (bytes: Uint8Array) => boolean;
}

const PAGE = 65_536;
/** As compiled into the kernel's import. */
const PAGES_MAX = 65_536;

const kernelBytes = (): Uint8Array => Uint8Array.from(Buffer.from(VANILLA_KERNEL_BASE64, 'base64'));
const webAssembly = (): WebAssemblyInterface | undefined =>
  (globalThis as unknown as { readonly WebAssembly?: WebAssemblyInterface }).WebAssembly;

export const wasmAvailable = (): boolean => webAssembly()?.validate(kernelBytes()) ?? false;

/** A zeroed memory for the columns; other threads may be given it. Throws where WebAssembly is missing. */
export const kernelMemory = (sizes: ColumnSizes): KernelMemory => {
  const wasm = webAssembly();
  if (!wasm) throw new Error('WebAssembly is missing here; use the JavaScript kernel');
  return new wasm.Memory({ initial: Math.ceil(bytesOf(sizes) / PAGE), maximum: PAGES_MAX, shared: true });
};

export interface WasmBook {
  readonly columns: VanillaColumns;
  readonly kernel: VanillaKernel;
}

/** Lays the columns over the memory and binds the kernel to them. */
export const wasmBook = (memory: KernelMemory, sizes: ColumnSizes): WasmBook => {
  const wasm = webAssembly()!;
  const instance = new wasm.Instance(new wasm.Module(kernelBytes()), { env: { memory } });
  const run = instance.exports as Exports;
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
