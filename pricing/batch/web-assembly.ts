/** The little of WebAssembly's interface that is used; the compiler's library for Node does not declare it. */

/** A memory that kernels work in; a shared one may be given to other threads. */
export interface KernelMemory {
  readonly buffer: ArrayBufferLike;
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

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(Buffer.from(base64, 'base64'));
const found = (): WebAssemblyInterface | undefined =>
  (globalThis as unknown as { readonly WebAssembly?: WebAssemblyInterface }).WebAssembly;

const needed = (): WebAssemblyInterface => {
  const wasm = found();
  if (!wasm) throw new Error('WebAssembly is missing here; use the JavaScript kernel');
  return wasm;
};

/** Whether this machine can run a kernel: it may lack WebAssembly, or its SIMD. */
export const wasmAvailable = (base64: string): boolean => found()?.validate(bytesOf(base64)) ?? false;

/** A zeroed memory of at least so many bytes; `pagesMax` and `shared` as the kernel was compiled. */
export const kernelMemoryOf = (size: {
  readonly bytes: number;
  readonly pagesMax: number;
  readonly shared: boolean;
}): KernelMemory =>
  new (needed().Memory)({
    initial: Math.ceil(size.bytes / PAGE),
    maximum: size.pagesMax,
    shared: size.shared,
  });

/** The kernel's exports, bound to the memory. */
export const instantiate = (base64: string, memory: KernelMemory): unknown => {
  const wasm = needed();
  return new wasm.Instance(new wasm.Module(bytesOf(base64)), { env: { memory } }).exports;
};
