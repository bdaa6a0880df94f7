/** The part of Cornerstone's WebAssembly codecs that is used here; the packages bring no types. */
declare module '@cornerstonejs/codec-charls/decodewasmjs' {
  type Decoder = import('./wasm.ts').WasmDecoder & { getInterleaveMode(): number }
  const create: (options: import('./wasm.ts').WasmOptions) => Promise<{ JpegLSDecoder: new () => Decoder }>
  export default create
}

declare module '@cornerstonejs/codec-openjpeg/decodewasmjs' {
  type Decoder = import('./wasm.ts').WasmDecoder
  const create: (options: import('./wasm.ts').WasmOptions) => Promise<{ J2KDecoder: new () => Decoder }>
  export default create
}

declare module '@cornerstonejs/codec-openjph/wasmjs' {
  type Decoder = import('./wasm.ts').WasmDecoder
  const create: (options: import('./wasm.ts').WasmOptions) => Promise<{ HTJ2KDecoder: new () => Decoder }>
  export default create
}
