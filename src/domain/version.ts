/**
 * Version of the engine: the release of Outsample that last changed a digest. Digests change only when it does, and a
 * release that keeps them keeps it.
 */
export const engineVersion = '0.6.0';

/**
 * SHA-256 of the WebAssembly binary of DuckDB that computes (eh), as its package ships it: the same in browsers and in
 * Node, where it is loaded without the parts that only extensions need (workers/engines/wasm.ts).
 */
export const engineWasm = '4c221bfa59c11f24dbd750e70c90b9252eca6eec5633936e6a2ec766e55fd879';
