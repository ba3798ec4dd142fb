import type { Example } from '../example.ts';

/** All examples, by file. */
export const examples: readonly Example[] = Object.values(
  import.meta.glob<Example[]>(['./*.ts', '!./index.ts'], { eager: true, import: 'default' }),
).flat();
