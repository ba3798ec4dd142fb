/** `npm run kernels`: compiles kernels/ to WebAssembly, into workers/engines/kernels-wasm.ts. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = join(root, 'workers/engines/kernels-wasm.ts');
const compiler = fileURLToPath(import.meta.resolve('assemblyscript/bin/asc.js'));

/** The module’s text as it is kept: its bytes in base64. Throws with the compiler’s words. */
export function makeKernels() {
  const folder = mkdtempSync(join(tmpdir(), 'outsample-kernels-'));
  try {
    const wasm = join(folder, 'kernels.wasm');
    const options = [
      '-O3',
      '--noAssert',
      '--runtime',
      'stub',
      '--use',
      'abort=',
      '--outFile',
      wasm,
    ];
    execFileSync(process.execPath, [compiler, 'kernels/index.ts', ...options], { cwd: root });
    return `/** kernels/, compiled by scripts/make-kernels.mjs; test/unit/kernels-made.test.ts holds it to its source. */
export const kernelsWasm =
  '${readFileSync(wasm).toString('base64')}';
`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(target, makeKernels());
