/** What scripts/fuzz-links.mjs works with. */
export { randomStream } from '../../src/domain/random.ts';
export { encodeLink } from '../../src/domain/link/codec.ts';
export { payload } from '../unit/domain/link/links.ts';
export { survives } from './link-mutations.ts';
