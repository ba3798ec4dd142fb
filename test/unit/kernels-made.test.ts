import { expect, it } from 'vitest';
import { makeKernels } from '../../scripts/make-kernels.mjs';
import { kernelsWasm } from '../../workers/engines/kernels-wasm.ts';

it('the kernels that ship are those of kernels/', () => {
  expect(makeKernels()).toContain(`'${kernelsWasm}'`);
});
